using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
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
/// large vectors are cut into parts for several threads. What needs more is there to be put around any optimizer: clipping
/// (<see cref="OptimizerVerbs.ClipByGlobalNorm"/>), accumulation, slots with settings of their own. For a rule that none of them gives,
/// write a training loop of your own around <see cref="Model{T}.Gradient"/>.
/// </remarks>
public abstract record Optimizer
{
    private readonly LearningRateSchedule learningRate;
    private readonly double decay;

    /// <summary>An optimizer with a learning rate: a number, or a schedule.</summary>
    protected Optimizer(LearningRateSchedule learningRate) => this.learningRate = learningRate;

    /// <summary>The schema of a kind of optimizer: it has <see cref="LearningRate"/> and <see cref="Decay"/> among its settings.</summary>
    internal static Schema<TOptimizer> SchemaOf<TOptimizer>(string name, TOptimizer blank)
        where TOptimizer : Optimizer => Schema.Of(name, blank)
            .With("learningRate", optimizer => optimizer.LearningRate, (optimizer, value) => optimizer with { LearningRate = value })
            .With("decay", optimizer => optimizer.Decay, (optimizer, value) => optimizer with { Decay = value });

    /// <summary>
    /// An optimizer from a function of one number's update, with what it keeps from step to step:
    /// <c>Optimizer.Of("signum", 0.001, u => u with { Parameter = u.Parameter - u.Rate * Real.Sign(u.First), First = 0.9 * u.First + 0.1 *
    /// u.Gradient })</c>. It is saved with a state as its formulas; a record of your own computes faster.
    /// </summary>
    /// <param name="name">What it is called in tables and messages.</param>
    /// <param name="learningRate">A number, or a schedule.</param>
    /// <param name="update">The new parameter and moments of one number. It is called once.</param>
    /// <exception cref="ArgumentException">The name is empty, or a formula takes more steps than can be kept.</exception>
    public static GraphOptimizer Of(string name, LearningRateSchedule learningRate, Func<UpdateTerms, UpdateTerms> update)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(update);
        var before = UpdateTerms.Variables;
        var after = update(before);
        var moments = after.Third != before.Third ? 3 : after.Second != before.Second ? 2 : after.First != before.First ? 1 : 0;
        return new GraphOptimizer(name, learningRate, FormulaGraph.Of(after.Parameter.Node))
        {
            First = moments > 0 ? FormulaGraph.Of(after.First.Node) : null,
            Second = moments > 1 ? FormulaGraph.Of(after.Second.Node) : null,
            Third = moments > 2 ? FormulaGraph.Of(after.Third.Node) : null,
        };
    }

    /// <summary>What it is called in tables and messages.</summary>
    public virtual string Kind => GetType().Name;

    /// <summary>The rate: a number, or a schedule.</summary>
    public virtual LearningRateSchedule LearningRate { get => learningRate; init => learningRate = value; }

    /// <summary>Divides the rate by (1 + decay·step), step counting the updates done before; 0 leaves it alone.</summary>
    public virtual double Decay { get => decay; init => decay = value; }

    /// <summary>How many vectors shaped like the parameters it keeps from step to step.</summary>
    public abstract int MomentCount { get; }

    /// <summary>What the moments mean. Another optimizer goes on with them when this and the count are the same; else it starts with its
    /// own.</summary>
    public virtual string MomentKind => Kind;

    /// <summary>The rate of the next update.</summary>
    /// <param name="updates">The number of updates done before: 0 for the first.</param>
    public virtual double RateAt(long updates) => LearningRate.At(updates) / (1 + (Decay * updates));

    /// <summary>Everything that is wrong with the hyper-parameters.</summary>
    public virtual Validation<Error, Unit> Check() =>
        (LearningRate.Check() is { IsFail: true } wrong
            ? wrong
            : Require(double.IsFinite(RateAt(0)) && RateAt(0) >= 0,
                $"the learning rate is {LearningRate}, expected a finite number of 0 or more"))
        | Require(double.IsFinite(Decay) && Decay >= 0, $"the decay is {Decay}, expected a finite number of 0 or more");

    /// <summary>Everything that does not go together with a network's slots, such as settings for a slot that there is not.</summary>
    public virtual Validation<Error, Unit> Fits(Layout layout) => Require(true, $"");

    /// <summary>The optimizer of the next epoch, after the results of the last: itself, unless it learns from them as
    /// <see cref="ReduceOnPlateau"/> does.</summary>
    /// <param name="training">What was measured in training.</param>
    /// <param name="validation">What was measured on held-out data.</param>
    public virtual Optimizer AfterEpoch(Metrics training, Option<Metrics> validation) => this;

    /// <summary>The moments before the first step.</summary>
    /// <param name="parameters">The parameters at that time.</param>
    public Moments<T> InitialMoments<T>(ParameterVector<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T> => InitialMoments(parameters, 0);

    /// <summary>The transition, as a pure function: what it is given stays as it was.</summary>
    /// <param name="step">The number of updates done before: 0 for the first.</param>
    /// <param name="gradient">∂L/∂p.</param>
    /// <param name="parameters">p.</param>
    /// <param name="moments">What the last transition gave; <see cref="InitialMoments{T}(ParameterVector{T})"/> at first.</param>
    /// <exception cref="ArgumentException">Gradient and parameters have different layouts; the message gives both.</exception>
    public (ParameterVector<T> Parameters, Moments<T> Moments) Next<T>(long step, ParameterVector<T> gradient,
        ParameterVector<T> parameters, Moments<T> moments)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!gradient.Layout.Equals(parameters.Layout))
        {
            throw new ArgumentException(
                $"the gradient has another layout than the parameters. Found:{Environment.NewLine}{gradient.Layout}"
                    + $"{Environment.NewLine}expected:{Environment.NewLine}{parameters.Layout}");
        }

        var (next, nextMoments) = (parameters.Thaw(), moments.Thaw(this, parameters, step));
        Advance(Team.Single, step, gradient.Thaw(), next, nextMoments);
        return (next, nextMoments);
    }

    /// <summary>Kind and settings.</summary>
    public sealed override string ToString() => RecordText.Of(Kind, PrintMembers);

    /// <summary>What is wrong where a run measures nothing on held-out data, or null.</summary>
    internal virtual string? MissesHeldOut => null;

    /// <summary>A moment vector before the first step: zeros by default.</summary>
    /// <param name="index">Which of the <see cref="MomentCount"/>.</param>
    /// <param name="parameters">The parameters at that time.</param>
    protected internal virtual ParameterVector<T> InitialMoment<T>(int index, ParameterVector<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T> => ParameterVector<T>.Zeros(parameters.Layout);

    /// <summary>Writes the new parameters and moments of one part over the old.</summary>
    /// <returns>Whether every number written is finite.</returns>
    protected abstract bool Update<T>(in ParameterUpdate<T> update)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Writes the settings, for <see cref="ToString"/>.</summary>
    protected virtual bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"LearningRate = {LearningRate}");
        if (Decay != 0)
        {
            builder.Append(CultureInfo.InvariantCulture, $", Decay = {Decay}");
        }

        return true;
    }

    /// <summary>An error unless something holds; its numbers are written the same in every culture.</summary>
    protected static Validation<Error, Unit> Require(bool holds, FormattableString message) =>
        holds
            ? Validation<Error, Unit>.Success(Unit.Default)
            : Validation<Error, Unit>.Fail(LanguageExt.Seq.create(Error.New(message.ToString(CultureInfo.InvariantCulture))));

    /// <summary>An error when a choice of slots names something that the network does not have.</summary>
    private protected Validation<Error, Unit> RequireKnown(Slots? slots, Layout layout)
    {
        var unknown = slots?.Unknown(layout).ToArray() ?? [];
        var known = string.Join(", ", layout.Placements.Select(p => $"{p.Layer}.{p.Slot.Name}"));
        return Require(unknown.Length == 0,
            $"{GetType().Name} names {string.Join(", ", unknown)}, and the network has no such slot; it has {known}");
    }

    internal Moments<T> InitialMoments<T>(ParameterVector<T> parameters, long step)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(MomentKind, step, [.. Enumerable.Range(0, MomentCount).Select(index => InitialMoment(index, parameters))]);

    /// <summary>The transition in place, on vectors that the run owns; the gradient is of no use afterwards.</summary>
    internal bool Advance<T>(Team team, long step, ParameterVector<T> gradient, ParameterVector<T> parameters, Moments<T> moments)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Advance(new Transition<T>(team, step, step - moments.Since, 1, gradient, parameters, moments.Vectors, 0));

    /// <summary>The transition on some slots: <see cref="Update{T}"/>, part by part, by default.</summary>
    /// <returns>Whether every number written is finite.</returns>
    internal virtual bool Advance<T>(in Transition<T> transition)
        where T : unmanaged, IFloatingPointIeee754<T> => AdvanceOwn(transition);

    /// <summary><see cref="Update{T}"/> on some slots, part by part.</summary>
    private protected unsafe bool AdvanceOwn<T>(in Transition<T> transition)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var infinite = 0;
        var places = stackalloc T*[Math.Max(1, MomentCount)];
        for (var i = 0; i < MomentCount; i++)
        {
            // A run's vectors are pinned, so their addresses outlast this statement.
            places[i] = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(transition.Moment(i).Values));
        }

        fixed (T* g = transition.Gradient.Values, p = transition.Parameters.Values)
        {
            var rate = RateAt(transition.Step) * transition.RateFactor;
            foreach (var (start, count) in transition.Stretches())
            {
                var job = new Job<T>(this, transition.Step, transition.Age, rate, g, p, places, start, count, &infinite);
                transition.Team.Run(ref job, transition.Team.PartsFor(count * 0.2));
            }
        }

        return infinite == 0;
    }

    private readonly unsafe struct Job<T>(Optimizer optimizer, long step, long age, double rate, T* gradient, T* parameters, T** moments,
        int first, int count, int* infinite) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(count, 64, part, parts);
            if (!optimizer.Update(new ParameterUpdate<T>(step, age, rate, gradient, parameters, moments, first + start, end - start)))
            {
                Interlocked.Exchange(ref *infinite, 1);
            }
        }
    }
}
