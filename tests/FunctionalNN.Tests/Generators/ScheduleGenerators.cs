using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>Every kind of schedule. A new kind needs an entry in <see cref="Table"/>, or a law fails that names it.</summary>
public static class ScheduleGenerators
{
    public static readonly ImmutableSortedDictionary<string, Gen<LearningRateSchedule>> Table =
        new Dictionary<Type, Gen<LearningRateSchedule>>
        {
            [typeof(Constant)] = Rates.Select(rate => (LearningRateSchedule)new Constant(rate)),
            [typeof(InverseTime)] =
            from rate in Rates
            from decay in Gen.Elements(0, 1e-3, 0.5)
            select (LearningRateSchedule)new InverseTime(rate, decay),
            [typeof(StepDecay)] =
            from rate in Rates
            from every in Lengths
            select (LearningRateSchedule)new StepDecay(rate, 0.5, every),
            [typeof(PiecewiseConstant)] =
            from first in Rates
            from second in Rates
            from boundary in Lengths
            select (LearningRateSchedule)new PiecewiseConstant([boundary], [first, second]),
            [typeof(ExponentialDecay)] =
            from rate in Rates
            from over in Lengths
            select (LearningRateSchedule)new ExponentialDecay(rate, 0.9, over),
            [typeof(PolynomialDecay)] =
            from rate in Rates
            from over in Lengths
            from power in Gen.Elements(0.5, 1, 2)
            select (LearningRateSchedule)new PolynomialDecay(rate, over) { End = 1e-3, Power = power },
            [typeof(CosineDecay)] =
            from rate in Rates
            from over in Lengths
            select (LearningRateSchedule)new CosineDecay(rate, over) { End = 1e-3 },
            [typeof(CosineRestarts)] =
            from rate in Rates
            from over in Lengths
            from stretch in Gen.Elements(1, 2)
            select (LearningRateSchedule)new CosineRestarts(rate, over) { Stretch = stretch, Factor = 0.9 },
            [typeof(LinearWarmUp)] =
            from rate in Rates
            from over in Lengths
            from start in Gen.Elements(0, 0.25)
            select (LearningRateSchedule)new LinearWarmUp(rate, over) { Start = start },
            [typeof(OneCycle)] =
            from rate in Rates
            from over in Gen.Elements(4L, 10)
            from linear in Gen.Elements(true, false)
            select (LearningRateSchedule)new OneCycle(rate, over) { IsLinear = linear },
            [typeof(InverseScaling)] = Rates.Select(rate => (LearningRateSchedule)new InverseScaling(rate, 30, 8)),
            [typeof(Followed)] =
            from rate in Rates
            from updates in Lengths
            select new LinearWarmUp(rate, updates).Then(updates, new CosineDecay(rate, 10)),
            [typeof(RateProduct)] = Rates.Select(rate => new LinearWarmUp(1, 3) { Start = 0.1 }.Times(rate)),
            [typeof(PerEpoch)] =
            from rate in Rates
            from updates in Lengths
            select new StepDecay(rate, 0.5, 1).PerEpoch(updates),
        }.ToImmutableSortedDictionary(entry => entry.Key.Name, entry => entry.Value);

    public static Gen<LearningRateSchedule> Any { get; } = Gen.OneOf(Table.Values);

    private static Gen<double> Rates => Gen.Elements(0, 1e-3, 0.01, 0.1, 0.5);

    private static Gen<long> Lengths => Gen.Elements(1L, 2, 5);
}
