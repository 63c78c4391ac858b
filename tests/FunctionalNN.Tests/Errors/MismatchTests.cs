namespace FunctionalNN.Tests;

/// <summary>Network, data and loss that do not go together: every reason, both numbers, and the fix.</summary>
public class MismatchTests
{
    private static readonly CategoricalCrossEntropy Classes = new();

    public static TheoryData<Layer[], Loss, Targets, string> Pairs => new()
    {
        { [new Dense(10), new Softmax()], Classes, new ClassLabels([0], 22),
            "labels have 22 classes, the network ends in 10: end it in Dense(22) and Softmax" },
        { [new Dense(3)], Classes, new ClassLabels([0], 3),
            "CategoricalCrossEntropy takes probabilities, the network ends in any numbers: end it in Softmax, or set FromLogits" },
        {
            [new Dense(3), new Softmax()], new CategoricalCrossEntropy { FromLogits = true }, new ClassLabels([0], 3),
            "CategoricalCrossEntropy with FromLogits takes any numbers, the network ends in probabilities: leave its last activation "
                + "out, or FromLogits"
        },
        { [new Dense(2), new Softmax()], Classes, Real(2),
            "CategoricalCrossEntropy takes class labels, or real targets each of whose rows is a distribution, and row 0 is none: its "
                + "numbers must be 0 or more and add up to 1; for quantities use MeanSquaredError" },
        { [new Dense(1), new Sigmoid()], new BinaryCrossEntropy(), new ClassLabels([0], 3),
            "BinaryCrossEntropy takes labels of 2 classes, the data has 3: use CategoricalCrossEntropy" },
        {
            [new Dense(2), new Sigmoid()], new BinaryCrossEntropy(), new ClassLabels([0], 2),
            "BinaryCrossEntropy of labels takes one output, the network ends in 2: end it in Dense(1) and Sigmoid, or use "
                + "CategoricalCrossEntropy"
        },
        { [new Dense(1)], new BinaryCrossEntropy(), new ClassLabels([0], 2),
            "BinaryCrossEntropy takes probabilities, the network ends in any numbers: end it in Sigmoid, or set FromLogits" },
        {
            [new Dense(1), new Sigmoid()], new BinaryCrossEntropy { FromLogits = true }, new ClassLabels([0], 2),
            "BinaryCrossEntropy with FromLogits takes any numbers, the network ends in probabilities: leave its last activation out, or "
                + "FromLogits"
        },
        { [new Dense(2)], new MeanSquaredError(), Real(3), "the targets are 3 wide, the network ends in 2: end it in Dense(3)" },
        {
            [new Dense(2)], new MeanAbsoluteError(), new ClassLabels([0], 2),
            "MeanAbsoluteError takes real targets, the data has 1 labels of 2 classes: use CategoricalCrossEntropy, or make them "
                + "RealTargets"
        },
        {
            [new Dense(1)], new MeanSquaredError(), new RealTargets<double>(Matrix.Row(1.0)),
            "the targets are of another number type than the inputs, Single: make both the same"
        },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_mismatch_is_named_wherever_it_is_met(Layer[] layers, Loss loss, Targets targets, string message)
    {
        var model = new Network(4, [.. layers]).Initialize(0);
        var state = model.Train(new Sgd(0.1));
        var data = new DataSet<float>(Matrix.Zeros<float>(1, 4), targets);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => model.Evaluate(data, loss)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => state.Epochs(data.FullBatch(), loss)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => state.Run(data.FullBatch().Epoch(default, 0), loss)).Message);
        var batch = new Batch<float>(Matrix.Zeros<float>(1, 4), targets);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => state.Step(batch, loss)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => state.Run([batch], loss)).Message);
    }

    [Fact]
    public void All_mismatches_come_at_once()
    {
        var data = new DataSet<float>(Matrix.Zeros<float>(0, 5), new ClassLabels([], 22));
        var message =
            Assert.Throws<ArgumentException>(() => new Network(4, [new Dense(10), new Softmax()]).Initialize(0)
                .Evaluate(data, Classes)).Message;
        Assert.Equal(
            [
                "the data has 5 columns, the network takes 4 inputs: build it with new Network(inputs: 5, …)",
                "the data has no rows: there is nothing to learn from",
                "labels have 22 classes, the network ends in 10: end it in Dense(22) and Softmax",
            ],
            message.Split(Environment.NewLine));
    }

    [Fact]
    public void Epochs_complain_at_once_and_not_at_the_first_state()
    {
        var state = new Network(3, [new Dense(2), new Softmax()]).Initialize(0).Train(new Sgd(0.1));
        Assert.Throws<ArgumentException>(() => { _ = state.Epochs(Generate.Spiral(5, 2, seed: 0).FullBatch(), Classes); });
    }

    [Theory]
    [InlineData(9, 4, "9 rows in batches of 4 leave a batch of 1, and norm takes 2 or more: choose another batch size")]
    [InlineData(6, 1, "6 rows in batches of 1 leave a batch of 1, and norm takes 2 or more: choose another batch size")]
    [InlineData(1, 8, "1 rows in batches of 8 leave a batch of 1, and norm takes 2 or more: choose another batch size")]
    public void Batch_normalisation_refuses_a_leftover_of_one_row(int rows, int batchSize, string message)
    {
        var state = Normalised.Initialize(0).Train(new Sgd(0.1));
        var data = Generate.Spiral(10, 2, seed: 0).Take(rows);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => state.Epochs(data.InOrder(batchSize), Classes)).Message);
        Assert.Single(state.Epochs(Generate.Spiral(10, 2, seed: 0).InOrder(9), Classes).Take(1));
    }

    [Fact]
    public void A_single_step_on_one_row_names_the_layer_that_refuses()
    {
        var state = Normalised.Initialize(0).Train(new Sgd(0.1));
        var one = Generate.Spiral(10, 2, seed: 0).Take(1);
        Assert.Contains("norm", Assert.Throws<ArgumentException>(() => state.Step(one.FullBatch().Epoch(default, 0)[0], Classes)).Message);
        Assert.Contains("2 rows or more",
            Assert.Throws<ArgumentException>(() => state.Run(one.FullBatch().Epoch(default, 0), Classes)).Message);
    }

    [Fact]
    public void A_single_row_is_fine_in_prediction() =>
        Assert.Equal(1, Normalised.Initialize(0).Evaluate(Generate.Spiral(10, 2, seed: 0).Take(1), Classes).Rows);

    [Fact]
    public void Predicting_rows_of_another_width_names_both()
    {
        var model = new Network(4, [new Dense(2)]).Initialize(0);
        const string Message = "the rows are 3 wide, the network takes 4 inputs";
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => model.Predict(Matrix.Zeros<float>(2, 3))).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => model.PredictClasses(Matrix.Zeros<float>(0, 3))).Message);
    }

    private static Network Normalised { get; } = new(2, [new BatchNormalization { Name = "norm" }, new Dense(2), new Softmax()]);

    private static RealTargets<float> Real(int width) => new(Matrix.Zeros<float>(1, width));
}
