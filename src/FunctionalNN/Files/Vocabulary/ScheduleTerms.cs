using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>The schedules.</summary>
internal static class ScheduleTerms
{
    public static ImmutableArray<Term> All { get; } =
    [
        Term.Record("Constant", new Constant(0))
            .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value }),
        Term.Record("CosineDecay", new CosineDecay(0, 1))
            .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
            .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
            .With("end", schedule => schedule.End, (schedule, value) => schedule with { End = value }),
        Term.Record("CosineRestarts", new CosineRestarts(0, 1))
            .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
            .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
            .With("end", schedule => schedule.End, (schedule, value) => schedule with { End = value })
            .With("stretch", schedule => schedule.Stretch, (schedule, value) => schedule with { Stretch = value })
            .With("factor", schedule => schedule.Factor, (schedule, value) => schedule with { Factor = value }),
        Term.Record("ExponentialDecay", new ExponentialDecay(0, 1))
            .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
            .With("factor", schedule => schedule.Factor, (schedule, value) => schedule with { Factor = value })
            .With("over", schedule => schedule.Over, (schedule, value) => schedule with { Over = value }),
        Term.Record("Followed", new Followed(0, 0, 0))
            .With("first", schedule => schedule.First, (schedule, value) => schedule with { First = value })
            .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
            .With("next", schedule => schedule.Next, (schedule, value) => schedule with { Next = value }),
        Term.Record("InverseScaling", new InverseScaling(0, 1, 1))
            .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
            .With("samples", schedule => schedule.Samples, (schedule, value) => schedule with { Samples = value })
            .With("batchSize", schedule => schedule.BatchSize, (schedule, value) => schedule with { BatchSize = value })
            .With("power", schedule => schedule.Power, (schedule, value) => schedule with { Power = value }),
        Term.Record("InverseTime", new InverseTime(0, 0))
            .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
            .With("decay", schedule => schedule.Decay, (schedule, value) => schedule with { Decay = value }),
        Term.Record("LinearWarmUp", new LinearWarmUp(0, 1))
            .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
            .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
            .With("start", schedule => schedule.Start, (schedule, value) => schedule with { Start = value }),
        Term.Record("OneCycle", new OneCycle(0, 4))
            .With("most", schedule => schedule.MaxRate, (schedule, value) => schedule with { MaxRate = value })
            .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
            .With("rising", schedule => schedule.WarmUpFraction, (schedule, value) => schedule with { WarmUpFraction = value })
            .With("rise", schedule => schedule.InitialDivisor, (schedule, value) => schedule with { InitialDivisor = value })
            .With("fall", schedule => schedule.FinalDivisor, (schedule, value) => schedule with { FinalDivisor = value })
            .With("isLinear", schedule => schedule.IsLinear, (schedule, value) => schedule with { IsLinear = value }),
        Term.Record("PerEpoch", new PerEpoch(0, 1))
            .With("schedule", schedule => schedule.Schedule, (schedule, value) => schedule with { Schedule = value })
            .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value }),
        Term.Record("PiecewiseConstant", new PiecewiseConstant([], [0]))
            .With("boundaries", schedule => schedule.Boundaries, (schedule, value) => schedule with { Boundaries = value })
            .With("rates", schedule => schedule.Rates, (schedule, value) => schedule with { Rates = value }),
        Term.Record("PolynomialDecay", new PolynomialDecay(0, 1))
            .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
            .With("updates", schedule => schedule.Updates, (schedule, value) => schedule with { Updates = value })
            .With("end", schedule => schedule.End, (schedule, value) => schedule with { End = value })
            .With("power", schedule => schedule.Power, (schedule, value) => schedule with { Power = value }),
        Term.Record("RateProduct", new RateProduct(0, 0))
            .With("first", schedule => schedule.First, (schedule, value) => schedule with { First = value })
            .With("second", schedule => schedule.Second, (schedule, value) => schedule with { Second = value }),
        Term.Record("StepDecay", new StepDecay(0, 1, 1))
            .With("rate", schedule => schedule.Rate, (schedule, value) => schedule with { Rate = value })
            .With("factor", schedule => schedule.Factor, (schedule, value) => schedule with { Factor = value })
            .With("every", schedule => schedule.Every, (schedule, value) => schedule with { Every = value }),
    ];
}
