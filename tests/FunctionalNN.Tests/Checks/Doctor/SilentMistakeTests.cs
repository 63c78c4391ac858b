namespace FunctionalNN.Tests;

/// <summary>Mistakes that run without an error, and hardly learn: each is named. Sound set-ups are in <see cref="DoctorTests"/>.</summary>
public class SilentMistakeTests
{
    private static readonly CategoricalCrossEntropy Classes = new();
    private static readonly DataSet<float> Spiral = Generate.Spiral(60, 3, seed: 0);
    private static readonly DataSet<float> Sine = Generate.Sine(100);

    public static TheoryData<string, string> Networks() => new()
    {
        { "sigmoids under a loss of one class",
            "sigmoid1 gives 3 probabilities that need not add up to 1, and CategoricalCrossEntropy reads one class of 3: a model may be "
                + "sure of "
                + "every class, and of none" },
        { "softmax twice", "softmax2 gets what softmax1 has already made probabilities: they come out almost equal" },
        { "sigmoid before softmax", "softmax1 gets what sigmoid1 has already made probabilities: they come out almost equal" },
        { "rectifier before softmax",
            "relu2 cuts off what is below 0 before softmax1: it can say that a class is likely, and never that one is unlikely" },
        { "dense on dense", "dense2 follows dense1 without an activation between: together they can do no more than one" },
        { "dense on dense, dropout between", "dense2 follows dense1 without an activation between: together they can do no more than one" },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Layers_that_hardly_mean_what_was_meant(string name, string message)
    {
        Layer[] layers = name switch
        {
            "sigmoids under a loss of one class" => [new Dense(16), new Relu(), new Dense(3), new Sigmoid()],
            "softmax twice" => [new Dense(16), new Relu(), new Dense(3), new Softmax(), new Softmax()],
            "sigmoid before softmax" => [new Dense(16), new Relu(), new Dense(3), new Sigmoid(), new Softmax()],
            "rectifier before softmax" => [new Dense(16), new Relu(), new Dense(3), new Relu(), new Softmax()],
            "dense on dense" => [new Dense(16), new Dense(16), new Relu(), new Dense(3), new Softmax()],
            _ => [new Dense(16), new Dropout(0.2), new Linear(), new Dense(16), new Relu(), new Dense(3), new Softmax()],
        };
        var found = Assert.Single(Doctor.Examine(new Network(2, [.. layers]), Spiral, Classes).Of(FindingKind.Structure));
        Assert.Equal((message, Severity.Warning), (found.Message, found.Severity));
        Assert.NotEmpty(found.Advice);
    }

    [Fact]
    public void A_bottleneck_of_two_dense_layers_is_meant() =>
        Assert.Empty(Doctor.Examine(new Network(2, [new Dense(1), new Dense(16), new Relu(), new Dense(3), new Softmax()]), Spiral, Classes)
            .Of(FindingKind.Structure));

    [Fact]
    public void A_regression_that_ends_in_a_rectifier_cannot_reach_targets_below_0()
    {
        var network = new Network(1, [new Dense(16), new Relu(), new Dense(1), new Relu()]);
        var found = Assert.Single(Doctor.Examine(network, Sine, new MeanSquaredError()).Of(FindingKind.Structure));
        Assert.Matches("^[0-9]+ of 100 targets cannot be reached: relu2 gives numbers from 0 up$", found.Message);
    }

    [Fact]
    public void One_hot_targets_under_a_squared_error_are_classes()
    {
        var labels = (ClassLabels)Spiral.Targets;
        var oneHot = new RealTargets<float>(Matrix.Create(Spiral.Count, 3, (row, column) => labels[row] == column ? 1f : 0));
        var data = new DataSet<float>(Spiral.InputsOf([.. Enumerable.Range(0, Spiral.Count)]), oneHot);
        var found = Assert.Single(
            Doctor.Examine(new Network(2, [new Dense(16), new Relu(), new Dense(3)]), data, new MeanSquaredError())
                .Of(FindingKind.Structure));
        Assert.StartsWith("every target row has a single 1 among 3 numbers: these are classes", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_normalisation_that_was_not_adapted()
    {
        var network = new Network(2, [new Normalization(), new Dense(16), new Relu(), new Dense(3), new Softmax()]);
        var model = network.Initialize(1);
        var found = Assert.Single(Doctor.Examine(model, Spiral, Classes).Of(FindingKind.Preparation));
        Assert.Equal("normalization1 has not been fitted: it passes its inputs on as they are", found.Message);
        Assert.Empty(Doctor.Examine(model.Adapt(Spiral), Spiral, Classes).Of(FindingKind.Preparation));
        Assert.Empty(Doctor.Examine(network, Spiral, Classes).Of(FindingKind.Preparation));
    }

    [Fact]
    public void Rows_to_measure_by_that_were_prepared_otherwise()
    {
        var network = new Network(2, [new Dense(16), new Relu(), new Dense(3), new Softmax()]);
        var (train, test) = Spiral.Split(0.2, seed: 1);
        var scaler = Scaler.Standard(train);
        var found = Assert.Single(Doctor.Examine(network, scaler.Apply(train), Classes, test).Of(FindingKind.Preparation));
        Assert.Equal("the training rows were prepared by a scaler, the test rows by nothing", found.Message);
        Assert.Single(Doctor.Examine(network, train, Classes, scaler.Apply(test)).Of(FindingKind.Preparation));
        Assert.Single(Doctor.Examine(network, scaler.Apply(train), Classes, scaler.Apply(scaler.Apply(test))).Of(FindingKind.Preparation));
        Assert.Single(Doctor.Examine(network, scaler.Apply(train), Classes, Scaler.MinMax(train).Apply(test)).Of(FindingKind.Preparation));
        Assert.Empty(Doctor.Examine(network, scaler.Apply(train), Classes, scaler.Apply(test)).Of(FindingKind.Preparation));
    }

    [Fact]
    public void A_rate_of_0_and_sorted_rows_in_order()
    {
        var start = new Network(2, [new Dense(16), new Relu(), new Dense(3), new Softmax()]).Initialize(1).Train(new Sgd(0));
        var diagnosis = Doctor.Examine(start, Spiral.InOrder(10), Classes);
        Assert.Equal(
            ["the learning rate of Sgd is 0: nothing is learned",
                "18 of 18 batches hold rows of a single class: the rows are sorted, and taken in order"],
            diagnosis.Of(FindingKind.Run).Select(finding => finding.Message));
        Assert.Empty(Doctor.Examine(start.WithLearningRate(0.1), Spiral.Shuffled(10), Classes).Of(FindingKind.Run));
        Assert.Empty(Doctor.Examine(start.WithLearningRate(0.1), Spiral.FullBatch(), Classes).Of(FindingKind.Run));
    }
}
