using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Kernels that work number by number: a number's result does not depend on its place, on the length or on threads.</summary>
[Collection(nameof(AllThreads))]
public class ElementLaws
{
    [Fact]
    public void Maps_zips_and_counts_treat_every_place_alike()
    {
        for (var length = 0; length <= 70; length++)
        {
            Check<float>(length);
            Check<double>(length);
        }

        static void Check<T>(int length)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T[] x = Guarded<T>.Random(length, new Key(1)).ToArray(), y = Guarded<T>.Random(length, new Key(2)).ToArray();
            StateBits.AssertSame<T>("map", x.SelectMany(value => KernelCalls.Sigmoid(value)).ToArray(), KernelCalls.Sigmoid(x));
            StateBits.AssertSame<T>("zip", x.Zip(y, (a, b) => a + a - b).ToArray(), KernelCalls.Zip(x, y));
            Assert.Equal(x.Zip(y).Count(pair => pair.Item1 > pair.Item2), KernelCalls.CountGreater(x, y));
        }
    }

    [Property(MaxTest = 200)]
    public void A_mask_follows_from_key_and_place_alone(int seed, byte rate, byte threads)
    {
        using var team = Team.Lease(new Parallelism(1 + (threads % 8)));
        var (key, p) = (new Key((ulong)seed), rate / 256.0);
        var length = 1 + new Key((ulong)seed).Fold(1).Below(seed % 5 == 0 ? 40_000 : 200, 0);
        var ones = new Guarded<float>(length, 1);
        var mask = KernelCalls.Mask(team, key, p, ones);
        StateBits.AssertSame<float>("threads", KernelCalls.Mask(Team.Single, key, p, ones), mask);
        Assert.All(mask, value => Assert.True(value == 0 || Math.Abs(value - (1 / (1 - p))) < 1e-6 / (1 - p)));
        Assert.Equal(mask.Select(value => value != 0),
            KernelCalls.Mask(team, key, p, new Guarded<double>(length, 1)).Select(value => value != 0));
        var shorter = new Guarded<float>(length / 2, 1);
        StateBits.AssertSame("a shorter one", mask.AsSpan(0, length / 2), KernelCalls.Mask(team, key, p, shorter));
    }

    [Property(MaxTest = 100)]
    public void Bytes_become_the_nearest_number(byte[] bytes, byte factor)
    {
        Check((factor + 1) / 255f, -0.5f);
        Check((factor + 1) / 255.0, -0.5);

        void Check<T>(T scale, T shift)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            byte[] all = [.. bytes, .. Enumerable.Range(0, 256).Select(value => (byte)value)];
            var expected = all.Select(value => T.FusedMultiplyAdd(T.CreateChecked(value), scale, shift)).ToArray();
            StateBits.AssertSame<T>("bytes", expected, KernelCalls.FromBytes(all, scale, shift));
            StateBits.AssertSame<T>("a few bytes", expected.AsSpan(0, bytes.Length), KernelCalls.FromBytes(bytes, scale, shift));
        }
    }

    [Property(MaxTest = 200)]
    public void Penalties_are_sums_and_their_gradients(int seed, byte absolute, byte squared, byte threads)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var team = Team.Lease(new Parallelism(1 + (threads % 8)));
            var key = new Key((ulong)seed);
            var length = key.Fold(1).Below(seed % 7 == 0 ? 30_000 : 300, 0);
            Guarded<T> weights = Guarded<T>.Random(length, key), gradient = Guarded<T>.Random(length, key.Fold(2));
            var penalty = new Penalty(absolute / 256.0, squared / 256.0);
            var (sum, result) = KernelCalls.Penalize(team, penalty, weights, gradient);
            var values = weights.ToArray().Select(ColumnLaws.Wide).ToArray();
            Assert.Equal(values.Sum(w => (penalty.Absolute * Math.Abs(w)) + (penalty.Squared * w * w)), sum,
                ColumnLaws.Epsilon<T>() * 300 * (1 + sum));
            for (var i = 0; i < length; i++)
            {
                var expected = ColumnLaws.Wide(gradient.Span[i]) + (penalty.Absolute * Math.Sign(values[i]))
                    + (2 * penalty.Squared * values[i]);
                Assert.Equal(expected, ColumnLaws.Wide(result[i]), ColumnLaws.Epsilon<T>() * 10);
            }

            Assert.Equal(KernelCalls.Penalize(Team.Single, penalty, weights, gradient).Sum, sum);
        }
    }

    public static TheoryData<string> Optimizers => [.. OptimizerGenerators.ElementByElement];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_update_treats_every_place_alike_and_finds_what_is_not_finite(string name)
    {
        foreach (var (optimizer, i) in OptimizerGenerators.Table[name].Sample(35, new Rnd(1, 1), 30)
            .Select((optimizer, i) => (optimizer, i)))
        {
            Check<float>(optimizer, 1 + i);
            Check<double>(optimizer, 1 + i);
        }

        static void Check<T>(Optimizer optimizer, int length)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (all, moments) =
                TwoSteps<T>(optimizer, Guarded<T>.Random(length, new Key(1)).ToArray(), Guarded<T>.Random(length, new Key(2)).ToArray());
            for (var i = 0; i < length; i++)
            {
                var (one, oneMoments) =
                    TwoSteps(optimizer, [Guarded<T>.Random(length, new Key(1)).Span[i]], [Guarded<T>.Random(length, new Key(2)).Span[i]]);
                StateBits.AssertSame<T>("parameter", one.Values, all.Values.Slice(i, 1));
                for (var moment = 0; moment < moments.Vectors.Length; moment++)
                {
                    StateBits.AssertSame("moment", oneMoments.Vectors[moment].Values, moments.Vectors[moment].Values.Slice(i, 1));
                }
            }

            if (optimizer.LearningRate.At(0) == 0)
            {
                return;
            }

            for (var i = 0; i < length; i++)
            {
                Assert.False(IsFinite(optimizer, length, i, T.NaN));
                Assert.False(IsFinite(optimizer, length, i, T.PositiveInfinity));
            }

            Assert.True(IsFinite(optimizer, length, 0, T.One));
        }
    }

    [Fact]
    public void An_update_does_not_depend_on_threads()
    {
        using var team = Team.Lease(new Parallelism(8));
        foreach (var optimizer in OptimizerGenerators.Table.Values.SelectMany(any => any.Sample(5, new Rnd(1, 1), 30)))
        {
            const int Length = 150_001;
            var gradient = Vector(Guarded<float>.Random(Length, new Key(3)).ToArray());
            var (alone, together) = (gradient.Thaw(), gradient.Thaw());
            var (momentsAlone, moments) =
                (optimizer.InitialMoments(gradient).Thaw(optimizer, gradient, 0),
                    optimizer.InitialMoments(gradient).Thaw(optimizer, gradient, 0));
            Assert.True(optimizer.Advance(Team.Single, 0, gradient.Thaw(), alone, momentsAlone));
            Assert.True(optimizer.Advance(team, 0, gradient.Thaw(), together, moments));
            StateBits.AssertSame<float>("parameters", alone.Values, together.Values);
            Assert.Equal(momentsAlone, moments);
        }
    }

    private static bool IsFinite<T>(Optimizer optimizer, int length, int position, T value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var gradient = new T[length];
        gradient[position] = value;
        var (parameters, slopes) = (Vector(new T[length]).Thaw(), Vector(gradient));
        return optimizer.Advance(Team.Single, 0, slopes, parameters, optimizer.InitialMoments(parameters).Thaw(optimizer, parameters, 0));
    }

    private static (ParameterVector<T> Parameters, Moments<T> Moments) TwoSteps<T>(Optimizer optimizer, T[] gradient, T[] parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (slope, start) = (Vector(gradient), Vector(parameters));
        var (next, moments) = optimizer.Next(0, slope, start, optimizer.InitialMoments(start));
        return optimizer.Next(1, slope, next, moments);
    }

    private static ParameterVector<T> Vector<T>(T[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => new(new Layout([("layer", new Slot("weights", 1, values.Length))]), values);
}
