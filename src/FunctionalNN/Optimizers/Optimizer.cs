using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A rule that turns a gradient into new parameters: hyper-parameters and one pure transition,
/// (step, gradient, parameters, moments) → (parameters′, moments′).
/// </summary>
/// <remarks>
/// An optimizer of your own is a record derived from this one that says how many moment vectors it keeps and writes
/// <see cref="Update{T}"/>: the formula for a part of the vectors. Each number's update may depend on that number's place alone, since
/// large vectors are cut into parts for several threads.
/// </remarks>
public abstract record Optimizer
{
    /// <summary>An optimizer with a learning rate: a number, or a schedule.</summary>
    protected Optimizer(Schedule learningRate) => LearningRate = learningRate;

    /// <summary>What it is called in tables and messages.</summary>
    public virtual string Kind => GetType().Name;

    /// <summary>What its moments mean: moments of another kind are not gone on with. The optimizer's kind unless said otherwise.</summary>
    public virtual string MomentKind => Kind;

    /// <summary>The rate: a number, or a schedule.</summary>
    public Schedule LearningRate { get; init; }

    /// <summary>Divides the rate by (1 + decay·step), step counting the updates done before; 0 leaves it alone.</summary>
    public double Decay { get; init; }

    /// <summary>How many vectors shaped like the parameters it keeps from step to step.</summary>
    public abstract int MomentCount { get; }

    /// <summary>The rate of the next update.</summary>
    /// <param name="step">The number of updates done before: 0 for the first.</param>
    public double RateAt(long step) => LearningRate.At(step) / (1 + (Decay * step));

    /// <summary>Everything that is wrong with the hyper-parameters.</summary>
    public virtual Validation<Error, Unit> Check() =>
        Require(double.IsFinite(RateAt(0)) && RateAt(0) >= 0, $"the learning rate is {LearningRate}, expected a finite number of 0 or more")
        | Require(double.IsFinite(Decay) && Decay >= 0, string.Create(CultureInfo.InvariantCulture, $"the decay is {Decay}, expected a finite number of 0 or more"));

    /// <summary>The moments before the first step: zeros.</summary>
    public Moments<T> InitialMoments<T>(Layout layout)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(MomentKind, [.. Enumerable.Range(0, MomentCount).Select(_ => ParameterVector<T>.Zeros(layout))]);

    /// <summary>The transition, as a pure function: what it is given stays as it was.</summary>
    /// <param name="step">The number of updates done before: 0 for the first.</param>
    /// <param name="gradient">∂L/∂p.</param>
    /// <param name="parameters">p.</param>
    /// <param name="moments">What the last transition gave; <see cref="InitialMoments"/> at first.</param>
    /// <exception cref="ArgumentException">Gradient and parameters have different layouts; the message gives both.</exception>
    public (ParameterVector<T> Parameters, Moments<T> Moments) Next<T>(long step, ParameterVector<T> gradient, ParameterVector<T> parameters, Moments<T> moments)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!gradient.Layout.Equals(parameters.Layout))
        {
            throw new ArgumentException($"the gradient has another layout than the parameters. Found:{Environment.NewLine}{gradient.Layout}{Environment.NewLine}expected:{Environment.NewLine}{parameters.Layout}");
        }

        var (next, nextMoments) = (parameters.Thaw(), moments.Thaw(this, parameters.Layout));
        Advance(Team.Single, step, gradient, next, nextMoments);
        return (next, nextMoments);
    }

    /// <summary>Writes the new parameters and moments of one part over the old.</summary>
    /// <returns>Whether every number written is finite.</returns>
    protected abstract bool Update<T>(in ParameterUpdate<T> update)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>An error unless something holds.</summary>
    protected static Validation<Error, Unit> Require(bool holds, string message) =>
        holds ? Validation<Error, Unit>.Success(Unit.Default) : Validation<Error, Unit>.Fail(LanguageExt.Seq.create(Error.New(message)));

    /// <summary>The transition in place, on vectors that the run owns.</summary>
    internal unsafe bool Advance<T>(Team team, long step, ParameterVector<T> gradient, ParameterVector<T> parameters, Moments<T> moments)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int MostMoments = 8;
        var infinite = 0;
        var places = stackalloc T*[MostMoments];
        fixed (T* g = gradient.Block.Span, p = parameters.Block.Span)
        {
            // A run's vectors are pinned, so their addresses outlast this statement.
            for (var i = 0; i < moments.Vectors.Length; i++)
            {
                places[i] = (T*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(moments.Vectors[i].Block.Span));
            }

            var job = new Job<T>(this, step, RateAt(step), g, p, places, parameters.Count, &infinite);
            team.Run(ref job, team.PartsFor(parameters.Count * 0.2));
        }

        return infinite == 0;
    }

    private readonly unsafe struct Job<T>(Optimizer optimizer, long step, double rate, T* gradient, T* parameters, T** moments, int count, int* infinite) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(count, 64, part, parts);
            if (!optimizer.Update(new ParameterUpdate<T>(step, rate, gradient, parameters, moments, start, end - start)))
            {
                Interlocked.Exchange(ref *infinite, 1);
            }
        }
    }
}
