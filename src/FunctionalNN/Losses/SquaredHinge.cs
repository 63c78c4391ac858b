using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// With s = 1 where the target is above 0 and else −1: ℓ = max(0, 1 − s·ŷ)², ℓ′ = −2s·max(0, 1 − s·ŷ), averaged over outputs and rows: the smooth
/// <see cref="Hinge"/>, with the same targets and accuracy. The same in Keras.
/// </summary>
public sealed record SquaredHinge : ElementLoss
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
        Elementwise.Zip(new Slope<T>(scale + scale), prediction, target, slopes);

    /// <inheritdoc/>
    protected override int CountRight<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T tolerance) =>
        Elementwise.Count(new SameSide<T>(T.Zero, T.Zero), prediction, target);

    private readonly struct Term<T> : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var lacking = Lacking(x, Hinge.Sign(y));
            return lacking * lacking;
        }
    }

    private readonly struct Slope<T>(T scale) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> x, Vector512<T> y)
        {
            var sign = Hinge.Sign(y);
            return -sign * Lacking(x, sign) * Vector512.Create(scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Lacking<T>(Vector512<T> x, Vector512<T> sign)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lacking = Vector512<T>.One - (sign * x);
        return Vector512.ConditionalSelect(Vector512.LessThanOrEqual(lacking, Vector512<T>.Zero), Vector512<T>.Zero, lacking);
    }
}
