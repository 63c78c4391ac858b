using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Every kind of initialiser. A new kind needs a sample here.</summary>
public static class InitializerGenerators
{
    public static readonly Initializer[] Samples =
    [
        Initializer.He,
        Initializer.Glorot,
        Initializer.Normal(0.3),
        Initializer.Uniform(0.5),
        Initializer.Value(0.1),
        Initializer.LeCunUniform,
        Initializer.PyTorch,
        Initializer.Orthogonal(1.3),
    ];

    public static Gen<Initializer> Any { get; } = Gen.Elements(Samples);
}
