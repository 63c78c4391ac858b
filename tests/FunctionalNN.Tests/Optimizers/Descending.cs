using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>Optimizers on plain vectors, through the pure transition.</summary>
internal static class Descending
{
    /// <summary>A vector of two slots, "first.weights" and "second.bias", so that slots can be told apart; of one when there is one
    /// number.</summary>
    public static ParameterVector<T> Vector<T>(params ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var first = (values.Length + 1) / 2;
        (string, Slot)[] slots = [("first", new Slot("weights", 1, first)), ("second", new Slot("bias", 1, values.Length - first))];
        return new ParameterVector<T>(new Layout(slots[..Math.Min(2, values.Length)]), values);
    }

    /// <summary>The parameters after each step.</summary>
    public static IEnumerable<ParameterVector<T>> Steps<T>(this Optimizer optimizer, ParameterVector<T> start,
        Func<int, ParameterVector<T>, ParameterVector<T>> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (parameters, moments) = (start, optimizer.InitialMoments(start));
        for (var step = 0; ; step++)
        {
            (parameters, moments) = optimizer.Next(step, gradient(step, parameters), parameters, moments);
            yield return parameters;
        }
    }

    /// <summary>One parameter that starts at 1, after each of some gradients.</summary>
    public static double[] Line(this Optimizer optimizer, params double[] gradients) =>
        [.. optimizer.Steps(Vector(1.0), (step, _) => Vector(gradients[step])).Take(gradients.Length).Select(p => p.Values[0])];
}
