using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Names travel with data and models: in another order they are put right, to the last bit, and others are refused, wherever data
/// meets a model.</summary>
public sealed class NameLaws : IDisposable
{
    private static readonly CategoricalCrossEntropy Loss = new();
    private static readonly string[] Inputs = ["a", "b", "c"];
    private static readonly string[] Classes = ["ape", "bee", "cat"];
    private static readonly DataSet<float> Blobs = Named(Generate.Blobs(samples: 12, classes: 3, seed: 1, features: 3), Inputs, Classes);
    private static readonly TrainingState<float> Trained =
        new Network(3, [new Dense(5), new Relu(), new Dense(3), new Softmax()]).Initialize(7).Train(new Adam(0.05), seed: 3)
            .Epochs(Blobs.Shuffled(8), Loss).Take(3).Last();

    private readonly TemporaryFolder folder = new();

    /// <summary>What takes a model and data, as something that can be compared.</summary>
    private static Dictionary<string, Func<TrainingState<float>, DataSet<float>, object>> Meetings { get; } = new()
    {
        ["Evaluate"] = (state, data) => state.Model.Evaluate(data, Loss),
        ["Report"] = (state, data) => state.Model.Report(data).ToString()!,
        ["Predict"] = (state, data) => state.Model.Predict(data),
        ["PredictClasses"] = (state, data) => string.Join(" ", state.Model.PredictClasses(data).Values.ToArray()),
        ["Validate"] = (state, data) => state.Epochs(Blobs.Shuffled(8), Loss).Validate(data).First(),
        ["Epochs"] = (state, data) => state.Epochs(data.Shuffled(8), Loss).First(),
        ["Epochs with held-out data"] = (state, data) => state.Epochs(Blobs.Shuffled(8), Loss, heldOut: data).First(),
        ["Run"] = (state, data) => state.Run(data.Shuffled(8).Epoch(state.Key, 5), Loss),
        ["Step"] = (state, data) => state.Step(data.InOrder(8).Epoch(default, 0)[1], Loss),
        ["streams"] = (state, data) => state.Epochs(StreamedRows.Of(data).InOrder(8), Loss).First(),
        ["Run of a stream"] = (state, data) => state.Run(StreamedRows.Of(data).InOrder(8).Epoch(state.Key, 5), Loss),
        ["Run of batches"] = (state, data) => state.Run([.. data.InOrder(8).Epoch(default, 0)], Loss),
        ["range test"] = (state, data) => LearningRateRange.Test(state, data.Shuffled(8), Loss, steps: 20),
        ["range test of a stream"] = (state, data) => LearningRateRange.Test(state, StreamedRows.Of(data).InOrder(8), Loss, steps: 20),
        ["Gradient"] = (state, data) => state.Model.Gradient(data.InOrder(8).Epoch(default, 0)[0], Loss),
        ["Examine"] = (state, data) => Doctor.Examine(state.Model, data, Loss).ToString()!,
        ["Examine against test rows"] = (state, data) => Doctor.Examine(state.Model, Blobs, Loss, data).ToString()!,
        ["Vitals"] = (state, data) => string.Join("; ", Doctor.Vitals(state.Model, data, Loss)),
        ["PermutationImportance"] = (state, data) => PermutationImportance.Of(state.Model, data).ToString()!,
        ["InputGradient"] = (state, data) => state.Model.InputGradient(data, Loss),
        ["LossByRow"] = (state, data) => state.Model.LossByRow(data, Loss).ToString()!,
        ["Recalibrate"] = (state, data) => new Network(3, [new Normalization(), new Dense(3), new Softmax()]).Initialize(1).Adapt(Blobs)
            .Adapt(data).Statistics,
        ["Ensemble.Evaluate"] = (state, data) => new Ensemble<float>([state.Model, state.Model]).Evaluate(data, Loss),
        ["GradientHistograms"] = (state, data) => Figure.GradientHistograms(state.Model, data, Loss).ToString(),
    };

    public static TheoryData<string> Names => [.. Meetings.Keys];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_names_in_another_order_give_the_same_bits(string meeting)
    {
        var expected = Meetings[meeting](Trained, Blobs);
        foreach (var (inputs, classes) in new[] { ((int[])[2, 0, 1], (int[])[0, 1, 2]), ([0, 1, 2], [2, 0, 1]), ([1, 0, 2], [2, 1, 0]) })
        {
            Assert.Equal(expected, Meetings[meeting](Trained, Shuffled(Blobs, inputs, classes)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_names_are_refused_with_both_lists(string meeting)
    {
        foreach (var (other, what) in new[] { (Named(Blobs, ["a", "b", "x"], Classes), "a, b, x, the model was trained on a, b, c"),
            (Named(Blobs, Inputs, ["ape", "bee", "dog"]), "ape, bee, dog, the model was trained on ape, bee, cat") })
        {
            if (meeting.StartsWith("Predict", StringComparison.Ordinal) && what.StartsWith("ape", StringComparison.Ordinal))
            {
                continue;
            }

            if (meeting == "Recalibrate" && what.StartsWith("ape", StringComparison.Ordinal))
            {
                continue;
            }

            string Fault() => meeting.StartsWith("Examine", StringComparison.Ordinal)
                ? Meetings[meeting](Trained, other).ToString()!
                : Assert.Throws<ArgumentException>(() => Meetings[meeting](Trained, other)).Message;
            Assert.Contains(what, Fault(), StringComparison.Ordinal);
        }
    }

    [Property(MaxTest = 40)]
    public void Any_order_of_columns_and_classes_is_the_same_data(int seed)
    {
        var key = new Key((ulong)seed);
        var other = Shuffled(Blobs, key.Fold(1).Permutation(3), key.Fold(2).Permutation(3));
        var arranged = Trained.Model.Arrange(other);
        Assert.Equal(Blobs.Numbers(), arranged.Numbers());
        Assert.Equal(Blobs.Targets, arranged.Targets);
        Assert.Equal(Inputs, arranged.InputNames.ToArray());
        Assert.Same(Blobs, Trained.Model.Arrange(Blobs));
    }

    [Fact]
    public void Derived_data_keeps_its_names()
    {
        var (train, test) = Blobs.Split(testFraction: 0.25, seed: 1);
        var scaler = Scaler.Standard(train);
        DataSet<float>[] derived =
        [
            train, test, Blobs.Take(3), Blobs.Pick([1, 2]), Blobs.InMemory(), Blobs.AsTraining(), Blobs.Permuted(1), train.Oversampled(1),
            Blobs.Balanced(), scaler.Apply(train), scaler.Apply(test),
            Filler.Mean(train).Apply(test), Blobs.KFold(3, 1)[0].Training, Blobs.KFold(3, 1)[0].HeldOut,
        ];
        Assert.All(derived,
            data => Assert.Equal((string.Join(" ", Inputs), string.Join(" ", Classes)),
                (string.Join(" ", data.InputNames), string.Join(" ", data.ClassNames))));
    }

    [Fact]
    public void Names_are_saved_and_read()
    {
        Trained.Save(folder["state"]).OrThrow();
        Trained.Model.Save(folder["model"]).OrThrow();
        Assert.Equal(Inputs, TrainingState.Load<float>(folder["state"]).OrThrow().Model.InputNames.ToArray());
        Assert.Equal(Trained.Model, Model.Load<float>(folder["model"]).OrThrow());
        Assert.Contains("the model was trained on a, b, c",
            Assert.Throws<ArgumentException>(() => Model.Load<float>(folder["model"]).OrThrow()
                .Evaluate(Named(Blobs, ["x", "y", "z"], Classes), Loss)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_read_apart_are_never_taken_for_each_other()
    {
        var train =
            Csv.Read(folder.WriteText("train.csv", "a,colour,y\n1,red,ape\n2,blue,bee\n3,red,cat\n4,blue,ape\n"),
                new CsvOptions { Label = "y" }).OrThrow();
        var test = Csv.Read(folder.WriteText("test.csv", "a,colour,y\n1,red,bee\n2,green,cat\n3,red,dog\n"), new CsvOptions { Label = "y" })
            .OrThrow();
        var states = new Network(3, [new Dense(3), new Softmax()]).Initialize(1).Train(new Adam()).Epochs(train.Data.FullBatch(), Loss);
        Assert.Equal("a colour=blue colour=red", string.Join(" ", states.First().Model.InputNames));
        var fault = Assert.Throws<ArgumentException>(() => states.Validate(test.Data).First()).Message;
        Assert.Equal(
            "the inputs of the data are a, colour=green, colour=red, the model was trained on a, colour=blue, colour=red: the model does "
                + "not know colour=green, and the data lacks colour=blue; read the file with the encoding of the training data "
                + "(table.Encoding.Read), or give the data the model's names where they mean the same",
            fault);
        Assert.Contains("did you mean", train.Encoding.Read(folder.WriteText("other.csv", "a,colours,y\n1,red,ape\n")).Fault(),
            StringComparison.Ordinal);

        // Columns that stand in another order in the other file are those of the encoding.
        var other = train.Encoding.Read(folder.WriteText("other.csv", "y,colour,a\nape,red,1\nbee,blue,2\n")).OrThrow();
        Assert.Equal(2, states.Validate(other.Data).First().Validation.Match(metrics => metrics.Rows, () => 0));
    }

    [Fact]
    public void The_estimators_compare_as_well()
    {
        var fitted = new MlpClassifier { MaxIter = 5 }.Fit(Blobs);
        var other = Shuffled(Blobs, [2, 0, 1], [1, 2, 0]);
        Assert.Equal(fitted.Predict(Blobs), fitted.Predict(other));
        Assert.Equal(fitted.PredictProbabilities(Blobs), fitted.PredictProbabilities(other));
        Assert.Equal(fitted.Score(Blobs), fitted.Score(other));
        Assert.Throws<ArgumentException>(() => fitted.Predict(Named(Blobs, ["a", "b", "x"], Classes)));
        Assert.Throws<ArgumentException>(() => fitted.Score(Named(Blobs, Inputs, ["ape", "bee", "dog"])));
    }

    [Fact]
    public void Models_of_an_ensemble_have_the_same_names()
    {
        var other = new Network(3, [new Dense(3), new Softmax()]).Initialize(1).Train(new Adam())
            .Epochs(Shuffled(Blobs, [1, 0, 2], [0, 1, 2]).FullBatch(), Loss).First().Model;
        Assert.Contains("all must be trained on the same names in the same order",
            Assert.Throws<ArgumentException>(() => new Ensemble<float>([Trained.Model, other])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_names_are_a_wrong_call()
    {
        Assert.StartsWith("2 names were given for 3 inputs", Assert.Throws<ArgumentException>(() => Blobs.WithInputNames("a", "b")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("the name \"a\" is there 2 times",
            Assert.Throws<ArgumentException>(() => Blobs.WithInputNames("a", "b", "a")).Message, StringComparison.Ordinal);
        Assert.StartsWith("2 names were given for 3 inputs",
            Assert.Throws<ArgumentException>(() => Trained.Model with { InputNames = ["a", "b"] }).Message, StringComparison.Ordinal);
        Assert.Empty(Blobs.WithInputNames().InputNames);
    }

    private static DataSet<float> Named(DataSet<float> data, string[] inputs, string[] classes) =>
        new DataSet<float>(data.Inputs,
            new ClassLabels(((ClassLabels)data.Targets).Values, classes.Length, classes)).WithInputNames(inputs);

    /// <summary>The same rows with columns and classes in another order, names and all.</summary>
    private static DataSet<float> Shuffled(DataSet<float> data, int[] columns, int[] classes)
    {
        var (rows, labels) = (data.InputsOf([.. Enumerable.Range(0, data.Count)]), (ClassLabels)data.Targets);
        var inputs = Matrix.Create(rows.Rows, 3, (row, column) => rows[row, columns[column]]);
        return new DataSet<float>(inputs,
            new ClassLabels([.. labels.Values.ToArray().Select(label => Array.IndexOf(classes, label))], 3,
                classes.Select(label => labels.Names[label])))
            .WithInputNames(columns.Select(column => data.InputNames[column]));
    }
}
