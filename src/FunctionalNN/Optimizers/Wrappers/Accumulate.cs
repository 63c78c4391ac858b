using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// One update for every k batches, with the mean of their gradients: a large batch in little memory. Between updates the parameters stay
/// as they are. Schedules of the inner optimizer count updates, not batches.
/// </summary>
/// <remarks>
/// It counts batches across epochs. A batch that is smaller than the others counts as much as they do. The sum is a moment, so that a
/// run can stop and go on between two updates.
/// </remarks>
public sealed record Accumulate : Wrapper
{
    /// <summary>An optimizer that steps every so many batches.</summary>
    public Accumulate(Optimizer inner, int batches)
        : base(inner) => Batches = batches;

    /// <summary>k, 1 or more.</summary>
    public int Batches { get; init; }

    /// <inheritdoc/>
    internal override int OwnMoments => 1;

    /// <inheritdoc/>
    public override double RateAt(long updates) => Inner.RateAt(updates / Batches);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        Require(Batches >= 1, $"an update every {Batches} batches: give 1 or more") | (Batches >= 1 ? base.Check() : Require(true, $""));

    /// <inheritdoc/>
    internal override bool Advance<T>(in Transition<T> transition)
    {
        var isFinite = AdvanceOwn(transition);
        if ((transition.Age + 1) % Batches != 0)
        {
            return isFinite;
        }

        var sum = transition.Moment(0);
        transition.Zip(new Quotient<T>(Batches), sum, sum, transition.Gradient);
        transition.Zip(new Scale<T>(0), sum, sum, sum);
        return isFinite & Inner.Advance(transition.After(OwnMoments) with { Step = transition.Step / Batches, Age = transition.Age / Batches });
    }

    /// <inheritdoc/>
    protected override bool Update<T>(in ParameterUpdate<T> update) => UpdateLoop.Run(default(Add<T>), update);

    private readonly struct Add<T> : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(Vector512<T> g, ref Vector512<T> p, ref Vector512<T> sum, ref Vector512<T> v, ref Vector512<T> w) => sum += g;
    }

    private readonly struct Quotient<T>(int count) : IBinary<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector512<T> count = Lanes<T>.Of(count);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<T> Invoke(Vector512<T> sum, Vector512<T> same) => sum / count;
    }
}
