namespace FunctionalNN.Tests;

/// <summary>Each defect by itself is found, and nothing is found where there is none.</summary>
public class DoctorTests
{
    private static readonly CategoricalCrossEntropy Loss = new();

    public static TheoryData<string, int> CleanSets()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in Clean.Keys)
        {
            cases.Add(name, 0);
            cases.Add(name, 7);
        }

        return cases;
    }

    private static Dictionary<string, Func<int, (Network Network, DataSet<float> Data, Loss Loss)>> Clean { get; } = new()
    {
        ["spiral"] = seed => (Classifier(2, 3), Generate.Spiral(100, 3, seed), Loss),
        ["spiral of the book"] =
            seed => (new Network(2,
                [new Dense(64) { WeightInitializer = Initializer.Normal(0.01), WeightPenalty = Penalty.L2(5e-4) }, new Relu(),
                    new Dropout(0.1), new Dense(3) { WeightInitializer = Initializer.Normal(0.01) }, new Softmax()]),
                        Generate.Spiral(100, 3, seed), Loss),
        ["blobs"] = seed => (Classifier(2, 3), Generate.Blobs(100, 3, seed), Loss),
        ["blobs of many features"] = seed => (Classifier(20, 5), Generate.Blobs(60, 5, seed, features: 20), Loss),
        ["moons"] = seed => (Classifier(2, 2), Generate.Moons(100, 0.1, seed), Loss),
        ["circles"] = seed => (Classifier(2, 2), Generate.Circles(100, 0.05, seed), Loss),
        ["xor"] = seed => (Classifier(2, 2), Generate.Xor(50, 0.1, seed), Loss),
        ["vertical"] = seed => (Classifier(2, 3), Generate.Vertical(100, 3, seed), Loss),
        ["one output"] =
            seed => (new Network(2, [new Dense(32), new Relu(), new Dense(1), new Sigmoid()]), Generate.Moons(100, 0.1, seed),
                new BinaryCrossEntropy()),
        ["batch normalisation"] =
            seed => (new Network(2, [new Dense(32), new BatchNormalization(), new Relu(), new Dense(3), new Softmax()]),
                Generate.Spiral(100, 3, seed), Loss),
        ["sine"] =
            _ => (new Network(1, [new Dense(64), new Relu(), new Dense(64), new Relu(), new Dense(1)]), Generate.Sine(200),
                new MeanSquaredError()),
    };

    [Theory]
    [MemberData(nameof(CleanSets))]
    public void Nothing_is_found_where_nothing_is_wrong(string name, int seed)
    {
        var (network, data, loss) = Clean[name](seed);
        var (train, test) = data.Split(0.2, seed);
        var diagnosis = Doctor.Examine(network, train, loss, test, seed);
        Assert.True(diagnosis.IsHealthy, $"{diagnosis}");

        // The arms of a spiral begin at the very same point.
        Assert.All(diagnosis.Findings,
            finding => Assert.True(finding.Kind == FindingKind.Contradictions && loss == Loss && data.Inputs.Width == 2, $"{diagnosis}"));
        Assert.True(diagnosis.Findings.IsEmpty || data.InputsOf(0).Values.ContainsAnyExcept(0f) == false, $"{diagnosis}");
        Assert.StartsWith(diagnosis.Findings.IsEmpty ? "no findings: network, data and loss look fit to train" : "note ", $"{diagnosis}",
            StringComparison.Ordinal);
        Assert.InRange(diagnosis.StartLoss, 0, double.IsNaN(diagnosis.BaselineLoss) ? double.MaxValue : 10 * diagnosis.BaselineLoss);
    }

    [Fact]
    public void Inputs_out_of_scale()
    {
        var spiral = Generate.Spiral(60, 3, seed: 0);
        var (large, small) = (Mapped(spiral, x => x * 100), Mapped(spiral, x => x / 100));
        Found(FindingKind.InputScale, Severity.Warning, "inputs are large: column ", Doctor.Examine(Classifier(2, 3), large, Loss));
        Found(FindingKind.InputScale, Severity.Warning, "inputs are small: column ", Doctor.Examine(Classifier(2, 3), small, Loss));
        var uneven =
            new DataSet<float>(Matrix.Create(180, 2, (row, column) => spiral.InputsOf(row)[0, column] * (column == 0 ? 1 : 1e-4f)),
                spiral.Targets);
        Found(FindingKind.InputScale, Severity.Warning, "columns differ in scale: column 0 spans ",
            Doctor.Examine(Classifier(2, 3), uneven, Loss));

        // The cure is a normalisation that was fitted: Examine of a network fits it, a model may not be.
        var scaled = new Network(2, [new Normalization(), .. Classifier(2, 3).Layers]);
        Assert.Empty(Doctor.Examine(scaled, large, Loss).Of(FindingKind.InputScale));
        Assert.Empty(Doctor.Examine(scaled.Initialize(0).Adapt(large), large, Loss).Of(FindingKind.InputScale));
        var finding = Assert.Single(Doctor.Examine(scaled.Initialize(0), large, Loss).Of(FindingKind.InputScale));
        Assert.Equal("begin the network with new Normalization() and call model.Adapt(train), or scale the columns", finding.Advice);
    }

    [Fact]
    public void Constant_and_duplicate_columns()
    {
        var moons = Generate.Moons(60, 0.1, seed: 0);
        var wide = Columns(moons, 4, (row, column) => column switch { 2 => 0.5f, 3 => row[0], _ => row[column] });
        var diagnosis = Doctor.Examine(Classifier(4, 2), wide, Loss);
        Assert.Equal("note     1 column never changes: 2: they teach nothing and may be left out",
            $"{Found(FindingKind.ConstantColumns, Severity.Note, "", diagnosis)}");
        Found(FindingKind.DuplicateColumns, Severity.Note, "columns 0, 3 are the same in every row", diagnosis);
        Assert.Equal(2, diagnosis.Findings.Length);
        Assert.True(diagnosis.IsHealthy);
        Found(FindingKind.ConstantColumns, Severity.Error, "2 columns never change: 0, 1",
            Doctor.Examine(Classifier(2, 2), Columns(moons, 2, (_, _) => 1), Loss));
    }

    [Fact]
    public void Numbers_that_are_not_finite()
    {
        var moons = Generate.Moons(60, 0.1, seed: 0);
        var holes =
            new DataSet<float>(Matrix.Create(120, 2,
                (row, column) => row is 7 or 9 && column == 1 ? float.NaN : moons.InputsOf(row)[0, column]), moons.Targets);
        var diagnosis = Doctor.Examine(Classifier(2, 2), holes, Loss);
        Found(FindingKind.NonFinite, Severity.Error, "2 inputs of the training rows are not finite, the first in row 7, column 1: NaN",
            diagnosis);
        Assert.Single(diagnosis.Findings);
        Found(FindingKind.NonFinite, Severity.Error, "2 inputs of the test rows are not finite, the first in row 7, column 1: NaN",
            Doctor.Examine(Classifier(2, 2), moons, Loss, holes));
        var targets =
            new DataSet<float>(moons.Inputs,
                new RealTargets<float>(Matrix.Create(120, 1, (row, _) => row == 3 ? float.PositiveInfinity : row / 120f)));
        Found(FindingKind.NonFinite, Severity.Error, "a target of the training rows is not finite, in row 3: Infinity",
            Doctor.Examine(new Network(2, [new Dense(1)]), targets, new MeanSquaredError()));
    }

    [Fact]
    public void Classes_out_of_balance()
    {
        var moons = Generate.Moons(60, 0.1, seed: 0);
        Found(FindingKind.ClassBalance, Severity.Warning, "class 1 has 4 rows, class 0 60",
            Doctor.Examine(Classifier(2, 2), moons.Take(64), Loss));
        Found(FindingKind.ClassBalance, Severity.Error, "all 60 training rows are of class 0",
            Doctor.Examine(Classifier(2, 2), moons.Take(60), Loss));
        var quantity = new DataSet<float>(moons.Inputs, new ClassLabels([.. Enumerable.Range(0, 120).Select(row => row / 2)], 60));
        Found(FindingKind.ClassBalance, Severity.Warning, "120 training rows have 60 classes, fewer than 5 rows each",
            Doctor.Examine(Classifier(2, 60), quantity, Loss));
        var absent = new DataSet<float>(moons.Inputs, new ClassLabels(((ClassLabels)moons.Targets).Values, 3, ["a", "b", "c"]));
        Found(FindingKind.ClassBalance, Severity.Warning, "no training row is of class c", Doctor.Examine(Classifier(2, 3), absent, Loss));
    }

    [Fact]
    public void Rows_that_are_in_both_parts_repeat_or_contradict_each_other()
    {
        var moons = Generate.Moons(60, 0.1, seed: 0);
        var (train, test) = (moons.Pick([.. Enumerable.Range(0, 100)]), moons.Pick([100, 101, 5, 102, 6]));
        var shared = Doctor.Examine(Classifier(2, 2), train, Loss, test);
        Found(FindingKind.SharedRows, Severity.Warning, "2 of 5 test rows are also training rows, the first test row 2 as training row 5",
            shared);
        Assert.Single(shared.Findings);

        var repeated = Doctor.Examine(Classifier(2, 2), moons.Pick([.. Enumerable.Range(0, 120), 3, 3]), Loss);
        Found(FindingKind.RepeatedRows, Severity.Note, "2 of 122 training rows repeat the inputs of an earlier one", repeated);
        Assert.Single(repeated.Findings);

        int[] rows = [.. Enumerable.Range(0, 120), 3, 4];
        var labels = ((ClassLabels)moons.Targets).Values.ToArray();
        var contradicting =
            new DataSet<float>(moons.InputsOf(rows), new ClassLabels([.. labels, 1 - labels[3], 1 - labels[4]], 2, ["left", "right"]));
        Found(FindingKind.Contradictions, Severity.Warning,
            "2 training rows have the inputs of an earlier row and another label, the first row 120 (right) and row 3 (left)",
            Doctor.Examine(Classifier(2, 2), contradicting, Loss));
    }

    [Fact]
    public void Targets_out_of_scale_or_constant()
    {
        var sine = Generate.Sine(200);
        var network = new Network(1, [new Dense(32), new Relu(), new Dense(1)]);
        var values = ((RealTargets<float>)sine.Targets).Values;
        var prices = new DataSet<float>(sine.Inputs, new RealTargets<float>(values.Map(y => 4000 + (3000 * y))));
        Found(FindingKind.TargetScale, Severity.Warning,
            "target 0 has the mean 4000 and the standard deviation 2121, where a network starts with outputs around 0 ± 1",
            Doctor.Examine(network, prices, new MeanSquaredError()));
        var flat = new DataSet<float>(sine.Inputs, new RealTargets<float>(values.Map(_ => 0.5f)));
        Found(FindingKind.ConstantTarget, Severity.Warning, "target 0 is 0.5 in every row",
            Doctor.Examine(network, flat, new MeanSquaredError()));
    }

    [Fact]
    public void A_loss_at_the_start_that_is_worse_than_knowing_nothing()
    {
        var network =
            new Network(2,
                [new Dense(16) { WeightInitializer = Initializer.Normal(30) }, new Relu(),
                    new Dense(3) { WeightInitializer = Initializer.Normal(30) }, new Softmax()]);
        var diagnosis = Doctor.Examine(network, Generate.Spiral(60, 3, seed: 0), Loss);
        Found(FindingKind.StartLoss, Severity.Warning, "the loss at the start is ", diagnosis);
        Assert.Contains($"that of giving all answers the same probability 1.099", $"{diagnosis}", StringComparison.Ordinal);
        Assert.Equal(Math.Log(3), diagnosis.BaselineLoss);
    }

    [Fact]
    public void A_batch_that_cannot_be_learned_by_heart()
    {
        // No straight line parts these.
        var diagnosis = Doctor.Examine(new Network(2, [new Dense(2), new Softmax()]), Generate.Xor(50, 0.05, seed: 0), Loss);
        Found(FindingKind.Overfit, Severity.Warning, "1000 steps of Adam on 16 rows alone bring the loss no lower than ", diagnosis);
        Assert.Single(diagnosis.Findings);
        Found(FindingKind.Overfit, Severity.Warning, "1000 steps",
            Doctor.Examine(new Network(1, [new Dense(1)]), Generate.Sine(100), new MeanSquaredError()));
    }

    [Fact]
    public void Dead_units_and_gradients_that_stop()
    {
        var dead = new Network(2, [new Dense(16) { BiasInitializer = Initializer.Value(-50) }, new Relu(), new Dense(3), new Softmax()]);
        var diagnosis = Doctor.Examine(dead, Generate.Spiral(60, 3, seed: 0), Loss);
        Found(FindingKind.DeadUnits, Severity.Error, "relu1: 100 % of the units put out the same for every row", diagnosis);
        Found(FindingKind.Gradients, Severity.Error, "the gradient of dense1 is 0", diagnosis);
        Assert.Equal(1, diagnosis.Layers.Single(layer => layer.Layer == "relu1").Dead);
        Assert.Equal(0, diagnosis.Layers.Single(layer => layer.Layer == "dense1").GradientRatio);
    }

    [Fact]
    public void Gradients_that_vanish_or_explode()
    {
        var deep =
            new Network(2,
                [.. Enumerable.Range(0, 8)
                    .SelectMany(_ => new Layer[] { new Dense(16) { WeightInitializer = Initializer.Normal(0.1) }, new Sigmoid() }),
                        new Dense(3), new Softmax()]);
        Found(FindingKind.Gradients, Severity.Warning, "gradients vanish: dense9 has ",
            Doctor.Examine(deep, Generate.Spiral(60, 3, seed: 0), Loss));
        var chaotic =
            new Network(2,
                [.. Enumerable.Range(0, 60)
                    .SelectMany(_ => new Layer[] { new Dense(32) { WeightInitializer = Initializer.Normal(0.5) }, new Tanh() }),
                        new Dense(3), new Softmax()]);
        Found(FindingKind.Gradients, Severity.Warning, "gradients explode: dense61 has ",
            Doctor.Examine(chaotic, Generate.Spiral(60, 3, seed: 0), Loss));
        var steep =
            new Network(2,
                [.. Enumerable.Range(0, 8).SelectMany(_ => new Layer[] { new Dense(16), new Linear() }),
                    .. Enumerable.Range(0, 3)
                        .SelectMany(_ => new Layer[] { new Dense(16) { WeightInitializer = Initializer.Normal(40) }, new Linear() }),
                            new Dense(1) { WeightInitializer = Initializer.Normal(40) }]);
        Assert.NotEmpty(
            Doctor.Examine(steep,
                Generate.Sine(60) is var sine
                    ? new DataSet<float>(Matrix.Create(60, 2, (row, column) => sine.InputsOf(row)[0, 0] + column), sine.Targets)
                    : sine, new MeanSquaredError()).Of(FindingKind.StartLoss));
    }

    [Fact]
    public void What_does_not_go_together_is_said_first()
    {
        var diagnosis = Doctor.Examine(new Network(3, [new Dense(2)]), Generate.Spiral(20, 3, seed: 0), Loss);
        Assert.Equal(
            ["error    the data has 2 columns, the network takes 3 inputs: build it with new Network(inputs: 2, …)",
                "error    labels have 3 classes, the network ends in 2: end it in Dense(3) and Softmax"],
            diagnosis.Of(FindingKind.Misfit).Select(finding => $"{finding}"));
        Assert.Empty(diagnosis.Layers);
        var empty = Doctor.Examine(Classifier(2, 3), new DataSet<float>(Matrix.Zeros<float>(0, 2), new ClassLabels([], 3)), Loss);
        Assert.Equal("error    the data has no rows: there is nothing to learn from", $"{empty}");
        var test = Doctor.Examine(Classifier(2, 3), Generate.Spiral(20, 3, seed: 0), Loss, Generate.Spiral(20, 4, seed: 1));
        Assert.Equal("test rows: labels have 4 classes, the network ends in 3: end it in Dense(4) and Softmax",
            Assert.Single(test.Of(FindingKind.Misfit)).Message);
    }

    [Fact]
    public void It_leaves_the_model_alone_and_gives_the_same_diagnosis_twice()
    {
        var (model, data) = (Classifier(2, 3).Initialize(3), Generate.Spiral(60, 3, seed: 0));
        var before = model.Parameters.Values.ToArray();
        Assert.Equal($"{Doctor.Examine(model, data, Loss)}", $"{Doctor.Examine(model, data, Loss)}");
        Assert.Equal(before, model.Parameters.Values.ToArray());
    }

    private static Network Classifier(int inputs, int classes) =>
        new(inputs, [new Dense(64), new Relu(), new Dense(classes), new Softmax()]);

    private static DataSet<float> Mapped(DataSet<float> data, Func<float, float> f) =>
        new(data.InputsOf([.. Enumerable.Range(0, data.Count)]).Map(f), data.Targets);

    private static DataSet<float> Columns(DataSet<float> data, int width, Func<float[], int, float> f)
    {
        var inputs = data.InputsOf([.. Enumerable.Range(0, data.Count)]);
        return new(Matrix.Create(data.Count, width, (row, column) => f(inputs.Row(row).ToArray(), column)), data.Targets);
    }

    private static Finding Found(FindingKind kind, Severity severity, string beginning, Diagnosis diagnosis)
    {
        Assert.True(diagnosis.Of(kind).Length == 1, $"{diagnosis}");
        var finding = diagnosis.Of(kind)[0];
        Assert.StartsWith(beginning, finding.Message, StringComparison.Ordinal);
        Assert.Equal(severity, finding.Severity);
        Assert.Contains($"{finding}", $"{diagnosis}", StringComparison.Ordinal);
        return finding;
    }

    [Fact]
    public void Vitals_are_those_of_the_examination_at_any_time()
    {
        var data = Generate.Spiral(samples: 30, classes: 3, seed: 0);
        var loss = new CategoricalCrossEntropy();
        var model = new Network(2, [new Dense(8), new Relu(), new Dense(3), new Softmax()]).Initialize(seed: 5);
        Assert.Equal(Doctor.Examine(model, data, loss).Layers.ToArray(), Doctor.Vitals(model, data, loss).ToArray());
        var trained = model.Train(new Adam(0.01)).Epochs(data.Shuffled(16), loss).Take(3).Last().Model;
        Assert.NotEqual(Doctor.Vitals(model, data, loss).ToArray(), Doctor.Vitals(trained, data, loss).ToArray());
        Assert.StartsWith("the data has 3 columns",
            Assert.Throws<ArgumentException>(() =>
                Doctor.Vitals(trained, new DataSet<float>(Matrix.Zeros<float>(4, 3), new ClassLabels([0, 1, 2, 0], 3)), loss)).Message,
                    StringComparison.Ordinal);
    }
}
