namespace FunctionalNN;

/// <summary>
/// An optimizer that is one formula for each number, written once over <see cref="IReal{S}"/>: from it come the vectors of every width, and
/// the check that all that was written is finite.
/// </summary>
/// <example>
/// Signum, p ← p − η·sign(m) with the running mean m of gradients:
/// <code>
/// public sealed record Signum(LearningRateSchedule Rate) : Optimizer&lt;Signum.Rule&gt;(Rate)
/// {
///     protected override Rule RuleAt(double rate, long age) => new(rate, 0.9, 0.1);
///
///     public readonly struct Rule(Setting rate, Setting keep, Setting take) : IUpdateRule
///     {
///         public static int Moments => 1;
///
///         public void Update&lt;S&gt;(S g, ref S p, ref S m, ref S v, ref S w) where S : struct, IReal&lt;S&gt;
///         {
///             m = (keep * m) + (take * g);
///             p -= rate * S.Sign(m);
///         }
///     }
/// }
/// </code>
/// </example>
/// <typeparam name="TRule">The formula; its fields are the settings of one update.</typeparam>
public abstract record Optimizer<TRule> : Optimizer
    where TRule : struct, IUpdateRule
{
    /// <summary>An optimizer with a learning rate: a number, or a schedule.</summary>
    protected Optimizer(LearningRateSchedule learningRate)
        : base(learningRate)
    {
    }

    /// <inheritdoc/>
    public sealed override int MomentCount => TRule.Moments;

    /// <summary>The formula with the settings of one update.</summary>
    /// <param name="rate">The learning rate of this update, schedule and decay included.</param>
    /// <param name="age">The number of updates that the moments have seen: 0 for the first.</param>
    protected abstract TRule RuleAt(double rate, long age);

    /// <inheritdoc/>
    protected sealed override bool Update<T>(in ParameterUpdate<T> update) => UpdateLoop.Run(RuleAt(update.Rate, update.Age), update);

    /// <summary>One number's update, as the vectors compute it.</summary>
    internal void UpdateOne<S>(double rate, long age, S g, ref S p, ref S m, ref S v, ref S w)
        where S : struct, IReal<S> => RuleAt(rate, age).Update(g, ref p, ref m, ref v, ref w);
}
