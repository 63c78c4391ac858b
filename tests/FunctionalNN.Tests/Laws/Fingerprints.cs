using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>The same trainings in every process: each layer under each loss, each optimizer, in float and double, small ones and some that
/// are split.</summary>
internal static class Fingerprints
{
    /// <summary>The vectors that this process computes with.</summary>
    public static string Vectors =>
        $"{(Vector128.IsHardwareAccelerated ? LaneWidth.Bits : 0)} bits, AVX-512 {Avx512F.IsSupported}";

    /// <summary>One line for each training: what it is, and the SHA-256 of all that came of it.</summary>
    public static IEnumerable<string> Lines(int threads)
    {
        var runs = Small()
            .Append(ThreadLaws.Wide(nameof(CategoricalCrossEntropy), 65, 110))
            .Append(ThreadLaws.Wide(nameof(MeanAbsoluteError), 65, 110))
            .Append(Narrow(outputs: 7, inputs: 150, rows: 1500, batchSize: 1500))
            .Append(Narrow(outputs: 17, inputs: 40, rows: 200, batchSize: 100));
        foreach (var run in runs)
        {
            yield return $"{Digest<float>(run, threads)} {Digest<double>(run, threads)} {run.Loss.Kind} {run.Optimizer.Kind} "
                + $"{string.Join(' ', run.Network.Layers.Select(layer => layer.Kind))}";
        }
    }

    /// <summary>Products of few outputs over many inputs, in strips side by side or whole.</summary>
    public static TrainingCase Narrow(int outputs, int inputs, int rows, int batchSize)
    {
        var objective = LossGenerators.Table[nameof(CategoricalCrossEntropy)].Sample(1, new Rnd(1, 1), 20)[0];
        var network = new Network(inputs, [new Dense(outputs), new Relu(), new Dense(objective.Outputs), .. objective.Ending]);
        return new TrainingCase(network, objective.Loss, new Adam(1e-3),
            new DataShape(rows, inputs, objective.Targets, objective.Outputs, Roughness.Plain, 1), batchSize, true, 1, 1, 2);
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
