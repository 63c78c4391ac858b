using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A formula written down: steps of <see cref="IReal{S}"/>, each once, after those whose results it takes; the last is the result. It is
/// what files hold of a formula of your own, and computes the same bits as the formula that it was read from. Its text is that of
/// <see cref="FormulaText"/>.
/// </summary>
public sealed class FormulaGraph : IEquatable<FormulaGraph>
{
    /// <summary>The most steps that a formula may have.</summary>
    internal const int MaxSteps = 4096;

    internal FormulaGraph(ImmutableArray<FormulaStep> steps) => (Steps, Program) = (steps, FormulaProgram.Of(steps));

    /// <summary>The steps in order: the operands of each are numbers of earlier ones, and the last is the result.</summary>
    public ImmutableArray<FormulaStep> Steps { get; }

    /// <summary>The formula as vectors compute it.</summary>
    internal FormulaProgram Program { get; }

    /// <summary>The number of its last variable in the order of <see cref="FormulaNode.Names"/>; −1 where it has none.</summary>
    internal int LastVariable => Steps.Max(step => step.Operation == FormulaOperation.Variable ? (int)step.Number : -1);

    /// <summary>y = x.</summary>
    internal static FormulaGraph Identity { get; } = Of(FormulaNode.X);

    /// <summary>f(x).</summary>
    /// <param name="formula">An activation, or a formula of your own.</param>
    /// <exception cref="ArgumentException">The formula takes more steps, or more results at one time, than can be kept; the message says
    /// how many.</exception>
    public static FormulaGraph Of(IFormula formula) => Of<double>(formula);

    /// <summary>f(x, y).</summary>
    /// <param name="formula">A loss of numbers, ℓ(ŷ, y), or a formula of your own.</param>
    /// <exception cref="ArgumentException">The formula takes more steps, or more results at one time, than can be kept; the message says
    /// how many.</exception>
    public static FormulaGraph Of(IBinaryFormula formula) => Of<double>(formula);

    /// <summary>f′(x).</summary>
    /// <param name="formula">An activation, or a formula of your own.</param>
    /// <exception cref="ArgumentException">The derivative takes more steps, or more results at one time, than can be kept; the message says
    /// how many.</exception>
    public static FormulaGraph SlopeOf(IFormula formula) => Of(formula.Of(new Dual<Traced<double>>(new(FormulaNode.X), 1)).Slope.Node);

    /// <summary>∂f/∂x of f(x, y).</summary>
    /// <param name="formula">A loss of numbers, ℓ(ŷ, y), or a formula of your own.</param>
    /// <exception cref="ArgumentException">The derivative takes more steps, or more results at one time, than can be kept; the message says
    /// how many.</exception>
    public static FormulaGraph SlopeOf(IBinaryFormula formula) =>
        Of(formula.Of(new Dual<Traced<double>>(new(FormulaNode.X), 1), new Dual<Traced<double>>(new(FormulaNode.Y), 0)).Slope.Node);

    /// <inheritdoc/>
    public bool Equals(FormulaGraph? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FormulaGraph);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Steps.Length, Steps[^1]);

    /// <summary>The formula as text.</summary>
    public override string ToString() => FormulaWriter.Of(this);

    internal static FormulaGraph Of<T>(IFormula formula)
        where T : unmanaged, IFloatingPointIeee754<T> => Of(formula.Of(new Traced<T>(FormulaNode.X)).Node);

    internal static FormulaGraph Of<T>(IBinaryFormula formula)
        where T : unmanaged, IFloatingPointIeee754<T> => Of(formula.Of(new Traced<T>(FormulaNode.X), new Traced<T>(FormulaNode.Y)).Node);

    /// <summary>The steps that lead to a node; what is computed twice in the same way is one step. Without recursion, since a formula may
    /// be deep.</summary>
    /// <exception cref="ArgumentException">The formula takes more steps, or more results at one time, than can be kept; the message says
    /// how many.</exception>
    public static FormulaGraph Of(FormulaNode result)
    {
        var steps = ImmutableArray.CreateBuilder<FormulaStep>();
        var places = new Dictionary<FormulaNode, int>(ReferenceEqualityComparer.Instance);
        var known = new Dictionary<FormulaStep, int>();
        var open = new Stack<FormulaNode>([result]);
        Span<int> operands = stackalloc int[4];
        while (open.TryPeek(out var node))
        {
            var waiting = open.Count;
            foreach (var operand in places.ContainsKey(node) ? [] : node.Operands.Reverse())
            {
                if (!places.ContainsKey(operand))
                {
                    open.Push(operand);
                }
            }

            if (open.Count > waiting)
            {
                continue;
            }

            open.Pop();
            for (var i = 0; i < node.Operands.Length; i++)
            {
                operands[i] = places[node.Operands[i]];
            }

            var step = FormulaStep.Of(node.Operation, node.Number, operands[..node.Operands.Length]);
            if (known.TryAdd(step, steps.Count))
            {
                steps.Add(step);
            }

            places[node] = known[step];
            if (steps.Count > MaxSteps)
            {
                throw new ArgumentException(
                    $"the formula takes more than {MaxSteps} steps: make it of fewer, such as the functions of IReal");
            }
        }

        return new FormulaGraph(steps.ToImmutable());
    }
}
