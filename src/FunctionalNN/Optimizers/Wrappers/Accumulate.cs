using System.Numerics;
using System.Runtime.CompilerServices;
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
    internal static Schema Schema => SchemaAround("Accumulate", new Accumulate(Sgd.Blank, 1))
        .With("batches", wrapper => wrapper.Batches, (wrapper, value) => wrapper with { Batches = value });

    /// <summary>An optimizer that takes one step for the mean gradient of several batches.</summary>
    public Accumulate(Optimizer inner, int batches)
        : base(inner) => Batches = batches;

    /// <summary>k, 1 or more.</summary>
    public int Batches { get; init; }

    /// <inheritdoc/>
    internal override int OwnMoments => 1;

    /// <inheritdoc/>
    internal override bool Accumulates => true;

    /// <inheritdoc/>
    public override double RateAt(long updates) => Inner.RateAt(updates / Batches);

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() =>
        Require(Batches >= 1, $"an update every {Batches} batches: give 1 or more") | (Batches >= 1 ? base.Check() : Require(true, $""));

    /// <inheritdoc/>
    private protected override bool AdvanceAround<T>(in Transition<T> transition)
    {
        var isFinite = AdvanceOwn(transition);
        if ((transition.Age + 1) % Batches != 0)
        {
            return isFinite;
        }

        var sum = transition.Moment(0);
        transition.Zip(new Quotient(Batches), sum, sum, transition.Gradient);
        transition.Zip(new Scale(0), sum, sum, sum);
        return isFinite & Inner.Advance(transition.After(OwnMoments) with
        {
            Step = transition.Step / Batches,
            Age = transition.Age / Batches
        });
    }

    /// <inheritdoc/>
    protected override bool Update<T>(in ParameterUpdate<T> update) => UpdateLoop.Run(default(Add), update);

    private readonly struct Add : IUpdateRule
    {
        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<S>(S g, ref S p, ref S sum, ref S v, ref S w)
            where S : struct, IReal<S> => sum += g;
    }

    private readonly struct Quotient(int count) : IBinaryFormula
    {
        private readonly Setting count = count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S sum, S same)
            where S : struct, IReal<S> => sum / count;
    }
}
