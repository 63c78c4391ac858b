using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>Goes through a network and writes, layer by layer, the statements that predict one row.</summary>
/// <param name="model">The network and its numbers.</param>
internal sealed partial class EmittedBody<T>(Model<T> model)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly EmittedBuffers buffers = new();
    private int current = EmittedBuffers.Input;

    /// <summary>The statements, indented as in a method.</summary>
    public List<string> Statements { get; } = [];

    /// <summary>The numbers that they need, by name.</summary>
    public List<(string Name, ImmutableArray<T> Values)> Tables { get; } = [];

    /// <summary>The functions that they call.</summary>
    public SortedSet<string> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>The layers that cannot be emitted.</summary>
    public List<string> Mistakes { get; } = [];

    /// <summary>The lengths of the rows that they keep.</summary>
    public IReadOnlyList<int> Rooms => buffers.Sizes;

    /// <summary>The name of the row that holds the output.</summary>
    public string Result => EmittedBuffers.NameOf(current);

    public void Run() => Run(model.Network.Plan, "", 0, 0);

    private void Run(NetworkPlan plan, string prefix, int firstParameter, int firstStatistic)
    {
        for (var i = 0; i < plan.Layers.Length; i++)
        {
            var name = prefix + plan.Names[i];
            var (parameter, statistic) = (firstParameter + plan.FirstParameters[i], firstStatistic + plan.FirstStatistics[i]);
            Layer(plan.Layers[i], name, plan.Widths[i], plan.Widths[i + 1], parameter, statistic);
        }
    }

    private void Around(Residual residual, string name, int parameter, int statistic, int width, int outputs)
    {
        var (before, plan) = (current, residual.Around.PlanFor(width));
        buffers.Keep(before);
        Run(plan, $"{name}.", parameter, statistic);
        var inner = current;
        var projection = residual.Projection;
        if (projection is not null)
        {
            buffers.Keep(inner);
            (current, SourceWidth) = (before, width);
            Layer(projection, $"{name}.projection", width, outputs, parameter + plan.FirstParameters[^1],
                statistic + plan.FirstStatistics[^1]);
            buffers.EndKeeping(inner);
        }

        buffers.EndKeeping(before);
        var way = projection is null ? before : current;
        current = inner;
        Comment(name, $"{(projection is null ? "x" : "P(x)")} + f(x)");
        Loop(outputs, $"{EmittedBuffers.NameOf(way)}[i] + {EmittedBuffers.NameOf(inner)}[i]", Target(outputs));
        foreach (var buffer in new[] { before, way }.Distinct().Where(buffer => buffer != inner && buffer != current))
        {
            buffers.Free(buffer);
        }
    }

    private void Layer(Layer layer, string name, int inputs, int outputs, int parameter, int statistic)
    {
        switch (layer)
        {
            case Sequence sequence:
                Run(sequence.PlanFor(inputs), $"{name}.", parameter, statistic);
                break;
            case Residual residual:
                Around(residual, name, parameter, statistic, inputs, outputs);
                break;
            case { IsIdentity: true }:
                break;
            default:
                Leaf(layer, name, inputs, outputs, Slots(model.Parameters, parameter, layer.Parameters(inputs).Length),
                    Slots(model.Statistics, statistic, layer.Statistics(inputs).Length));
                break;
        }
    }

    private static Matrix<T>[] Slots(ParameterVector<T> vector, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(vector.View)];

    /// <summary>y = f(x), number by number.</summary>
    private void Map(int width, IFormula formula)
    {
        var emitted = new EmittedFormula<T>(FormulaGraph.Of<T>(formula));
        foreach (var function in emitted.Functions)
        {
            Function(function);
        }

        Map(width, emitted.Result, emitted.Statements);
    }

    private string Function(string name)
    {
        foreach (var needed in EmittedFunctions<T>.With(name))
        {
            Functions.Add(needed);
        }

        return name;
    }

    private void Call(string function, int width, bool mayOverwrite, params IEnumerable<string> arguments)
    {
        Functions.Add(function);
        if (EmittedRows<T>.Inner(function) is { } called)
        {
            Functions.Add(called);
        }

        foreach (var needed in EmittedRows<T>.With(function))
        {
            Function(needed);
        }

        var source = current;
        var target = mayOverwrite ? Target(width) : Fresh(width);
        Statements.Add(
            $"        {function}("
                + string.Join(", ",
                    [Slice(source, source == EmittedBuffers.Input ? null : SourceWidth), .. arguments, Slice(target, width)])
                + ");");
        Move(target, width);
    }

    private void Map(int width, string formula, params IEnumerable<string> statements)
    {
        var target = Target(width);
        Loop(width, $"{EmittedBuffers.NameOf(current)}[i]", target, formula, statements);
    }

    private void Loop(int width, string source, int target, string? formula = null, params IEnumerable<string> statements)
    {
        var name = EmittedBuffers.NameOf(target);
        Statements.Add($"        for (var i = 0; i < {width}; i++)");
        Statements.Add("        {");
        if (formula is null)
        {
            Statements.Add($"            {name}[i] = {source};");
        }
        else
        {
            Statements.Add($"            var x = {source};");
            Statements.AddRange(statements.Select(statement => $"            {statement}"));
            Statements.Add($"            {name}[i] = {formula};");
        }

        Statements.Add("        }");
        Move(target, width);
    }

    private int SourceWidth { get; set; } = model.Network.Inputs;

    private void Move(int target, int width)
    {
        if (target != current)
        {
            buffers.Free(current);
        }

        (current, SourceWidth) = (target, width);
    }

    /// <summary>Where a result that may overwrite its source goes.</summary>
    private int Target(int width) => buffers.CanWrite(current) ? current : Fresh(width);

    private int Fresh(int width) => buffers.Take(width);

    private string Table(string layer, string slot, ReadOnlySpan<T> values)
    {
        var letters =
            string.Concat(layer.Split('.').Append(slot).Select(part => new string([.. part.Where(char.IsAsciiLetterOrDigit)]))
                .Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        var name = char.IsAsciiDigit(letters[0]) ? $"Layer{letters}" : letters;
        for (var number = 2; Tables.Any(table => table.Name == name); number++)
        {
            name = $"{letters}Number{number}";
        }

        Tables.Add((name, [.. values]));
        return name;
    }

    private static string Slice(int buffer, int? width) =>
        width is { } count
            ? $"{EmittedBuffers.NameOf(buffer)}.Slice(0, {count})"
            : EmittedBuffers.NameOf(buffer);

    private void Comment(string name, string what) => Statements.Add($"        // {EmittedSource.OneLine(name)}: {what}");

    private static string Fused() => $"{EmittedNumber.TypeOf<T>()}.FusedMultiplyAdd";

    private static string C(double value) => EmittedNumber.Rounded<T>(value);
}
