namespace FunctionalNN;

/// <summary>
/// A loss of numbers whose formula is a value instead of code: what a file gives for a loss of one's own that is not at hand. It computes
/// the same bits, gradients included where the loss's derivative is that of its formula. What the loss asked of targets and what it called
/// right is not kept: a prediction is right that is off by less than the targets' tolerance.
/// </summary>
/// <param name="FormulaName">What the loss was called.</param>
/// <param name="Graph">ℓ(ŷ, y).</param>
public sealed record GraphLoss(string FormulaName, FormulaGraph Graph) : ElementLoss<GraphLoss.Rule>
{
    internal static Schema Schema => Schema.Of("FormulaLoss", new GraphLoss("FormulaLoss", FormulaGraph.Identity))
        .With("of", loss => loss.FormulaName, (loss, value) => loss with { FormulaName = value })
        .With("steps", loss => loss.Graph, (loss, value) => loss with { Graph = OfTwo(value) });

    /// <inheritdoc/>
    public override string Kind => FormulaName;

    /// <inheritdoc/>
    protected override Rule Formula => new(Graph);

    /// <exception cref="ArgumentException">The formula has other variables.</exception>
    private static FormulaGraph OfTwo(FormulaGraph formula) => formula.LastVariable is > 1 and var last
        ? throw new ArgumentException($"a loss's formula has the variable {FormulaNode.Names[last]}, expected x and y alone")
        : formula;

    /// <summary>ℓ(ŷ, y), step by step.</summary>
    public readonly struct Rule(FormulaGraph graph) : IBinaryFormula
    {
        /// <inheritdoc/>
        public S Of<S>(S x, S y)
            where S : struct, IReal<S> => graph is null ? x : graph.Program.Run(x, y);
    }
}
