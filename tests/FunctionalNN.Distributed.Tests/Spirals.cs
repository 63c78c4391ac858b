using System.Collections.Immutable;

namespace FunctionalNN.Distributed.Tests;

/// <summary>Plans to compare, and the comparison.</summary>
internal static class Spirals
{
    private static readonly (DataSet<float> Training, DataSet<float> Test) Data =
        Generate.Spiral(samples: 30, classes: 3, seed: 0).Split(0.25, seed: 1);

    private static readonly CategoricalCrossEntropy Loss = new();

    /// <summary>A training that goes on from its states; one of the rates diverges.</summary>
    public static TrainingJob<(double Rate, int Width), float> Resumable { get; } = Jobs.Training("test/resumable",
        ((double Rate, int Width) settings) => Start(settings),
        (_, state) => state.Epochs(Data.Training.Shuffled(16), Loss, Parallelism.None).Validate(Data.Test, Parallelism.None),
        data: [Data.Training.ContentHash]);

    /// <summary>One with a verb that counts, which has to be computed from its start.</summary>
    public static TrainingJob<(double Rate, int Width), float> Whole { get; } = Jobs.Training("test/whole",
        ((double Rate, int Width) settings) => Run(settings));

    /// <summary>Folds.</summary>
    public static ScoreJob<double> Folds { get; } = Jobs.CrossValidation("test/folds", Data.Training, 3, fold =>
        new Network(2, [new Dense(4), new Tanh(), new Dense(3), new Softmax()]).Initialize(1).Train(new Adam(0.05), 2)
            .Epochs(fold.Training.Shuffled(16), Loss, Parallelism.None).Take(3).Last().Model.Evaluate(fold.HeldOut, Loss).Loss);

    public static ImmutableArray<(double Rate, int Width)> Settings { get; } =
        [.. from rate in (double[])[0.1, 0.01, 1e30] from width in (int[])[2, 8] select (rate, width)];

    /// <summary>A comparison, which is data alone.</summary>
    public static Plan<Comparison<Candidate, float>> Comparison => Comparisons.Plan(
        [("plain", Net(4)), ("wide", Net(16))], [("Adam", new Adam(0.02)), ("SGD", new Sgd(0.1) { Momentum = 0.9 })],
        Data.Training.Shuffled(16), Data.Test, Loss, epochs: 4, seed: 3, new Halving(1, 2));

    public static JobRun[] All { get; } =
    [
        new("resumable, halved", Resumable.Plan(Settings, 9, new Halving(1, 2))),
        new("from the start, halved", Whole.Plan(Settings, 9, new Halving(2, 2))),
        new("resumable, one stage", Resumable.Plan(Settings, 3)),
    ];

    public static IEnumerable<TrainingState<float>> Run((double Rate, int Width) settings) =>
        Start(settings).Epochs(Data.Training.Shuffled(16), Loss, Parallelism.None).Validate(Data.Test, Parallelism.None)
            .StopEarly(patience: 3);

    /// <summary>A run whose first epoch never ends.</summary>
    public static IEnumerable<TrainingState<float>> Endless(int seed, Action began) =>
        Net(4).Initialize(seed).Train(new Adam(), seed).Epochs(StreamedRows.Of(() => Rows(began), 3).InOrder(16), Loss, Parallelism.None);

    private static IEnumerable<(float[] Inputs, int Label)> Rows(Action began)
    {
        for (var row = 0; ; row++)
        {
            yield return ([0.5f, -0.5f], row % 3);
            began();
        }
    }

    /// <summary>Searches that last a while.</summary>
    public static JobRun[] Long { get; } =
    [
        new("resumable, halved", Resumable.Plan(Settings, 120, new Halving(15, 2))),
        new("from the start, halved", Whole.Plan(Settings, 120, new Halving(4, 2))),
    ];

    private static Network Net(int width) =>
        new(2, [new Dense(width), new BatchNormalization(), new Relu(), new Dropout(0.1), new Dense(3), new Softmax()]);

    private static TrainingState<float> Start((double Rate, int Width) settings) =>
        Net(settings.Width).Initialize(1).Train(new Adam(settings.Rate), seed: 2);
}

/// <summary>A search and what it gives on one machine.</summary>
internal sealed record JobRun(string Name, Plan<Comparison<(double Rate, int Width), float>> Plan)
{
    private readonly Lazy<Comparison<(double Rate, int Width), float>> expected = new(() => Plan.Run());

    public void AssertSame(Comparison<(double Rate, int Width), float> found) => Same.Assert(expected.Value, found);
}

/// <summary>Equality to the last bit.</summary>
internal static class Same
{
    public static void Assert<TSettings>(Comparison<TSettings, float> expected, Comparison<TSettings, float> found)
    {
        Xunit.Assert.Equal(expected.ToString(), found.ToString());
        Xunit.Assert.Equal(expected, found);
        foreach (var (one, i) in expected.Trials.Select((trial, i) => (trial, i)))
        {
            var other = found.Trials[i];
            Xunit.Assert.Equal((one.Name, one.End, BitConverter.DoubleToInt64Bits(one.Score)),
                (other.Name, other.End, BitConverter.DoubleToInt64Bits(other.Score)));
            Xunit.Assert.Equal(one.Best.Match(state => state.Model.ContentHash(), () => ""),
                other.Best.Match(state => state.Model.ContentHash(), () => ""));
        }
    }
}
