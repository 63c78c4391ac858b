using System.Collections;
using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>The outputs of a network's layers for some rows, in order and by name: <c>model.Outputs(inputs)["dense1"]</c> is [n ×
/// width].</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class LayerOutputs<T> : IReadOnlyList<(string Layer, Matrix<T> Output)>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ImmutableArray<string> names;
    private readonly ImmutableArray<Matrix<T>> outputs;

    internal LayerOutputs(ImmutableArray<string> names, ImmutableArray<Matrix<T>> outputs) => (this.names, this.outputs) = (names, outputs);

    /// <summary>The number of layers.</summary>
    public int Count => outputs.Length;

    /// <summary>A layer's name and output, by position from the input.</summary>
    public (string Layer, Matrix<T> Output) this[int index] => (names[index], outputs[index]);

    /// <summary>A layer's output by its name, as in <see cref="Network.LayerNames"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such layer; the message lists what there is.</exception>
    public Matrix<T> this[string layer] => names.IndexOf(layer) is >= 0 and var index
        ? outputs[index]
        : throw new KeyNotFoundException($"there is no layer \"{layer}\": there are {string.Join(", ", names)}");

    /// <inheritdoc/>
    public IEnumerator<(string Layer, Matrix<T> Output)> GetEnumerator() => names.Zip(outputs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The layers with the shapes of their outputs.</summary>
    public override string ToString() =>
        string.Join(Environment.NewLine, names.Zip(outputs, (name, output) => $"{name}: {output.Rows} × {output.Columns}"));
}
