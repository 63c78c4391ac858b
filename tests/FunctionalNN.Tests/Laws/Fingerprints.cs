using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>The same trainings in every process: each layer under each loss, each optimizer, in float and double, small ones and one that is split.</summary>
internal static class Fingerprints
{
    /// <summary>The vectors that this process computes with.</summary>
    public static string Vectors =>
        $"{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0)} bits, AVX-512 {Avx512F.IsSupported}";

    /// <summary>One line for each training: what it is, and the SHA-256 of all that came of it.</summary>
    public static IEnumerable<string> Lines(int threads)
    {
        var runs = Small().Append(ThreadLaws.Wide(nameof(CategoricalCrossEntropy), 65, 110)).Append(ThreadLaws.Wide(nameof(MeanAbsoluteError), 65, 110));
        foreach (var run in runs)
        {
            yield return $"{Digest<float>(run, threads)} {Digest<double>(run, threads)} {run.Loss.Kind} {run.Optimizer.Kind} {string.Join(' ', run.Network.Layers.Select(layer => layer.Kind))}";
        }
    }

    private static IEnumerable<TrainingCase> Small()
    {
        var optimizers = OptimizerGenerators.Table.Values.ToArray();
        var seed = 0UL;
        foreach (var layer in LayerGenerators.Table.Values)
        {
            foreach (var loss in LossGenerators.Table.Values)
            {
                var run = TrainingGenerators.With(layer, loss).Sample(1, new Rnd(++seed, 1), 20)[0];
                yield return run with { Optimizer = optimizers[(int)seed % optimizers.Length].Sample(1, new Rnd(seed, 1), 20)[0] };
            }
        }
    }

    private static string Digest<T>(TrainingCase run, int threads)
        where T : unmanaged, IFloatingPointIeee754<T> => StateBits.Digest(run.Trained<T>(threads));
}
