using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Any formula at all: every reading of it says the same.</summary>
[Properties(Arbitrary = [typeof(RandomFormulaLaws)])]
public class RandomFormulaLaws
{
    private static readonly FormulaOperation[] Operations =
        [.. Enum.GetValues<FormulaOperation>().Except([FormulaOperation.Variable, FormulaOperation.Constant, FormulaOperation.PowerOfTwo])];

    public static Arbitrary<FormulaGraph> Graphs() =>
        Arb.From(Gen.Sized(size => Gen.Choose(0, int.MaxValue - 1).Select(seed => Random(new Key((ulong)seed), 1 + Math.Min(size, 40)))));

    [Property(MaxTest = 200)]
    public void Vectors_are_one_number(FormulaGraph graph)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var activation = new GraphActivation("Random", graph);
            T[] x = [.. ReadingLaws.Wide<T>(), .. ReadingLaws.Numbers<T>(50, graph.Steps.Length)];
            var (y, dx, _) = Probe.Layer(activation, Matrix.Row(x), Matrix.Row(x).Map(_ => T.One));
            ReadingLaws.Same($"{graph}", x, [.. x.Select(value => ((IFormula)activation).Of(new Number<T>(value)).Value)], y.Values);
            ReadingLaws.Same($"slope of {graph}", x, [.. x.Select(value => ReadingLaws.SlopeOf(activation, value))], dx.Values);

            // By a second way, without registers.
            var results = new Number<T>[graph.Steps.Length];
            ReadingLaws.Same($"{graph}, step by step", x, [.. x.Select(value => Step(graph, results, new Number<T>(value)))], y.Values);
        }
    }

    [Property(MaxTest = 200)]
    public void A_file_gives_it_back(FormulaGraph graph)
    {
        var activation = new GraphActivation("Random", graph) { Name = "any", Range = OutputRange.Symmetric };
        Assert.Equal(activation, Vocabulary.Standard.Read<Layer>(Vocabulary.Standard.Write<Layer>(activation), "layer"));
        Assert.Equal(graph, FormulaGraph.Of(activation));
    }

    [Property(MaxTest = 12)]
    public void Emitted_source_computes_the_same_bits(FormulaGraph graph)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var x = ReadingLaws.Wide<T>();
            var model = new Network(x.Length, [new GraphActivation("Random", graph)]).Initialize<T>(1);
            var (expected, found) = (new T[x.Length], new T[x.Length]);
            model.Predict(x, expected);
            Emitted.Compile<T>(model.EmitCSharp("Net").OrThrow(), "Net")(x, found);
            ReadingLaws.Same($"emitted {graph}", x, expected, found);
        }
    }

    /// <summary>Text is made of the simplified formula, which must be the same formula.</summary>
    [Property(MaxTest = 1000)]
    public void Simplified_it_is_the_same_but_for_rounding(FormulaGraph graph)
    {
        var simple = FormulaSimplification.Of(graph);
        Assert.True(simple.Steps.Length <= graph.Steps.Length + graph.Steps.Count(step => step.Operation == FormulaOperation.MultiplyAdd),
            $"{graph.Steps.Length} steps became {simple.Steps.Length}");
        foreach (var x in (double[])[0.3, -0.7, 1.9, -2.4])
        {
            var (expected, found) = (At(graph, x), At(simple, x));
            Assert.True(!IsTame(graph, x) || Math.Abs(expected - found) <= 1e-6 * (1 + Math.Abs(expected)),
                $"{graph}: {found} at {x}, expected {expected}");
        }
    }

    private static double At(FormulaGraph graph, double x) => graph.Program.Run(new Number<double>(x), default).Value;

    /// <summary>Whether nothing on the way is very great, very small, or close to where a comparison turns.</summary>
    private static bool IsTame(FormulaGraph graph, double x)
    {
        var results = new Number<double>[graph.Steps.Length];
        Step(graph, results, new Number<double>(x));
        return graph.Steps.Select((step, i) => (step, i)).All(pair =>
            Math.Abs(results[pair.i].Value) is 0 or (> 1e-4 and < 1e4)
                && !(pair.step.Operation.Operands >= 1 && pair.step.Operation != FormulaOperation.Negate
                    && Math.Abs(results[pair.step.A].Value) < 1e-3)
            && (pair.step.Operation is not (FormulaOperation.IfLess or FormulaOperation.IfLessOrEqual or FormulaOperation.IfEqual)
                || Math.Abs(results[pair.step.A].Value - results[pair.step.B].Value) > 1e-3)
            && pair.step.Operation is not (FormulaOperation.Exponent or FormulaOperation.Mantissa));
    }

    private static T Step<T>(FormulaGraph graph, Number<T>[] results, Number<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < results.Length; i++)
        {
            var step = graph.Steps[i];
            Number<T> a = results[step.A], b = results[step.B], c = results[step.C], d = results[step.D];
            results[i] = step.Operation switch
            {
                FormulaOperation.Variable => x,
                FormulaOperation.Constant => step.Number,
                FormulaOperation.Add => a + b,
                FormulaOperation.Subtract => a - b,
                FormulaOperation.Multiply => a * b,
                FormulaOperation.Divide => a / b,
                FormulaOperation.Negate => -a,
                FormulaOperation.MultiplyAdd => Number<T>.MultiplyAdd(a, b, c),
                FormulaOperation.Abs => Number<T>.Abs(a),
                FormulaOperation.Sqrt => Number<T>.Sqrt(a),
                FormulaOperation.IfLess => Number<T>.IfLess(a, b, c, d),
                FormulaOperation.IfLessOrEqual => Number<T>.IfLessOrEqual(a, b, c, d),
                FormulaOperation.IfEqual => Number<T>.IfEqual(a, b, c, d),
                FormulaOperation.Exponent => Number<T>.Exponent(a),
                FormulaOperation.Mantissa => Number<T>.Mantissa(a),
                _ => Function(step.Operation, a, b),
            };
        }

        return results[^1].Value;
    }

    private static S Function<S>(FormulaOperation operation, S a, S b)
        where S : struct, IReal<S> => operation switch
        {
            FormulaOperation.Max => S.Max(a, b),
            FormulaOperation.Min => S.Min(a, b),
            FormulaOperation.Sign => S.Sign(a),
            FormulaOperation.Exp => S.Exp(a),
            FormulaOperation.Log => S.Log(a),
            FormulaOperation.Sigmoid => S.Sigmoid(a),
            FormulaOperation.ExpMinusOne => S.ExpMinusOne(a),
            FormulaOperation.LogOnePlus => S.LogOnePlus(a),
            FormulaOperation.Tanh => S.Tanh(a),
            FormulaOperation.Softplus => S.Softplus(a),
            FormulaOperation.LogCosh => S.LogCosh(a),
            FormulaOperation.NormalCumulative => S.NormalCumulative(a),
            FormulaOperation.NormalDensity => S.NormalDensity(a),
            _ => throw new InvalidOperationException(operation.ToString()),
        };

    /// <summary>Each operation on results that are there, the newest first.</summary>
    private static FormulaGraph Random(Key key, int count)
    {
        List<FormulaNode> nodes = [FormulaNode.X, FormulaNode.Constant(1.0), FormulaNode.Zero, FormulaNode.Constant(-2.5),
            FormulaNode.Constant(1e-3)];
        for (var i = 0; i < count; i++)
        {
            var operation = Operations[key.Below(Operations.Length, i)];
            FormulaNode[] operands =
            [
                .. Enumerable.Range(0, operation.Operands).Select(operand =>
                    nodes[key.Fold(operand + 1).Below(3, i) > 0 ? nodes.Count - 1 : key.Fold(operand + 9).Below(nodes.Count, i)]),
            ];
            nodes.Add(FormulaNode.Of(operation,
                operation is FormulaOperation.Exponent or FormulaOperation.Mantissa ? [AboveZero(operands[0])] : operands));
        }

        return FormulaGraph.Of(nodes[^1]);
    }

    /// <summary>A number is taken apart only where it is above 0: the bits of a NaN are not the same everywhere.</summary>
    private static FormulaNode AboveZero(FormulaNode x) =>
        FormulaNode.Of(FormulaOperation.IfLess, FormulaNode.Constant(1e-3), x, x, FormulaNode.Constant(1));
}
