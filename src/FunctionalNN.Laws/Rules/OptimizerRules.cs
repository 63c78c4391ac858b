using System.Numerics;

namespace FunctionalNN;

/// <summary>Laws of the transition (step, gradient, parameters, moments) → (parameters′, moments′).</summary>
internal static class OptimizerRules
{
    private const int Steps = 3;
    private const int Descent = 100;

    private delegate ParameterVector<T> Slope<T>(ParameterVector<T> parameters, long step)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The transition is a function.</summary>
    public static void IsFunction(TrainingCase run)
    {
        var parameters = run.Network.Initialize<float>(run.Seed).Parameters;
        var (gradient, moments) = (Random(parameters, run.Seed, 0), run.Optimizer.InitialMoments(parameters));
        float[][] before = [[.. parameters.Values], [.. gradient.Values], .. moments.Vectors.Select(vector => vector.Values.ToArray())];
        var first = run.Optimizer.Next(0, gradient, parameters, moments);
        var second = run.Optimizer.Next(0, gradient, parameters, moments);
        RunRules.Require("a second transition, ",
            Bits.Difference("parameters", first.Parameters.Values, second.Parameters.Values)
                ?? Bits.Difference(first.Moments, second.Moments));
        RunRules.Require("the transition changed what it was given, ",
            Bits.Difference("parameters", before[0], parameters.Values) ?? Bits.Difference("gradient", before[1], gradient.Values));
        for (var i = 0; i < moments.Vectors.Length; i++)
        {
            RunRules.Require("the transition changed what it was given, ",
                Bits.Difference($"moment {i}", before[2 + i], moments.Vectors[i].Values));
        }
    }

    /// <summary>Within a slot, no number's update depends on where it stands. What wraps an optimizer may add up over a slot, which
    /// rounds.</summary>
    public static void PlacesDoNotMatter(TrainingCase run)
    {
        var parameters = run.Elsewhere().Parameters;
        var straight = Last(run.Optimizer, parameters, (p, step) => Random(p, run.Seed, step), Steps);
        var reversed = Reversed(Last(run.Optimizer, Reversed(parameters), (p, step) => Reversed(Random(p, run.Seed, step)), Steps));
        if (run.Optimizer is Wrapper)
        {
            ModelRules.Agree("every slot turned round, updated, and turned back", reversed.Values, straight.Values, 1e-9);
        }
        else
        {
            RunRules.Require("every slot turned round, updated, and turned back, ",
                Bits.Difference("parameters", straight.Values, reversed.Values));
        }
    }

    /// <summary>Float and double update the same up to rounding.</summary>
    public static void NumberTypesAgree(TrainingCase run)
    {
        var single = Last(run.Optimizer, run.Network.Initialize<float>(run.Seed).Parameters, (p, step) => Random(p, run.Seed, step), Steps);
        var wide = Last(run.Optimizer, run.Network.Initialize<double>(run.Seed).Parameters, (p, step) => Random(p, run.Seed, step), Steps);
        ModelRules.Agree($"parameters after {Steps} updates in float, against double",
            [.. single.Values.ToArray().Select(value => (double)value)], wide.Values, 1e-3);
    }

    /// <summary>Zero, tiny and large gradients give finite numbers.</summary>
    public static void StaysFinite(TrainingCase run)
    {
        foreach (var size in (double[])[0, 1e-30, 1e6])
        {
            var last =
                Last(run.Optimizer, run.Network.Initialize<float>(run.Seed).Parameters,
                    (p, step) => Random(p, run.Seed, step).Multiply((float)size), Steps);
            foreach (var value in last.Values)
            {
                RunRules.Require(float.IsFinite(value), $"gradients of size {size} and a parameter becomes {value}");
            }
        }
    }

    /// <summary>On ½‖p‖² it goes downhill.</summary>
    public static void GoesDownhill(TrainingCase run)
    {
        var start = run.Elsewhere().Parameters;
        var end = Last(run.Optimizer, start, (p, _) => p, Descent);
        RunRules.Require(end.Norm <= start.Norm,
            $"on ½‖p‖² the norm goes from {start.Norm:G4} to {end.Norm:G4} in {Descent} updates: a wrong sign, or a rate that is too high");
    }

    private static ParameterVector<T> Last<T>(Optimizer optimizer, ParameterVector<T> start, Slope<T> slope, int steps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (parameters, moments) = (start, optimizer.InitialMoments(start));
        for (var step = 0; step < steps; step++)
        {
            (parameters, moments) = optimizer.Next(step, slope(parameters, step), parameters, moments);
        }

        return parameters;
    }

    /// <summary>Normal numbers, the same in float and double.</summary>
    private static ParameterVector<T> Random<T>(ParameterVector<T> like, int seed, long step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var key = new Key((ulong)seed).Fold(step);
        return new ParameterVector<T>(like.Layout,
            [.. Enumerable.Range(0, like.Count).Select(i => T.CreateTruncating((float)key.Normal(i)))]);
    }

    private static ParameterVector<T> Reversed<T>(ParameterVector<T> vector)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = vector.Values.ToArray();
        foreach (var placement in vector.Layout.Placements)
        {
            values.AsSpan(placement.Offset, placement.Slot.Count).Reverse();
        }

        return new ParameterVector<T>(vector.Layout, values);
    }
}
