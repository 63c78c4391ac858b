using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>What a slot is given: initialisers, penalties, constraints; and choices of slots.</summary>
internal static class SlotTerms
{
    public static ImmutableArray<Term> All { get; } =
    [
        Term.Constant("He", Initializer.He),
        Term.Constant("HeUniform", Initializer.HeUniform),
        Term.Constant("Glorot", Initializer.Glorot),
        Term.Constant("GlorotNormal", Initializer.GlorotNormal),
        Term.Constant("LeCun", Initializer.LeCun),
        Term.Constant("LeCunUniform", Initializer.LeCunUniform),
        Term.Constant("PyTorch", Initializer.PyTorch),
        Term.Constant("ScikitLearn", Initializer.ScikitLearn),
        Term.Constant("ScikitLearnLogistic", Initializer.ScikitLearnLogistic),
        Term.Constant("Zeros", Initializer.Zeros),
        Term.Constant("Ones", Initializer.Ones),
        Term.Record("Normal", (Initializer.ScaledNormal)Initializer.Normal(1))
            .With("standardDeviation", normal => normal.StandardDeviation,
                (_, value) => (Initializer.ScaledNormal)Initializer.Normal(value)),
        Term.Record("Uniform", (Initializer.SymmetricUniform)Initializer.Uniform(1))
            .With("limit", uniform => uniform.Limit, (_, value) => (Initializer.SymmetricUniform)Initializer.Uniform(value)),
        Term.Record("Orthogonal", (Initializer.OrthogonalFrame)Initializer.Orthogonal())
            .With("gain", frame => frame.Gain, (_, value) => (Initializer.OrthogonalFrame)Initializer.Orthogonal(value)),
        Term.Record("Value", (Initializer.Constant)Initializer.Value(0))
            .With("number", value => value.Number, (_, value) => (Initializer.Constant)Initializer.Value(value)),
        Term.Constant("NoPenalty", Penalty.None),
        Term.Record("Penalty", Penalty.None)
            .With("absolute", penalty => penalty.Absolute, (penalty, value) => penalty with { Absolute = value })
            .With("squared", penalty => penalty.Squared, (penalty, value) => penalty with { Squared = value })
            .With("slopeAtZero", penalty => penalty.SlopeAtZero, (penalty, value) => penalty with { SlopeAtZero = value }),
        Term.Constant("Unconstrained", Constraint.None),
        Term.Constant("UnitNorm", Constraint.UnitNorm),
        Term.Constant("NonNegative", Constraint.NonNegative),
        Term.Record("MaxNorm", (Constraint.Norm)Constraint.MaxNorm(1))
            .With("limit", norm => norm.Most, (_, value) => (Constraint.Norm)Constraint.MaxNorm(value)),
        Term.Record("Slots", Slots.Of()).With("patterns", slots => slots.Patterns, (_, value) => new Slots(value)),
    ];
}
