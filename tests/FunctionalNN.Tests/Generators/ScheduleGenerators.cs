using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Every kind of schedule. A new kind needs an entry in <see cref="Table"/>, or a law fails that names it.</summary>
public static class ScheduleGenerators
{
    public static readonly ImmutableSortedDictionary<string, Gen<Schedule>> Table = new Dictionary<Type, Gen<Schedule>>
    {
        [typeof(Constant)] = Rates.Select(rate => (Schedule)new Constant(rate)),
        [typeof(InverseTime)] =
            from rate in Rates
            from decay in Gen.Elements(0, 1e-3, 0.5)
            select (Schedule)new InverseTime(rate, decay),
    }.ToImmutableSortedDictionary(entry => entry.Key.Name, entry => entry.Value);

    public static Gen<Schedule> Any { get; } = Gen.OneOf(Table.Values);

    private static Gen<double> Rates => Gen.Elements(0, 1e-3, 0.01, 0.1, 0.5);
}
