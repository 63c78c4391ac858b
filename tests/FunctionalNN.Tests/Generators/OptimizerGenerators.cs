using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Every kind of optimizer. A new kind needs an entry in <see cref="Table"/>, or a law fails that names it.</summary>
public static class OptimizerGenerators
{
    public static readonly ImmutableSortedDictionary<string, Gen<Optimizer>> Table = new Dictionary<Type, Gen<Optimizer>>
    {
        [typeof(Sgd)] =
            from rate in ScheduleGenerators.Any
            from decay in Decays
            from momentum in Gen.Elements(0, 0.5, 0.9)
            from form in Gen.Elements(Enum.GetValues<MomentumForm>())
            select (Optimizer)new Sgd(rate) { Decay = decay, Momentum = momentum, Form = form },
        [typeof(Adam)] =
            from rate in ScheduleGenerators.Any
            from decay in Decays
            from beta1 in Gen.Elements(0, 0.5, 0.9)
            from beta2 in Gen.Elements(0, 0.9, 0.999)
            from epsilon in Gen.Elements(1e-7, 1e-3)
            select (Optimizer)new Adam(rate) { Decay = decay, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon },
    }.ToImmutableSortedDictionary(entry => entry.Key.Name, entry => entry.Value);

    /// <summary>What a failing case is shrunk to.</summary>
    public static Optimizer Simplest { get; } = new Sgd(0.1);

    public static Gen<Optimizer> Any { get; } = Gen.OneOf(Table.Values);

    private static Gen<double> Decays => Gen.Elements(0, 1e-3);
}
