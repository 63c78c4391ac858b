using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>
/// A formula in JSON: a list of steps, each a list of an operation's name and its operands, which are the numbers of earlier steps, such as
/// <c>[["x"], ["constant", 1], ["abs", 0], ["add", 1, 2], ["divide", 0, 3]]</c>. The last is the result. Nothing else than these operations
/// can be asked for, there is no nesting, and their number is bounded.
/// </summary>
/// <param name="number">How constants stand in JSON.</param>
internal sealed class FormulaCodec(Codec<double> number) : Codec<FormulaGraph>
{
    private static readonly FrozenDictionary<string, FormulaOperation> Operations = Enum.GetValues<FormulaOperation>()
        .Where(operation => operation != FormulaOperation.Variable)
        .ToFrozenDictionary(NameOf, operation => operation, StringComparer.Ordinal);

    public override void Write(Utf8JsonWriter json, FormulaGraph value, Vocabulary vocabulary)
    {
        json.WriteStartArray();
        foreach (var step in value.Steps)
        {
            json.WriteStartArray();
            json.WriteStringValue(step.Operation == FormulaOperation.Variable
                ? FormulaNode.Names[(int)step.Number]
                : NameOf(step.Operation));
            for (var operand = 0; operand < step.Operation.Operands; operand++)
            {
                json.WriteNumberValue(step[operand]);
            }

            if (step.Operation.HasNumber && step.Operation != FormulaOperation.Variable)
            {
                number.Write(json, step.Number, vocabulary);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public override FormulaGraph Read(JsonPlace place, Vocabulary vocabulary)
    {
        if (place.Element.ValueKind != JsonValueKind.Array || place.Element.GetArrayLength() is 0 or > FormulaGraph.MaxSteps)
        {
            throw place.Fault($"a list of 1 to {FormulaGraph.MaxSteps} steps");
        }

        var steps = ImmutableArray.CreateBuilder<FormulaStep>();
        foreach (var element in place.Element.EnumerateArray())
        {
            steps.Add(Step(place.At(steps.Count, element), steps.Count, vocabulary));
        }

        try
        {
            return new FormulaGraph(steps.ToImmutable());
        }
        catch (ArgumentException fault)
        {
            throw new FileFault(place.Path, fault.Message);
        }
    }

    private FormulaStep Step(JsonPlace place, int index, Vocabulary vocabulary)
    {
        var parts = place.Element.ValueKind == JsonValueKind.Array && place.Element.GetArrayLength() is > 0 and <= 5
            ? place.Element.EnumerateArray().ToArray()
            : [];
        var name = parts is [{ ValueKind: JsonValueKind.String } first, ..]
            ? first.GetString()!
            : throw place.Fault("a list of an operation's name and its operands");
        if (FormulaNode.Names.IndexOf(name) is var variable and >= 0)
        {
            return parts.Length == 1
                ? FormulaStep.Of(FormulaOperation.Variable, variable, [])
                : throw place.Fault($"[\"{name}\"]");
        }

        if (!Operations.TryGetValue(name, out var operation))
        {
            throw place.At(0, parts[0])
                .Fault($"one of {string.Join(", ", FormulaNode.Names)}, "
                    + $"{string.Join(", ", Operations.Keys.Order(StringComparer.Ordinal))}");
        }

        if (parts.Length != 1 + operation.Operands + (operation.HasNumber ? 1 : 0))
        {
            throw place.Fault($"\"{name}\" with {operation.Operands} operands{(operation.HasNumber ? " and a number" : "")}");
        }

        Span<int> operands = stackalloc int[operation.Operands];
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = parts[1 + i].ValueKind == JsonValueKind.Number && parts[1 + i].TryGetInt32(out var operand) && operand >= 0
                && operand < index
                ? operand
                : throw place.At(1 + i, parts[1 + i]).Fault($"the number of an earlier step, from 0 and below {index}");
        }

        var own = operation.HasNumber ? number.Read(place.At(parts.Length - 1, parts[^1]), vocabulary) : 0;
        return operation == FormulaOperation.PowerOfTwo && !(own is >= -1100 and <= 1100 && own == Math.Truncate(own))
            ? throw place.At(parts.Length - 1, parts[^1]).Fault("a whole number from -1100 to 1100")
            : FormulaStep.Of(operation, own, operands);
    }

    private static string NameOf(FormulaOperation operation) => JsonNamingPolicy.CamelCase.ConvertName(operation.ToString());
}
