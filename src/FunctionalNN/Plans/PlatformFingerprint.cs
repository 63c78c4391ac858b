using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FunctionalNN;

/// <summary>
/// What a machine's arithmetic gives: equal bits are promised between machines of the same <see cref="Hash"/>. Logarithms, cosines and
/// powers come from the system's C library, which may differ in the last bit.
/// </summary>
/// <param name="Hash">SHA-256 of a small network after 20 steps with normal initialisation, Adam and a cosine schedule.</param>
/// <param name="Platform">System, architecture and runtime, for messages.</param>
public sealed record PlatformFingerprint(string Hash, string Platform)
{
    private const int Steps = 20;

    /// <summary>This machine's. It takes some milliseconds.</summary>
    public static PlatformFingerprint Here()
    {
        var data = Generate.Moons(samples: 40, noise: 0.1, seed: 0);
        var state = new Network(2,
            [new Dense(8) { WeightInitializer = Initializer.He }, new Tanh(), new Dense(2), new Softmax()]).Initialize(seed: 1)
            .Train(new Adam(new CosineDecay(0.05, Steps)), seed: 2);
        var model = state.Run(data.Shuffled(2).Epoch(new Key(3), 0).Take(Steps), new CategoricalCrossEntropy(), Parallelism.None).Model;
        return new PlatformFingerprint(
            Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(model.Parameters.Values))),
            $"{RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.FrameworkDescription}");
    }

    /// <summary>The platform and the beginning of the hash.</summary>
    public override string ToString() => $"{Platform}, {Hash[..12]}";
}
