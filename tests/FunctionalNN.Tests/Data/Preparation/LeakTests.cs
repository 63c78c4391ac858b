namespace FunctionalNN.Tests;

/// <summary>Only training data can be fitted: every way around it is an error that says what to do.</summary>
public class LeakTests
{
    private static readonly DataSet<float> All = new(
        Matrix.Create(40, 2, (row, column) => (float)new Key(3).Fold(column).Normal(row)),
        new ClassLabels([.. Enumerable.Range(0, 40).Select(row => row % 4 == 0 ? 1 : 0)], 2));

    private static readonly DataSet<float> Numbers = new(All.Inputs, new RealTargets<float>(Matrix.Create(40, 1, (row, _) => (float)row)));

    public static TheoryData<string, Action<DataSet<float>>> Fits => new()
    {
        { "a scaler", data => Scaler.Standard(data) },
        { "a scaler", data => Scaler.MinMax(data) },
        { "oversampling", data => data.Oversampled(1) },
        { "a layer's scale", data => Adapting(data) },
        { "a network", data => Starting().Epochs(data.Shuffled(8), new BinaryCrossEntropy()) },
        { "a network", data => Starting().Run(data.InOrder(8).Epoch(default, 0), new BinaryCrossEntropy()) },
    };

    [Theory]
    [MemberData(nameof(Fits))]
    public void Nothing_is_fitted_on_a_held_out_part_or_on_what_is_made_from_one(string what, Action<DataSet<float>> fit)
    {
        var (train, validation, test) = All.Split(0.25, 0.25, seed: 7);
        fit(All);
        fit(train);
        fit(test.AsTraining());
        var scaler = Scaler.Standard(train);
        foreach (var (part, data) in new[]
        {
            ("validation", validation), ("test", test), ("test", test.Take(9)), ("test", test.InMemory()), ("test", test.Balanced()),
            ("test", test.Permuted(1)), ("test", scaler.Apply(test)), ("test", test.Split(0.5, 1).Training),
            ("validation", train.KFold(3)[0].HeldOut),
            ("validation", test.KFold(2)[0].HeldOut), ("test", test.KFold(2)[0].Training),
        })
        {
            var error = Assert.Throws<ArgumentException>(() => fit(data)).Message;
            Assert.Equal(
                $"{what} is fitted on training data, and this is the {part} part of a split: give it the training part (data.AsTraining() "
                    + $"lifts the mark, where that is truly meant)", error);
        }
    }

    [Fact]
    public void Parts_know_what_they_are()
    {
        var (train, validation, test) = All.Split(0.25, 0.25, seed: 7);
        Assert.Equal([DataPart.Whole, DataPart.Training, DataPart.Validation, DataPart.Test],
            new[] { All, train, validation, test }.Select(data => data.Part));
        var (inner, rest) = train.Split(0.5, 1);
        Assert.Equal((DataPart.Training, DataPart.Test), (inner.Part, rest.Part));
        Assert.Equal(DataPart.Training, Scaler.Standard(train).Apply(train).Oversampled(1).Part);
        Assert.Equal(DataPart.Whole, test.AsTraining().Part);
    }

    [Fact]
    public void What_was_fitted_before_the_split_is_not_applied_to_its_parts()
    {
        var scaler = Scaler.Standard(All);
        var targets = Scaler.Targets(Numbers);
        var (train, _, test) = All.Split(0.25, 0.25, seed: 7);
        Assert.Equal(
            "the scaler was fitted before the split that this test part comes from, so it has seen the rows of every part: split first, "
                + "then fit it on the training part",
            Assert.Throws<ArgumentException>(() => scaler.Apply(test)).Message);
        Assert.Contains("this training part", Assert.Throws<ArgumentException>(() => scaler.Apply(train)).Message,
            StringComparison.Ordinal);
        Assert.Contains("this validation part", Assert.Throws<ArgumentException>(() => scaler.Apply(train.KFold(2)[0].HeldOut)).Message,
            StringComparison.Ordinal);
        Assert.Contains("this test part", Assert.Throws<ArgumentException>(() => targets.Apply(Numbers.Split(0.5, 1).Test)).Message,
            StringComparison.Ordinal);
        scaler.Apply(new DataSet<float>(Matrix.Row(1f, 2), new ClassLabels([0], 2)));
        Scaler.Standard(train).Apply(test);
        Scaler.Standard(train.Oversampled(1)).Apply(train);
    }

    [Fact]
    public void Rows_that_know_of_each_other_are_not_split()
    {
        var scaled = Scaler.Standard(All).Apply(All);
        const string Message =
            "these rows were scaled by numbers taken from all of them before the split, so that each part would know of the others: "
                + "split first, then do it with the training part";
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => scaled.Split(0.2, 1)).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => scaled.Split(0.2, 0.2, 1)).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => scaled.Take(20).KFold(3)).Message);
        var scaledTargets = Scaler.Targets(Numbers).Apply(Numbers);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => scaledTargets.Split(0.2, 1)).Message);
        var repeated = All.Oversampled(1);
        Assert.StartsWith("these rows were oversampled before the split",
            Assert.Throws<ArgumentException>(() => repeated.Split(0.2, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("these rows were oversampled before the split",
            Assert.Throws<ArgumentException>(() => Scaler.Standard(repeated).Apply(repeated).SplitForStopping(0.2, 1)).Message,
            StringComparison.Ordinal);
        scaled.SplitForStopping(0.2, 1);

        // Scaled by the training part's numbers, the test part may be split: it had no say in them.
        var (train, test) = All.Split(0.5, 1);
        Scaler.Standard(train).Apply(test).Split(0.5, 2);
    }

    [Fact]
    public void A_model_is_not_measured_on_held_out_rows_of_what_it_learned_from()
    {
        const string Message =
            "the model has learned from all rows, this test part among them, and would be judged by what it has seen: fit it on the "
                + "training part of the split";
        var loss = new BinaryCrossEntropy();
        var (train, test) = All.Split(0.5, 1);
        foreach (var learned in new[] { All, All.Oversampled(1), All.Take(40) })
        {
            var trained = Starting().Epochs(learned.Shuffled(8), loss).First();
            Assert.Equal(Message, Assert.Throws<ArgumentException>(() => trained.Model.Evaluate(test, loss)).Message);
            Assert.Equal(Message, Assert.Throws<ArgumentException>(() => trained.Model.Evaluate(test.Take(3), loss)).Message);
            Assert.Equal(Message,
                Assert.Throws<ArgumentException>(() => Starting()
                    .Run(learned.FullBatch().Epoch(default, 0), loss).Model.Evaluate(test, loss)).Message);
            Assert.Equal(Message,
                Assert.Throws<ArgumentException>(() => trained.Epochs(train.Shuffled(8), loss).Skip(2)
                    .First().Model.Evaluate(test, loss)).Message);
            trained.Model.Evaluate(All, loss);
            trained.Model.Evaluate(train, loss);
        }

        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => Adapting(All).Evaluate(test, loss)).Message);
        var honest = Starting().Epochs(train.Shuffled(8), loss).First().Model;
        honest.Evaluate(test, loss);
        Assert.True(Adapting(train).Train(new Adam()).Epochs(train.Shuffled(8), loss).Validate(test).First().Validation.IsSome);
    }

    private static Model<float> Adapting(DataSet<float> data) =>
        new Network(2, [Normalization.Standard, new Dense(1), new Sigmoid()]).Initialize(1).Adapt(data);

    private static TrainingState<float> Starting() => new Network(2, [new Dense(1), new Sigmoid()]).Initialize(1).Train(new Adam());
}
