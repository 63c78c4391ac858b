using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>What vectors compute of a formula is what one number computes, to the last bit, at every length and over the whole
/// range.</summary>
public class ReadingLaws
{
    private static readonly double[] Extremes =
    [
        0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, float.MaxValue, float.MinValue, double.MaxValue,
        double.MinValue, float.Epsilon, -float.Epsilon, double.Epsilon,
        1e-42, -1e-310, 1.17549435e-38, 2.2250738585072014e-308, 88.7, 88.8, -87, 709.7, -709, 1e-8, 30, -30, 100.5, -100.5, 999, -1001,
    ];

    /// <summary>Every activation that is one formula, the library's and a user's.</summary>
    internal static Activation[] Activations { get; } =
        [.. LayerGenerators.Table.Values.SelectMany(entry => entry.Any.Sample(12, new Rnd(2, 1), 30)).OfType<Activation>()
            .Where(layer => layer is IFormula).Distinct(), .. OwnFormulas.Activations];

    internal static ElementLoss[] Losses { get; } =
        [.. LossGenerators.Table.Values.SelectMany(any => any.Sample(24, new Rnd(2, 1), 30)).Select(objective => objective.Loss)
            .OfType<ElementLoss>().Where(loss => loss is IBinaryFormula).Distinct(), .. OwnFormulas.Losses];

    [Fact]
    public void Every_activation_and_element_loss_of_the_library_is_one_formula()
    {
        Assert.Equal(
            LayerGenerators.Table.Values.Select(entry => entry.Type).Count(type => type.IsAssignableTo(typeof(Activation))),
            Activations.Select(activation => activation.GetType()).Where(type => type.Assembly == typeof(Layer).Assembly).Distinct()
                .Count());
        Assert.Equal(
            LossGenerators.Table.Values.SelectMany(any => any.Sample(4, new Rnd(2, 1), 30)).Select(objective => objective.Loss.GetType())
                .Where(type => type.IsAssignableTo(typeof(ElementLoss))).Distinct().Count(),
            Losses.Select(loss => loss.GetType()).Where(type => type.Assembly == typeof(Layer).Assembly).Distinct().Count());
    }

    [Fact]
    public void An_activations_vectors_are_one_number_at_every_length_and_at_extremes()
    {
        foreach (var activation in Activations)
        {
            Check<float>(activation);
            Check<double>(activation);
        }

        static void Check<T>(Activation activation)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (var length = 1; length <= 70; length++)
            {
                Compare(Numbers<T>(length, length));
            }

            Compare(Wide<T>());

            void Compare(T[] x)
            {
                var row = Matrix.Row(x);
                var (y, dx, _) = Probe.Layer(activation, row, row.Map(_ => T.One));
                Same($"{activation}, y", x, [.. x.Select(value => ((IFormula)activation).Of(new Number<T>(value)).Value)], y.Values);

                // A slope that is not written by hand is that of dual numbers.
                if (IsDual(activation, typeof(Activation)))
                {
                    Same($"{activation}, slope", x, [.. x.Select(value => (T.One * SlopeOf((IFormula)activation, value)))], dx.Values);
                }
            }
        }
    }

    [Fact]
    public void A_losss_vectors_are_one_number_at_every_length_and_at_extremes()
    {
        foreach (var loss in Losses)
        {
            Check<float>(loss);
            Check<double>(loss);
        }

        static void Check<T>(ElementLoss loss)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            for (var length = 1; length <= 70; length++)
            {
                Compare(Numbers<T>(length, length), Numbers<T>(length, 1000 + length));
            }

            var wide = Wide<T>();
            Compare([.. wide.SelectMany(x => wide.Select(_ => x))], [.. wide.SelectMany(_ => wide)]);

            void Compare(T[] x, T[] y)
            {
                var formula = (IBinaryFormula)loss;
                var (losses, slopes) = Terms(loss, x, y);
                Same($"{loss}, ℓ", x, [.. x.Zip(y, (a, b) => T.Zero + formula.Of(new Number<T>(a), new Number<T>(b)).Value)], losses);
                if (IsDual(loss, typeof(ElementLoss)))
                {
                    var scale = new Number<T>(T.One / T.CreateTruncating(x.Length));
                    Same($"{loss}, slope", x, [.. x.Zip(y, (a, b) => (Dual(formula, a, b) * scale).Value)], slopes);
                }
            }
        }
    }

    /// <summary>Whether nobody wrote a slope by hand.</summary>
    internal static bool IsDual(object record, Type family) =>
        record.GetType().GetMethods(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
            .Single(method => method.Name is "Differentiate" or "Slopes").DeclaringType!.IsGenericType
                && record.GetType().IsAssignableTo(family);

    internal static T SlopeOf<T>(IFormula formula, T x)
        where T : unmanaged, IFloatingPointIeee754<T> => formula.Of(new Dual<Number<T>>(new(x), 1)).Slope.Value;

    internal static Number<T> Dual<T>(IBinaryFormula formula, T x, T y)
        where T : unmanaged, IFloatingPointIeee754<T> => formula.Of(new Dual<Number<T>>(new(x), 1), new Dual<Number<T>>(new(y), 0)).Slope;

    /// <summary>ℓ and scale·ℓ′ for each number, in one row, where scale is 1 over their count.</summary>
    internal static (T[] Losses, T[] Slopes) Terms<T>(ElementLoss loss, T[] x, T[] y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (prediction, targets) =
            (Matrix.Create(x.Length, 1, (row, _) => x[row]), new RealTargets<T>(Matrix.Create(x.Length, 1, (row, _) => y[row])));
        var empty = ParameterVector<T>.Zeros(new Layout([]));
        var pass = new Pass<T>(new Heap<T>(), Team.Single, empty, 0, empty, 0, default, false);
        var (losses, slopes) = (new T[x.Length], new T[x.Length]);
        loss.Evaluate(pass, prediction, targets, losses, slopes);
        return (losses, slopes);
    }

    internal static T[] Wide<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => [.. Extremes.Select(T.CreateTruncating)];

    internal static T[] Numbers<T>(int length, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var key = new Key((ulong)seed);
        return [.. Enumerable.Range(0, length).Select(i => T.CreateTruncating(key.Normal(i) * Math.Pow(10, key.Fold(1).Below(5, i) - 2)))];
    }

    /// <summary>The same bits, where one NaN is like another.</summary>
    internal static void Same<T>(string what, T[] x, T[] expected, ReadOnlySpan<T> found)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var isSame = T.IsNaN(expected[i])
                ? T.IsNaN(found[i])
                : expected[i] == found[i] && T.IsNegative(expected[i]) == T.IsNegative(found[i]);
            Assert.True(isSame, $"{what} of {x[i]:R} ({i} of {expected.Length}) is {found[i]:R} in vectors and {expected[i]:R} alone");
        }
    }
}
