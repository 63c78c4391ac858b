using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>The optimizers, and what goes around them.</summary>
internal static class OptimizerTerms
{
    private static readonly Optimizer Any = new Sgd(0);

    public static ImmutableArray<Term> All { get; } =
    [
        Term.Optimizer("Sgd", new Sgd(0))
            .With("momentum", sgd => sgd.Momentum, (sgd, value) => sgd with { Momentum = value })
            .With("form", sgd => sgd.Form, (sgd, value) => sgd with { Form = value })
            .With("nesterov", sgd => sgd.Nesterov, (sgd, value) => sgd with { Nesterov = value })
            .With("dampening", sgd => sgd.Dampening, (sgd, value) => sgd with { Dampening = value }),
        Term.Optimizer("Adagrad", new Adagrad())
            .With("epsilon", adagrad => adagrad.Epsilon, (adagrad, value) => adagrad with { Epsilon = value })
            .With("epsilonPlace", adagrad => adagrad.EpsilonPlace, (adagrad, value) => adagrad with { EpsilonPlace = value })
            .With("initialAccumulator", adagrad => adagrad.InitialAccumulator,
                (adagrad, value) => adagrad with { InitialAccumulator = value }),
        Term.Optimizer("RmsProp", new RmsProp())
            .With("rho", prop => prop.Rho, (prop, value) => prop with { Rho = value })
            .With("epsilon", prop => prop.Epsilon, (prop, value) => prop with { Epsilon = value })
            .With("epsilonPlace", prop => prop.EpsilonPlace, (prop, value) => prop with { EpsilonPlace = value })
            .With("momentum", prop => prop.Momentum, (prop, value) => prop with { Momentum = value })
            .With("form", prop => prop.Form, (prop, value) => prop with { Form = value })
            .With("centered", prop => prop.Centered, (prop, value) => prop with { Centered = value }),
        Term.Optimizer("Adadelta", new Adadelta())
            .With("rho", adadelta => adadelta.Rho, (adadelta, value) => adadelta with { Rho = value })
            .With("epsilon", adadelta => adadelta.Epsilon, (adadelta, value) => adadelta with { Epsilon = value }),
        Term.Optimizer("Adam", new Adam())
            .With("beta1", adam => adam.Beta1, (adam, value) => adam with { Beta1 = value })
            .With("beta2", adam => adam.Beta2, (adam, value) => adam with { Beta2 = value })
            .With("epsilon", adam => adam.Epsilon, (adam, value) => adam with { Epsilon = value })
            .With("epsilonPlace", adam => adam.EpsilonPlace, (adam, value) => adam with { EpsilonPlace = value })
            .With("amsGrad", adam => adam.AmsGrad, (adam, value) => adam with { AmsGrad = value }),
        Term.Optimizer("AdamW", new AdamW())
            .With("strength", adam => adam.Strength, (adam, value) => adam with { Strength = value })
            .With("exempt", adam => adam.Exempt!, (adam, value) => adam with { Exempt = value })
            .With("beta1", adam => adam.Beta1, (adam, value) => adam with { Beta1 = value })
            .With("beta2", adam => adam.Beta2, (adam, value) => adam with { Beta2 = value })
            .With("epsilon", adam => adam.Epsilon, (adam, value) => adam with { Epsilon = value })
            .With("epsilonPlace", adam => adam.EpsilonPlace, (adam, value) => adam with { EpsilonPlace = value }),
        Term.Optimizer("NAdam", new NAdam())
            .With("beta1", adam => adam.Beta1, (adam, value) => adam with { Beta1 = value })
            .With("beta2", adam => adam.Beta2, (adam, value) => adam with { Beta2 = value })
            .With("epsilon", adam => adam.Epsilon, (adam, value) => adam with { Epsilon = value })
            .With("momentumDecay", adam => adam.MomentumDecay, (adam, value) => adam with { MomentumDecay = value }),
        Term.Optimizer("Lion", new Lion())
            .With("beta1", lion => lion.Beta1, (lion, value) => lion with { Beta1 = value })
            .With("beta2", lion => lion.Beta2, (lion, value) => lion with { Beta2 = value }),
        Term.Optimizer("Rprop", new Rprop())
            .With("growth", prop => prop.Growth, (prop, value) => prop with { Growth = value })
            .With("shrinkage", prop => prop.Shrinkage, (prop, value) => prop with { Shrinkage = value })
            .With("leastStep", prop => prop.MinStep, (prop, value) => prop with { MinStep = value })
            .With("mostStep", prop => prop.MaxStep, (prop, value) => prop with { MaxStep = value }),
        Around("Accumulate", new Accumulate(Any, 1))
            .With("batches", wrapper => wrapper.Batches, (wrapper, value) => wrapper with { Batches = value }),
        Around("ClipByGlobalNorm", new ClipByGlobalNorm(Any, 1))
            .With("limit", wrapper => wrapper.Limit, (wrapper, value) => wrapper with { Limit = value }),
        Around("ClipByNorm", new ClipByNorm(Any, 1))
            .With("limit", wrapper => wrapper.Limit, (wrapper, value) => wrapper with { Limit = value }),
        Around("ClipByValue", new ClipByValue(Any, 1))
            .With("limit", wrapper => wrapper.Limit, (wrapper, value) => wrapper with { Limit = value }),
        Around("Freeze", new Freeze(Any, Slots.Of()))
            .With("frozen", wrapper => wrapper.Frozen, (wrapper, value) => wrapper with { Frozen = value }),
        Around("GradientDecay", new GradientDecay(Any, 0))
            .With("strength", wrapper => wrapper.Strength, (wrapper, value) => wrapper with { Strength = value })
            .With("exempt", wrapper => wrapper.Exempt!, (wrapper, value) => wrapper with { Exempt = value }),
        Around("WeightDecay", new WeightDecay(Any, 0))
            .With("strength", wrapper => wrapper.Strength, (wrapper, value) => wrapper with { Strength = value })
            .With("exempt", wrapper => wrapper.Exempt!, (wrapper, value) => wrapper with { Exempt = value }),
        Around("MovingAverage", new MovingAverage(Any))
            .With("keep", wrapper => wrapper.Keep, (wrapper, value) => wrapper with { Keep = value }),
        Around("PerSlot", new PerSlot(Any, Slots.Of(), Any))
            .With("chosen", wrapper => wrapper.Chosen, (wrapper, value) => wrapper with { Chosen = value })
            .With("other", wrapper => wrapper.Other, (wrapper, value) => wrapper with { Other = value }),
        Around("ReduceOnPlateau", new ReduceOnPlateau(Any))
            .With("factor", wrapper => wrapper.Factor, (wrapper, value) => wrapper with { Factor = value })
            .With("patience", wrapper => wrapper.Patience, (wrapper, value) => wrapper with { Patience = value })
            .With("threshold", wrapper => wrapper.Threshold, (wrapper, value) => wrapper with { Threshold = value })
            .With("isRelative", wrapper => wrapper.IsRelative, (wrapper, value) => wrapper with { IsRelative = value })
            .With("keepsEveryBest", wrapper => wrapper.KeepsEveryBest, (wrapper, value) => wrapper with { KeepsEveryBest = value })
            .With("cooldown", wrapper => wrapper.Cooldown, (wrapper, value) => wrapper with { Cooldown = value })
            .With("leastRate", wrapper => wrapper.MinRate, (wrapper, value) => wrapper with { MinRate = value })
            .With("metric", wrapper => wrapper.Metric, (wrapper, value) => wrapper with { Metric = value })
            .With("progress", wrapper => wrapper.Progress, (wrapper, value) => wrapper with { Progress = value }),
        Around("ScaleRate", new ScaleRate(Any, 1))
            .With("factor", wrapper => wrapper.Factor, (wrapper, value) => wrapper with { Factor = value }),
        Term.Record("PlateauProgress", new PlateauProgress())
            .With("scale", progress => progress.Scale, (progress, value) => progress with { Scale = value })
            .With("best", progress => progress.Best, (progress, value) => progress with { Best = value })
            .With("stale", progress => progress.Stale, (progress, value) => progress with { Stale = value })
            .With("cooling", progress => progress.Cooling, (progress, value) => progress with { Cooling = value }),
    ];

    private static Term<TWrapper> Around<TWrapper>(string name, TWrapper blank)
        where TWrapper : Wrapper =>
            Term.Record(name, blank).With("inner", wrapper => wrapper.Inner, (wrapper, value) => wrapper with { Inner = value });
}
