using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>What <see cref="ReduceOnPlateau"/> looks at after each epoch.</summary>
public enum PlateauMetric
{
    /// <summary>The loss on held-out data.</summary>
    ValidationLoss,

    /// <summary>The accuracy on held-out data.</summary>
    ValidationAccuracy,

    /// <summary>The loss in training.</summary>
    TrainingLoss,
}

/// <summary>How far <see cref="ReduceOnPlateau"/> has come: part of the record, so that a run goes on from where it stopped.</summary>
/// <param name="Scale">What the rate is multiplied by now.</param>
/// <param name="Best">The best value so far; accuracies count with a minus sign.</param>
/// <param name="Stale">Epochs since it last got better.</param>
/// <param name="Cooling">Epochs for which no more are counted.</param>
public sealed record PlateauProgress(double Scale = 1, double? Best = null, int Stale = 0, int Cooling = 0)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(PlateauProgress), PrintMembers);
}

/// <summary>
/// Multiplies the rate by a factor when a metric has not improved for more than a number of epochs. A transition over epoch results:
/// <see cref="Optimizer.AfterEpoch"/> gives the optimizer of the next epoch, and <see cref="Train.Epochs"/> asks for it.
/// </summary>
/// <remarks>
/// The rule is PyTorch's ReduceLROnPlateau. Keras reduces at the patience-th epoch without improvement, PyTorch (and so this) at the one
/// after; <see cref="Like"/> translates.
/// </remarks>
public sealed record ReduceOnPlateau : Wrapper
{
    internal static Schema Schema => SchemaAround("ReduceOnPlateau", new ReduceOnPlateau(Sgd.Blank))
        .With("factor", wrapper => wrapper.Factor, (wrapper, value) => wrapper with { Factor = value })
        .With("patience", wrapper => wrapper.Patience, (wrapper, value) => wrapper with { Patience = value })
        .With("threshold", wrapper => wrapper.Threshold, (wrapper, value) => wrapper with { Threshold = value })
        .With("isRelative", wrapper => wrapper.IsRelative, (wrapper, value) => wrapper with { IsRelative = value })
        .With("keepsEveryBest", wrapper => wrapper.KeepsEveryBest, (wrapper, value) => wrapper with { KeepsEveryBest = value })
        .With("cooldown", wrapper => wrapper.Cooldown, (wrapper, value) => wrapper with { Cooldown = value })
        .With("leastRate", wrapper => wrapper.MinRate, (wrapper, value) => wrapper with { MinRate = value })
        .With("metric", wrapper => wrapper.Metric, (wrapper, value) => wrapper with { Metric = value })
        .With("progress", wrapper => wrapper.Progress, (wrapper, value) => wrapper with { Progress = value });

    /// <summary>An optimizer whose rate falls when there is no more progress.</summary>
    public ReduceOnPlateau(Optimizer inner)
        : base(inner)
    {
    }

    /// <summary>0 &lt; factor &lt; 1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>How many epochs without improvement to bear, 0 or more.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>By how much the metric must get better to count.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Whether the threshold is a fraction of the best value.</summary>
    public bool IsRelative { get; init; } = true;

    /// <summary>Whether an improvement below the threshold still moves the best value, as in scikit-learn.</summary>
    public bool KeepsEveryBest { get; init; }

    /// <summary>After a reduction, for how many epochs none is counted.</summary>
    public int Cooldown { get; init; }

    /// <summary>The rate is not reduced below this.</summary>
    public double MinRate { get; init; }

    /// <summary>What to look at.</summary>
    public PlateauMetric Metric { get; init; } = PlateauMetric.ValidationLoss;

    /// <summary>How far it has come.</summary>
    public PlateauProgress Progress { get; init; } = new();

    /// <summary>
    /// A system's defaults around an optimizer. PyTorch: factor 0.1, patience 10, threshold 1e-4 of the best. Keras: the same with an
    /// absolute threshold, one epoch sooner. scikit-learn's learning_rate="adaptive": factor 1/5, patience 10, 1e-4 of the training loss.
    /// </summary>
    /// <exception cref="ArgumentException">The book has none.</exception>
    public static ReduceOnPlateau Like(Dialect dialect, Optimizer inner) => dialect switch
    {
        Dialect.Keras => new ReduceOnPlateau(inner) { Patience = 9, IsRelative = false },
        Dialect.PyTorch => new ReduceOnPlateau(inner),
        Dialect.ScikitLearn =>
            new ReduceOnPlateau(inner) { Factor = 0.2, IsRelative = false, KeepsEveryBest = true, Metric = PlateauMetric.TrainingLoss },
        _ => throw Dialects.Without(dialect, "reduction on a plateau"),
    };

    /// <inheritdoc/>
    public override double RateAt(long updates) => ScaleAt(updates) * Inner.RateAt(updates);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        base.Check()
        | Require(Factor is > 0 and < 1, $"ReduceOnPlateau has the factor {Factor}, expected above 0 and below 1")
        | Require(Patience >= 0 && Cooldown >= 0,
            $"ReduceOnPlateau has the patience {Patience} and the cooldown {Cooldown}, expected 0 or more")
        | Require(Threshold >= 0 && MinRate >= 0,
            $"ReduceOnPlateau has the threshold {Threshold} and the least rate {MinRate}, expected 0 or more");

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It looks at held-out data and nothing was measured there.</exception>
    public override Optimizer AfterEpoch(Metrics training, Option<Metrics> validation)
    {
        var value = Metric switch
        {
            PlateauMetric.TrainingLoss => training.Loss,
            PlateauMetric.ValidationAccuracy => -Validated().Accuracy,
            _ => Validated().Loss,
        };
        return this with { Inner = Inner.AfterEpoch(training, validation), Progress = Next(value) };

        Metrics Validated() => validation.IfNone(() => throw new InvalidOperationException(MissesHeldOut));
    }

    internal override string? MissesHeldOut => Metric == PlateauMetric.TrainingLoss
        ? base.MissesHeldOut
        : $"ReduceOnPlateau looks at the {Metric}, and nothing was measured on held-out data: give it to the run, .Epochs(batches, loss, "
            + $"heldOut: …), or set Metric = PlateauMetric.TrainingLoss";

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition) =>
        Inner.Advance(transition with { RateFactor = transition.RateFactor * ScaleAt(transition.Step) });

    private PlateauProgress Next(double value)
    {
        var best = Progress.Best ?? double.PositiveInfinity;
        var isBetter = Progress.Best is null || value < best - (IsRelative ? Threshold * Math.Abs(best) : Threshold);
        var stale = isBetter || Progress.Cooling > 0 ? 0 : Progress.Stale + 1;
        var reduces = stale > Patience;
        return new PlateauProgress(
            reduces ? Progress.Scale * Factor : Progress.Scale,
            isBetter || (KeepsEveryBest && value < best) ? value : Progress.Best,
            reduces ? 0 : stale,
            reduces ? Cooldown : Math.Max(0, Progress.Cooling - 1));
    }

    /// <summary>The scale, but no further down than to the least rate.</summary>
    private double ScaleAt(long step)
    {
        var rate = Inner.RateAt(step);
        return Progress.Scale < 1 && Progress.Scale * rate < MinRate ? Math.Min(1, MinRate / rate) : Progress.Scale;
    }
}
