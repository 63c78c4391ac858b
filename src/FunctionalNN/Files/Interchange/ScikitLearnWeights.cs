using System.Globalization;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Networks that scikit-learn's MLPClassifier and MLPRegressor trained.</summary>
public static class ScikitLearnWeights
{
    /// <summary>
    /// Network and model at once from <c>numpy.savez(path, *mlp.coefs_, *mlp.intercepts_)</c>, or with names that begin with coefs and
    /// intercepts and end in a number. scikit-learn keeps weights as [in × out], as they are here, in float64.
    /// </summary>
    /// <param name="weights">As many arrays of rank 2 as of rank 1.</param>
    /// <param name="activation">What follows each hidden layer: new Relu() for 'relu', Tanh for 'tanh', Sigmoid for 'logistic', Linear for
    /// 'identity'.</param>
    /// <param name="output">What follows the last: Softmax for classes, Sigmoid for two classes, Linear or null for a regressor.</param>
    /// <returns>The model, or everything that does not fit.</returns>
    public static Validation<Error, Model<T>> ToScikitLearnModel<T>(this NumPyArchive weights, Layer activation, Layer? output = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var coefficients = Of(weights, "coefs", rank: 2);
        var intercepts = Of(weights, "intercepts", rank: 1);
        var mistakes = Mistakes(weights, coefficients, intercepts).ToArray();
        if (mistakes.Length > 0)
        {
            return Validation<Error, Model<T>>.Fail(LanguageExt.Seq.createRange(mistakes.Select(Error.New)));
        }

        var layers = coefficients.SelectMany((pair, i) => i < coefficients.Length - 1
            ? new[] { new Dense(pair.Value.Shape[1]), activation }
            : output is null ? [new Dense(pair.Value.Shape[1])] : [new Dense(pair.Value.Shape[1]), output]);
        return Network.Create(coefficients[0].Value.Shape[0], [.. layers]).Map(network =>
        {
            var parameters = ParameterVector<T>.Zeros(network.ParameterLayout);
            var slots = Enumerable.Range(0, network.ParameterLayout.Placements.Length)
                .Where(i => network.ParameterLayout.Placements[i].Slot.Name is "weights" or "bias").ToArray();
            for (var i = 0; i < coefficients.Length; i++)
            {
                coefficients[i].Value.ToNumbers<T>().CopyTo(parameters.View(slots[2 * i]).Block.Span);
                intercepts[i].Value.ToNumbers<T>().CopyTo(parameters.View(slots[(2 * i) + 1]).Block.Span);
            }

            return network.Initialize<T>(seed: 0) with { Parameters = parameters };
        });
    }

    /// <inheritdoc cref="ToScikitLearnModel{T}"/>
    public static Validation<Error, Model<float>> ToScikitLearnModel(this NumPyArchive weights, Layer activation, Layer? output = null) =>
        weights.ToScikitLearnModel<float>(activation, output);

    private static KeyValuePair<string, NumPyArray>[] Of(NumPyArchive weights, string name, int rank) =>
    [
        .. weights.Arrays
            .Where(pair => pair.Key.StartsWith(name, StringComparison.Ordinal)
                || (pair.Key.StartsWith("arr_", StringComparison.Ordinal) && pair.Value.Rank == rank))
            .OrderBy(pair => Number(pair.Key)),
    ];

    /// <summary>The number at the end of a name.</summary>
    private static int Number(string name) =>
        int.TryParse(name.AsSpan(name.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) ? number : 0;

    private static IEnumerable<string> Mistakes(NumPyArchive weights, KeyValuePair<string, NumPyArray>[] coefficients,
        KeyValuePair<string, NumPyArray>[] intercepts)
    {
        if (coefficients.Length == 0 || coefficients.Length != intercepts.Length
            || coefficients.Length + intercepts.Length != weights.Arrays.Length)
        {
            yield return $"{weights.Origin} has {coefficients.Length} arrays of coefficients and {intercepts.Length} of intercepts among "
                + $"{weights.Arrays.Length}, expected one of each for every layer: save them by numpy.savez(path, *mlp.coefs_, "
                + $"*mlp.intercepts_)";
            yield break;
        }

        for (var i = 0; i < coefficients.Length; i++)
        {
            var ((name, weight), (biasName, bias)) = (coefficients[i], intercepts[i]);
            if (weight.Type == NumPyType.Text || bias.Type == NumPyType.Text || weight.Rank != 2 || bias.Rank != 1)
            {
                yield return $"'{name}' is {weight} and '{biasName}' {bias}, expected numbers of rank 2 and rank 1";
            }
            else if (weight.Shape[1] != bias.Shape[0])
            {
                yield return $"'{name}' is {NumPyArray.Text(weight.Shape.AsSpan())} but '{biasName}' has {bias.Count} numbers, expected "
                    + $"{weight.Shape[1]}, one for each output";
            }
            else if (i > 0 && coefficients[i - 1].Value is { Rank: 2 } before && before.Shape[1] != weight.Shape[0])
            {
                yield return $"'{coefficients[i - 1].Key}' has {before.Shape[1]} outputs but '{name}' takes {weight.Shape[0]} inputs: is "
                    + $"an array missing between the two?";
            }
        }
    }
}
