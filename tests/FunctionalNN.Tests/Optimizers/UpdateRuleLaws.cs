using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>An optimizer's update in vectors is that of one number, to the last bit, moments included.</summary>
public class UpdateRuleLaws
{
    [Fact]
    public void An_optimizer_of_one_formula_updates_every_number_as_the_formula_says()
    {
        var kinds = 0;
        foreach (var optimizer in OptimizerGenerators.Table.Values.SelectMany(any => any.Sample(6, new Rnd(4, 1), 30))
            .Concat(OwnFormulas.Optimizers))
        {
            kinds += Check<Adadelta.Rule>(optimizer) || Check<Adagrad.Rule>(optimizer)
                || Check<AdamW.Rule>(optimizer is AdamW adam ? adam with { Exempt = null } : optimizer) || Check<Lion.Rule>(optimizer)
                || Check<NAdam.Rule>(optimizer) || Check<Rprop.Rule>(optimizer) || Check<Signum.Rule>(optimizer) ? 1 : 0;
        }

        Assert.Equal((6 * 6) + OwnFormulas.Optimizers.Length, kinds);
    }

    [Fact]
    public void So_do_the_rules_of_optimizers_that_have_several()
    {
        Check<Sgd.Plain>(new(0.1));
        foreach (var isNesterov in (bool[])[false, true])
        {
            Check<Sgd.Velocity>(new(0.1, 0.9, isNesterov));
            Check<Sgd.Weighted>(new(0.1, 0.9, 0.1, isNesterov));
        }

        foreach (var place in Enum.GetValues<EpsilonPlace>())
        {
            var adam = new Adam.Rule(0.9, 0.999, 1e-7, place, 0.001, 5);
            Check(adam);
            Check<Adam.GreatestRule>(new(adam));
            Check<RmsProp.Plain>(new(new RmsProp { EpsilonPlace = place }, 0.01));
            Check<RmsProp.Full>(new(new RmsProp { EpsilonPlace = place, Centered = true, Momentum = 0.5 }, 0.01));
        }

        static void Check<TRule>(TRule rule)
            where TRule : struct, IUpdateRule
        {
            CheckIn<TRule, float>(new Given<TRule>(rule), 3);
            CheckIn<TRule, double>(new Given<TRule>(rule), 3);
        }
    }

    private static bool Check<TRule>(Optimizer optimizer)
        where TRule : struct, IUpdateRule
    {
        if (optimizer is not Optimizer<TRule> one)
        {
            return false;
        }

        foreach (var step in (long[])[0, 1, 50])
        {
            CheckIn<TRule, float>(one, step);
            CheckIn<TRule, double>(one, step);
        }

        return true;
    }

    private static unsafe void CheckIn<TRule, T>(Optimizer<TRule> optimizer, long step)
        where TRule : struct, IUpdateRule
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var length in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 67])
        {
            T[][] start = [.. Enumerable.Range(0, 5).Select(i => ReadingLaws.Numbers<T>(length, (100 * i) + length))];
            Check(start);
        }

        // Second moments are squares, so nothing below 0.
        var wide = ReadingLaws.Wide<T>();
        Check([wide, [.. wide.Reverse()], wide, [.. wide.Select(T.Abs)], [.. wide.Reverse().Select(T.Abs)]]);

        void Check(T[][] start)
        {
            var length = start[0].Length;
            var layout = new Layout([("layer", new Slot("weights", 1, length))]);
            ParameterVector<T> Vector(T[] values) => new ParameterVector<T>(layout, values).Thaw();
            var parameters = Vector(start[1]);
            var moments = new Moments<T>(optimizer.MomentKind, 0, [.. start.Skip(2).Take(optimizer.MomentCount).Select(Vector)]);
            optimizer.Advance(Team.Single, step, Vector(start[0]), parameters, moments);
            var expected = start.Select(values => values.ToArray()).ToArray();
            for (var i = 0; i < length; i++)
            {
                Number<T> Moment(int index) => index < optimizer.MomentCount ? new(start[2 + index][i]) : default;
                Number<T> p = new(start[1][i]), m = Moment(0), v = Moment(1), w = Moment(2);
                optimizer.UpdateOne(optimizer.RateAt(step), step, new Number<T>(start[0][i]), ref p, ref m, ref v, ref w);
                (expected[1][i], expected[2][i], expected[3][i], expected[4][i]) = (p.Value, m.Value, v.Value, w.Value);
            }

            ReadingLaws.Same($"{optimizer}, parameter", start[0], expected[1], parameters.Values);
            for (var moment = 0; moment < optimizer.MomentCount; moment++)
            {
                ReadingLaws.Same($"{optimizer}, moment {moment}", start[0], expected[2 + moment], moments.Vectors[moment].Values);
            }
        }
    }

    /// <summary>A rule by itself.</summary>
    private sealed record Given<TRule>(TRule Rule) : Optimizer<TRule>(0.1)
        where TRule : struct, IUpdateRule
    {
        protected override TRule RuleAt(double rate, long age) => Rule;
    }
}
