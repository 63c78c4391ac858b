using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// For two classes, or several yes-or-no answers, with s = 1 where the target is above 0 and else −1: ℓ = max(0, 1 − s·ŷ), ℓ′ = −s where 1 − s·ŷ > 0,
/// else 0; averaged over outputs and rows: what a support vector machine makes small. Takes labels of two classes with one output, or real
/// targets, −1 and 1 or 0 and 1 as in Keras. Accuracy counts the outputs on the right side of 0.
/// </summary>
public sealed record Hinge : ElementLoss
{
    /// <inheritdoc/>
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        !range.MayBeLogits
            ? Wrong($"{Kind} takes any numbers, the network ends in {range.InWords}, which never reach the margin: leave its last activation out")
            : FitsTwoClasses(outputs, targets, "Dense(1)");

    /// <inheritdoc/>
    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses) =>
        Elementwise.Zip(default(Term<T>), prediction, target, losses);

    /// <inheritdoc/>
    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) =>
        Elementwise.Zip(new Slope<T>(scale), prediction, target, slopes);

    /// <inheritdoc/>
    protected override int CountRight<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T tolerance) =>
        Elementwise.Count(new SameSide<T>(T.Zero, T.Zero), prediction, target);

    private readonly struct Term<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var lacking = Vector512<T>.One - (Sign(y) * x);
            return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(lacking, Vector512<T>.Zero), Vector512<T>.Zero, lacking);
        }
    }

    private readonly struct Slope<T>(T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var sign = Sign(y);
            var isFar = Vector512.LessThanOrEqual(Vector512<T>.One - (sign * x), Vector512<T>.Zero);
            return Vector512.ConditionalSelect(isFar, Vector512<T>.Zero, -sign * Vector512.Create(scale));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Sign<T>(Vector512<T> target)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(target, Vector512<T>.Zero), Vector512<T>.One, -Vector512<T>.One);
}
