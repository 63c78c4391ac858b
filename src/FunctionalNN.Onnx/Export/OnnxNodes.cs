using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Takes the nodes that stand for a layer, and has the layer's numbers: what an <see cref="OnnxRule"/> works with.</summary>
public sealed class OnnxNodes
{
    private readonly GraphBuilder graph;
    private readonly string layer;
    private readonly Func<int, (Slot Slot, double[] Values)> parameters;
    private readonly Func<int, (Slot Slot, double[] Values)> statistics;
    private bool isNamed;

    internal OnnxNodes(GraphBuilder graph, string layer, int width, Func<int, (Slot Slot, double[] Values)> parameters,
        Func<int, (Slot Slot, double[] Values)> statistics)
    {
        this.graph = graph;
        this.layer = layer;
        Width = width;
        this.parameters = parameters;
        this.statistics = statistics;
    }

    /// <summary>The version of the operators.</summary>
    public int Opset => graph.Opset;

    /// <summary>The width of the layer's input; of a normalisation of images their channels.</summary>
    public int Width { get; }

    /// <summary>For which layer, its width, and the version of the operators.</summary>
    public override string ToString() => $"nodes for {layer}, {Width} wide, operators {Opset}";

    /// <summary>Adds a node of a standard operator with one output.</summary>
    /// <param name="type">The operator, such as "Relu".</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The name of its output.</returns>
    public string Add(string type, ReadOnlySpan<string> inputs, params ReadOnlySpan<OnnxSetting> attributes)
    {
        // The first node has the layer's name.
        var name = isNamed ? $"{layer}/{type}" : layer;
        isNamed = true;
        return graph.Add(type, name, [.. inputs], [.. attributes]);
    }

    /// <summary>Adds the nodes of a formula.</summary>
    /// <exception cref="NotSupportedException">Some of it has no operator.</exception>
    internal string Add(FormulaGraph formula, string x)
    {
        var constants = 0;
        return new FormulaNodes<string>((type, inputs) => Add(type, inputs),
            value => Constant($"constant{++constants}", value)).Add(formula, x);
    }

    /// <summary>One of the layer's parameter slots, counted in the order of <see cref="Layer.Parameters"/>: [rows × columns].</summary>
    public string Parameter(int slot) => Matrix(parameters(slot));

    /// <summary>A parameter slot of one row: [columns].</summary>
    public string ParameterRow(int slot) => Row(parameters(slot));

    /// <summary>A statistics slot of one row, counted in the order of <see cref="Layer.Statistics"/>: [columns].</summary>
    public string StatisticRow(int slot) => Row(statistics(slot));

    /// <summary>The numbers of a parameter slot, row by row.</summary>
    public double[] ParameterValues(int slot) => parameters(slot).Values;

    /// <summary>The numbers of a statistics slot, row by row.</summary>
    public double[] StatisticValues(int slot) => statistics(slot).Values;

    /// <summary>A constant single number.</summary>
    public string Constant(string name, double value) => graph.Constant($"{layer}.{name}", [], [value]);

    /// <summary>Constant numbers: [count].</summary>
    public string Constant(string name, ReadOnlySpan<double> values) => graph.Constant($"{layer}.{name}", [values.Length], values);

    /// <summary>A constant matrix, row by row.</summary>
    public string Constant(string name, int rows, int columns, ReadOnlySpan<double> values) =>
        values.Length == (long)rows * columns
            ? graph.Constant($"{layer}.{name}", [rows, columns], values)
            : throw new ArgumentException($"the constant {name} is {rows} × {columns}, {values.Length} numbers were given");

    /// <summary>Constant whole numbers: [count].</summary>
    internal string Whole(string name, params ReadOnlySpan<int> values)
    {
        var wide = new long[values.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return graph.Constant($"{layer}.{name}", wide);
    }

    /// <summary>Constant numbers of any shape, the last index running fastest.</summary>
    internal string Constant(string name, ImmutableArray<long> shape, ReadOnlySpan<double> values) =>
        graph.Constant($"{layer}.{name}", shape, values);

    /// <summary>Numbers in float, whatever the model's type.</summary>
    internal string Single(string name, params ImmutableArray<float> values) => graph.Single($"{layer}.{name}", values);

    private string Matrix((Slot Slot, double[] Values) found) =>
        graph.Constant($"{layer}.{found.Slot.Name}", [found.Slot.Rows, found.Slot.Columns], found.Values);

    private string Row((Slot Slot, double[] Values) found) =>
        graph.Constant($"{layer}.{found.Slot.Name}", [found.Values.Length], found.Values);
}
