using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A loss that compares number with number: a row's loss is the mean over its k outputs of ℓ(ŷ, y), so
/// ∂L/∂ŷ = ℓ′(ŷ, y) / (k·n).
/// </summary>
public abstract record ElementLoss : Loss
{
    private const double NanosecondsEach = 0.5;

    internal sealed override bool IsRowwise => true;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) => ElementFit(outputs, targets);

    private Validation<Error, Unit> ElementFit(int outputs, Targets targets) => targets switch
    {
        ClassLabels => Wrong($"{Kind} takes real targets, the data has {targets}: use CategoricalCrossEntropy, or make them RealTargets"),
        _ when WidthOf(targets) != outputs =>
            Wrong($"the targets are {WidthOf(targets)} wide, the network ends in {outputs}: end it in Dense({WidthOf(targets)})"),
        _ => Right,
    };

    /// <inheritdoc/>
    public override long Predictions(int rows, int outputs) => (long)rows * outputs;

    /// <inheritdoc/>
    public sealed override unsafe long Evaluate<T>(in Pass<T> pass, Matrix<T> prediction, Targets targets, Span<T> rowLosses,
        Span<T> gradient)
    {
        var (rows, outputs) = (prediction.Rows, prediction.Columns);
        var values = ValuesOf(pass, targets);
        if (values.Length != prediction.Values.Length)
        {
            throw new ArgumentException(
                $"the prediction is {rows} × {outputs}, the targets are {targets}: every number needs one of its own");
        }

        pass.Rent(rows, outputs, out var terms);
        var right = 0L;
        fixed (T* pprediction = prediction.Values, pvalues = values, pterms = terms, plosses = rowLosses, pgradient = gradient)
        {
            var scale = 1.0 / ((double)Math.Max(rows, pass.BatchRows) * outputs);
            var job =
                new Job<T>(this, pprediction, pvalues, ToleranceOf<T>(targets), pterms, plosses, pgradient, T.CreateTruncating(scale),
                    &right, rows, outputs);
            pass.Team.Run(ref job, pass.Team.PartsFor((double)rows * outputs * NanosecondsEach));
        }

        return right;
    }

    /// <summary>ℓ(ŷ, y) for each number.</summary>
    protected abstract void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>scale · ℓ′(ŷ, y) for each number, the derivative with respect to ŷ.</summary>
    protected abstract void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>How many predictions are right: those off by less than the tolerance, unless the loss says otherwise.</summary>
    protected virtual int CountRight<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T tolerance)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Count(new Near<T>(tolerance), prediction, target);

    /// <summary><see cref="Fits"/> for a loss of yes-or-no answers: one a row from labels of two classes, or as many as there are real
    /// targets.</summary>
    private protected Validation<Error, Unit> FitsTwoClasses(int outputs, Targets targets, string ending) => targets switch
    {
        ClassLabels { Classes: not 2 } labels =>
            Wrong($"{Kind} takes labels of 2 classes, the data has {labels.Classes}: use CategoricalCrossEntropy"),
        ClassLabels
            when outputs != 1 =>
                Wrong($"{Kind} of labels takes one output, the network ends in {outputs}: end it in {ending}, or use "
                    + $"CategoricalCrossEntropy"),
        ClassLabels => Right,
        _ => ElementFit(outputs, targets),
    };

    /// <summary>The mean over all real targets of a function of the difference from their column's mean; NaN for other targets, and without
    /// rows.</summary>
    private protected static double MeanOf(Targets targets, Func<double, double> size) => targets switch
    {
        RealTargets<float> real => MeanOf(real.Values, size),
        RealTargets<double> real => MeanOf(real.Values, size),
        _ => double.NaN,
    };

    private static double MeanOf<T>(Matrix<T> values, Func<double, double> size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var summary = new ColumnSummary(values.Columns);
        summary.Add(values);
        return values.Values.ToArray().Select((value, i) => size(double.CreateTruncating(value) - summary.Means[i % values.Columns]))
            .DefaultIfEmpty(double.NaN).Average();
    }

    private static int WidthOf(Targets targets) => targets switch
    {
        RealTargets<float> real => real.Values.Columns,
        RealTargets<double> real => real.Values.Columns,
        _ => 1,
    };

    private static T ToleranceOf<T>(Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        targets is RealTargets<T> real ? T.CreateSaturating(real.Tolerance) : T.Zero;

    private static ReadOnlySpan<T> ValuesOf<T>(in Pass<T> pass, Targets targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (targets is RealTargets<T> real)
        {
            return real.Values.Values;
        }

        if (targets is not ClassLabels labels)
        {
            throw new ArgumentException(
                $"the targets are {targets.GetType().Name}, the model computes in {typeof(T).Name}: make the data set of the model's type");
        }

        pass.Rent(labels.Count, 1, out var values);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating(labels[i]);
        }

        return values;
    }

    private readonly unsafe struct Job<T>(ElementLoss loss, T* prediction, T* target, T tolerance, T* terms, T* rowLosses, T* gradient,
        T scale, long* right, int rows, int outputs) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(rows, 16, part, parts);
            var (at, count) = ((nint)start * outputs, (end - start) * outputs);
            ReadOnlySpan<T> guess = new(prediction + at, count), truth = new(target + at, count);
            loss.Terms(guess, truth, new Span<T>(terms + at, count));
            if (gradient != null)
            {
                loss.Slopes(guess, truth, scale, new Span<T>(gradient + at, count));
            }

            Interlocked.Add(ref *right, loss.CountRight(guess, truth, tolerance));
            for (var row = start; row < end; row++)
            {
                var sum = T.Zero;
                for (var j = 0; j < outputs; j++)
                {
                    sum += terms[((nint)row * outputs) + j];
                }

                rowLosses[row] = sum / T.CreateTruncating(outputs);
            }
        }
    }

    private readonly struct Near<T>(T tolerance) : IPredicate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public L Invoke<L>(L x, L y)
            where L : struct, ILanes<L, T> => L.LessThan(L.Abs(x - y), L.Of(tolerance));
    }
}
