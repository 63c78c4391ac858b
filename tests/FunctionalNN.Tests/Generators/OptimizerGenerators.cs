using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Every kind of optimizer. A new kind needs an entry in <see cref="Table"/>, or a law fails that names it.</summary>
public static class OptimizerGenerators
{
    public static readonly ImmutableSortedDictionary<string, Gen<Optimizer>> Table = new Dictionary<Type, Gen<Optimizer>>
    {
        [typeof(Sgd)] =
            from rate in Rates
            from decay in Decays
            from momentum in Gen.Elements(0, 0.5, 0.9)
            from form in Gen.Elements(Enum.GetValues<MomentumForm>())
            from nesterov in Flags
            from dampening in Gen.Elements(0, 0.5)
            select (Optimizer)new Sgd(rate)
            {
                Decay = decay,
                Momentum = momentum,
                Form = form,
                Nesterov = nesterov && momentum > 0,
                Dampening = form == MomentumForm.Accumulated && !nesterov ? dampening : 0,
            },
        [typeof(Adagrad)] =
            from rate in Rates
            from decay in Decays
            from place in Places
            from initial in Gen.Elements(0, 0.1)
            select (Optimizer)new Adagrad(rate) { Decay = decay, EpsilonPlace = place, InitialAccumulator = initial },
        [typeof(RmsProp)] =
            from rate in Rates
            from rho in Gen.Elements(0, 0.9, 0.99)
            from place in Places
            from momentum in Gen.Elements(0, 0.9)
            from form in Gen.Elements(MomentumForm.Velocity, MomentumForm.Accumulated)
            from centered in Flags
            select (Optimizer)new RmsProp(rate) { Rho = rho, EpsilonPlace = place, Momentum = momentum, Form = form, Centered = centered },
        [typeof(Adadelta)] =
            from rate in Rates
            from rho in Gen.Elements(0, 0.9)
            select (Optimizer)new Adadelta(rate) { Rho = rho },
        [typeof(Adam)] =
            from rate in Rates
            from decay in Decays
            from beta1 in Betas
            from beta2 in Gen.Elements(0, 0.9, 0.999)
            from epsilon in Gen.Elements(1e-7, 1e-3)
            from place in Places
            from amsGrad in Flags
            select (Optimizer)new Adam(rate)
            {
                Decay = decay,
                Beta1 = beta1,
                Beta2 = beta2,
                Epsilon = epsilon,
                EpsilonPlace = place,
                AmsGrad = amsGrad
            },
        [typeof(AdamW)] =
            from rate in Rates
            from beta1 in Betas
            from strength in Strengths
            from exempt in Exemptions
            select (Optimizer)new AdamW(rate) { Beta1 = beta1, Strength = strength, Exempt = exempt },
        [typeof(NAdam)] =
            from rate in Rates
            from beta1 in Betas
            from decay in Gen.Elements(0, 4e-3, 1)
            select (Optimizer)new NAdam(rate) { Beta1 = beta1, MomentumDecay = decay },
        [typeof(Lion)] =
            from rate in Rates
            from beta1 in Betas
            select (Optimizer)new Lion(rate) { Beta1 = beta1 },
        [typeof(Rprop)] = Rates.Where(rate => rate.At(0) > 0).Select(rate => (Optimizer)new Rprop(rate)),
        [typeof(GraphOptimizer)] =
            from rate in Rates
            from decay in Decays
            from formula in Gen.Elements<Func<UpdateTerms, UpdateTerms>>(Descent, Signum, Squared, Thrice)
            select (Optimizer)(Optimizer.Of("own", rate, formula) with { Decay = decay }),
        [typeof(ClipByValue)] = Around((inner, limit) => inner.ClipByValue(limit), 0.01, 1, double.PositiveInfinity),
        [typeof(ClipByNorm)] = Around((inner, limit) => inner.ClipByNorm(limit), 0.01, 1, double.PositiveInfinity),
        [typeof(ClipByGlobalNorm)] = Around((inner, limit) => inner.ClipByGlobalNorm(limit), 0.01, 1, double.PositiveInfinity),
        [typeof(GradientDecay)] =
            from inner in Inner
            from strength in Strengths
            from exempt in Exemptions
            select (Optimizer)inner.DecayGradient(strength, exempt),
        [typeof(WeightDecay)] =
            from inner in Inner
            from strength in Strengths
            from exempt in Exemptions
            select (Optimizer)inner.DecayWeights(strength, exempt),
        [typeof(Accumulate)] = Around((inner, batches) => inner.Accumulate((int)batches), 1, 2, 3),
        [typeof(MovingAverage)] = Around((inner, keep) => inner.AverageWeights(keep), 0, 0.9, 0.999),
        [typeof(Freeze)] =
            from inner in Inner
            from frozen in Gen.Elements("*.bias", "*.weights", "*.gamma")
            select (Optimizer)inner.Freeze(frozen),
        [typeof(PerSlot)] =
            from inner in Inner
            from other in Inner
            from chosen in Gen.Elements("*.bias", "*.weights", "*.gamma")
            select (Optimizer)inner.For(chosen, other),
        [typeof(ScaleRate)] = Around((inner, factor) => inner.ScaleRate(factor), 0.1, 2),
        [typeof(ReduceOnPlateau)] =
            from inner in Inner
            from patience in Gen.Elements(0, 1)
            select (Optimizer)(inner.ReduceOnPlateau(0.5, patience) with { Metric = PlateauMetric.TrainingLoss, Threshold = 0.1 }),
    }.ToImmutableSortedDictionary(entry => entry.Key.Name, entry => entry.Value);

    /// <summary>Those that treat every number by itself: no norms, and no slots with rules of their own.</summary>
    public static readonly ImmutableArray<string> ElementByElement =
        [.. Table.Keys.Except([nameof(ClipByNorm), nameof(ClipByGlobalNorm), nameof(Freeze)])];

    /// <summary>What a failing case is shrunk to.</summary>
    public static Optimizer Simplest { get; } = new Sgd(0.1);

    public static Gen<Optimizer> Any { get; } = Gen.OneOf(Table.Values);

    private static UpdateTerms Descent(UpdateTerms u) => u with { Parameter = u.Parameter - (u.Rate * u.Gradient) };

    private static UpdateTerms Signum(UpdateTerms u)
    {
        var m = (0.9 * u.First) + (0.1 * u.Gradient);
        return u with { Parameter = u.Parameter - (u.Rate * Real.Sign(m)), First = m };
    }

    private static UpdateTerms Squared(UpdateTerms u)
    {
        var (m, v) = ((0.9 * u.First) + (0.1 * u.Gradient), (0.99 * u.Second) + (0.01 * u.Gradient * u.Gradient));
        return u with { Parameter = u.Parameter - (u.Rate * m / (Real.Sqrt(v) + 0.1)), First = m, Second = v };
    }

    private static UpdateTerms Thrice(UpdateTerms u)
    {
        var squared = Squared(u);
        var mean = u.Third + ((u.Parameter - u.Third) / u.Time);
        return squared with { Parameter = squared.Parameter - (u.Rate * 0.01 * (u.Parameter - mean)), Third = mean };
    }

    private static Gen<LearningRateSchedule> Rates => ScheduleGenerators.Any;

    private static Gen<double> Decays => Gen.Elements(0, 1e-3);

    private static Gen<double> Betas => Gen.Elements(0, 0.5, 0.9);

    private static Gen<double> Strengths => Gen.Elements(0, 0.01, 0.1);

    private static Gen<bool> Flags => Gen.Elements(true, false);

    private static Gen<EpsilonPlace> Places => Gen.Elements(Enum.GetValues<EpsilonPlace>());

    private static Gen<Slots?> Exemptions => Gen.Elements(null, "*.bias", Slots.BiasesAndScales);

    /// <summary>What wrappers are put around; at times a wrapper itself.</summary>
    private static Gen<Optimizer> Inner =>
        from rate in Rates
        from inner in Gen.Elements<Optimizer>(
            new Sgd(rate), new Sgd(rate) { Momentum = 0.9 }, new Adam(rate), new RmsProp(rate) { Centered = true },
            new Adam(rate).AverageWeights(0.9), new AdamW(rate).ClipByValue(0.1))
        select inner;

    private static Gen<Optimizer> Around(Func<Optimizer, double, Optimizer> wrap, params double[] settings) =>
        from inner in Inner
        from setting in Gen.Elements(settings)
        select wrap(inner, setting);
}
