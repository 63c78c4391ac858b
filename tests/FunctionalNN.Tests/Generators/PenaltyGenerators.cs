using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Penalties of every kind.</summary>
public static class PenaltyGenerators
{
    /// <summary>One of each kind.</summary>
    public static readonly Penalty[] Samples = [Penalty.None, Penalty.L1(0.01), Penalty.L2(0.02), Penalty.ElasticNet(0.03, 0.004)];

    public static Gen<Penalty> Any { get; } = Gen.Frequency((3, Gen.Constant(Penalty.None)), (2, Gen.Elements(Samples)));
}
