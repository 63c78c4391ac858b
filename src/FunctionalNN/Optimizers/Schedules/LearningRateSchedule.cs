using System.Globalization;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A learning rate as a function of the number of updates done before: a record that prints and compares. Rates count in updates;
/// <see cref="PerEpoch"/> makes a schedule count in epochs.
/// </summary>
public abstract record LearningRateSchedule
{
    /// <summary>The rate of the next update.</summary>
    /// <param name="updates">The number of updates done before: 0 for the first.</param>
    public abstract double At(long updates);

    /// <summary>Everything that is wrong with the numbers.</summary>
    public virtual Validation<Error, Unit> Check() => Require(true, $"");

    /// <summary>This schedule for a number of updates, then another, counted from its own beginning.</summary>
    public LearningRateSchedule Then(long updates, LearningRateSchedule next) => new Followed(this, updates, next);

    /// <summary>The product with another schedule at each update: a rate and a factor.</summary>
    public LearningRateSchedule Times(LearningRateSchedule other) => new RateProduct(this, other);

    /// <summary>The same counted in epochs: it moves on once in that number of updates.</summary>
    /// <param name="updates">The number of batches of an epoch.</param>
    public LearningRateSchedule PerEpoch(long updates) => new PerEpoch(this, updates);

    /// <summary>The same rate always.</summary>
    public static implicit operator LearningRateSchedule(double rate) => FromDouble(rate);

    /// <summary>The same rate always.</summary>
    public static LearningRateSchedule FromDouble(double rate) => new Constant(rate);

    /// <summary>An error unless something holds; its numbers are written the same in every culture.</summary>
    protected static Validation<Error, Unit> Require(bool holds, FormattableString message) =>
        holds
            ? Validation<Error, Unit>.Success(Unit.Default)
            : Validation<Error, Unit>.Fail(LanguageExt.Seq.create(Error.New(Text(message))));

    /// <summary>An error unless a length is 1 or more.</summary>
    protected Validation<Error, Unit> RequireLength(long updates) =>
        Require(updates >= 1, $"{GetType().Name} over {updates} updates: give 1 or more");

    /// <summary>An error unless all rates are finite and 0 or more.</summary>
    protected Validation<Error, Unit> RequireRates(params ReadOnlySpan<double> rates)
    {
        foreach (var rate in rates)
        {
            if (!(rate >= 0 && double.IsFinite(rate)))
            {
                return Require(false, $"{GetType().Name} has the rate {rate}, expected a finite number of 0 or more");
            }
        }

        return Require(true, $"");
    }

    /// <summary>The text, the same in every culture.</summary>
    protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
