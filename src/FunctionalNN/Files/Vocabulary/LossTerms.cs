using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>The losses.</summary>
internal static class LossTerms
{
    public static ImmutableArray<Term> All { get; } =
    [
        Term.Record("CategoricalCrossEntropy", new CategoricalCrossEntropy())
            .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value })
            .With("labelSmoothing", loss => loss.LabelSmoothing, (loss, value) => loss with { LabelSmoothing = value }),
        Term.Record("BinaryCrossEntropy", new BinaryCrossEntropy())
            .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value }),
        Term.Record("CategoricalFocalCrossEntropy", new CategoricalFocalCrossEntropy())
            .With("gamma", loss => loss.Gamma, (loss, value) => loss with { Gamma = value })
            .With("alpha", loss => loss.Alpha, (loss, value) => loss with { Alpha = value })
            .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value }),
        Term.Record("BinaryFocalCrossEntropy", new BinaryFocalCrossEntropy())
            .With("gamma", loss => loss.Gamma, (loss, value) => loss with { Gamma = value })
            .With("alpha", loss => loss.Alpha, (loss, value) => loss with { Alpha = value })
            .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value }),
        Term.Record("KullbackLeibler", new KullbackLeibler())
            .With("fromLogits", loss => loss.FromLogits, (loss, value) => loss with { FromLogits = value }),
        Term.Record("Poisson", new Poisson())
            .With("fromLogarithms", loss => loss.FromLogarithms, (loss, value) => loss with { FromLogarithms = value }),
        Term.Record("Huber", new Huber()).With("delta", loss => loss.Delta, (loss, value) => loss with { Delta = value }),
        Term.Record("FormulaLoss", new GraphLoss("FormulaLoss", FormulaGraph.Identity))
            .With("of", loss => loss.FormulaName, (loss, value) => loss with { FormulaName = value })
            .With("steps", loss => loss.Graph, (loss, value) => loss with { Graph = value }),
        Term.Record("CategoricalHinge", new CategoricalHinge()),
        Term.Record("Hinge", new Hinge()),
        Term.Record("LogCosh", new LogCosh()),
        Term.Record("MeanAbsoluteError", new MeanAbsoluteError()),
        Term.Record("MeanSquaredError", new MeanSquaredError())
            .With("factor", loss => loss.Factor, (loss, value) => loss with { Factor = value }),
        Term.Record("NegativeLogLikelihood", new NegativeLogLikelihood()),
        Term.Record("SquaredHinge", new SquaredHinge()),
    ];
}
