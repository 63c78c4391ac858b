using System.Globalization;

namespace FunctionalNN;

/// <summary>A learning rate as a function of the number of updates done before: a record that prints.</summary>
public abstract record Schedule
{
    /// <summary>The rate of the next update.</summary>
    /// <param name="updates">The number of updates done before: 0 for the first.</param>
    public abstract double At(long updates);

    /// <summary>The same rate always.</summary>
    public static implicit operator Schedule(double rate) => FromDouble(rate);

    /// <summary>The same rate always.</summary>
    public static Schedule FromDouble(double rate) => new Constant(rate);
}

/// <summary>The same rate always.</summary>
/// <param name="Rate">The rate.</param>
public sealed record Constant(double Rate) : Schedule
{
    /// <inheritdoc/>
    public override double At(long updates) => Rate;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rate}");
}

/// <summary>rate / (1 + decay·step): inverse-time decay, counted in updates (not epochs); the first update has the whole rate.</summary>
/// <param name="Rate">The rate of the first update.</param>
/// <param name="Decay">0 or more.</param>
public sealed record InverseTime(double Rate, double Decay) : Schedule
{
    /// <inheritdoc/>
    public override double At(long updates) => Rate / (1 + (Decay * updates));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rate} / (1 + {Decay}·step)");
}
