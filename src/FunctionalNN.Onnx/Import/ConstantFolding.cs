using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// Computes the nodes whose inputs are constants, as exporters leave them where they do not fold: weights that are transposed, cast, scaled
/// or put together. What is computed in all may be a few times what the file holds: a small file makes no large arrays.
/// </summary>
/// <param name="constant">The constants so far.</param>
/// <param name="room">How many numbers may be made.</param>
internal sealed class ConstantFolding(Func<string, TensorMessage?> constant, long room)
{
    private long left = room;

    /// <summary>What a node gives whatever the input is; null where that depends on the input, or its operator is not computed
    /// here.</summary>
    public TensorMessage? Of(NodeMessage node)
    {
        if (node.Domain.Length > 0 || node.Outputs.Length != 1)
        {
            return null;
        }

        if (node.Operator == "Constant")
        {
            return Given(node);
        }

        var inputs = node.Inputs.Select(input => input.Length == 0 ? null : constant(input)).ToArray();
        if (node.Inputs.Length == 0
            || node.Inputs.Index().Any(input => input.Item.Length > 0 && inputs[input.Index] is not { IsReadable: true })
            || inputs[0] is not { } first)
        {
            return null;
        }

        return node.Operator == "Identity" ? first
            : Folded.Of(node, [.. inputs.Select(input => input is null ? null : new Folded(input))], ref left)?.ToTensor();
    }

    private static TensorMessage? Given(NodeMessage node) => node.Attributes switch
    {
        [{ Name: "value", IsTensor: true } one] => one.Tensor,
        [{ Name: "value_float", IsReal: true } one] => TensorMessage.Of("", [], [one.RealValue]),
        [{ Name: "value_floats", IsReals: true } one] => TensorMessage.Of("", [one.RealValues.Length], one.RealValues),
        [{ Name: "value_int", IsWhole: true } one] => TensorMessage.OfWholes("", [], [one.WholeValue]),
        [{ Name: "value_ints", IsWholes: true } one] => TensorMessage.OfWholes("", [one.WholeValues.Length], one.WholeValues.AsSpan()),
        _ => null,
    };
}
