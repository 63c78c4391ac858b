namespace FunctionalNN;

/// <summary>
/// A computation as a value: what is to be computed, not where. <see cref="Run"/> computes it on this machine; an engine, such as that of
/// FunctionalNN.Distributed, computes its items elsewhere and gives what they came to to <see cref="Collect"/>. The result is the same, to
/// the last bit.
/// </summary>
/// <typeparam name="TResult">What comes of it: a <see cref="Comparison{TSettings, T}"/>, a
/// <see cref="CrossValidation{TScore}"/> …</typeparam>
public abstract class Plan<TResult>
{
    private protected Plan(Job job, PlanOrder order) => (Job, Order) = (job, order);

    /// <summary>The function that is computed for each item.</summary>
    public Job Job { get; }

    /// <summary>What another machine is told.</summary>
    public PlanOrder Order { get; }

    /// <summary>Data that the order names by its hash, for machines that do not have it.</summary>
    public virtual IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments { get; } =
        new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>Computes it on this machine.</summary>
    /// <param name="parallelism">How many items at the same time; one a core by default. The result is the same.</param>
    /// <param name="cancellation">Ends it, in mid-epoch.</param>
    public abstract TResult Run(Parallelism? parallelism = null, CancellationToken cancellation = default);

    /// <summary>The result, from what each item came to.</summary>
    /// <param name="items">One an item, in their order, each after its last stage or ended.</param>
    public abstract TResult Collect(IReadOnlyList<ItemState> items);

    /// <summary>The plan whose result is a function of this one's: <c>plan.Select(trials => trials.Ensemble(5))</c>.</summary>
    public Plan<TOther> Select<TOther>(Func<TResult, TOther> selector) => new SelectedPlan<TResult, TOther>(this, selector);

    /// <summary>The job and the counts.</summary>
    public override string ToString() => $"{Order}";
}

/// <summary>A plan and what is made of its result.</summary>
internal sealed class SelectedPlan<TResult, TOther>(Plan<TResult> plan, Func<TResult, TOther> selector)
    : Plan<TOther>(plan.Job, plan.Order)
{
    public override IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments => plan.Attachments;

    public override TOther Run(Parallelism? parallelism, CancellationToken cancellation) => selector(plan.Run(parallelism, cancellation));

    public override TOther Collect(IReadOnlyList<ItemState> items) => selector(plan.Collect(items));
}
