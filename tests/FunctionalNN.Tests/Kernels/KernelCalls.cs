using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN.Tests;

/// <summary>The one place where laws call kernels: each call takes arrays, gives an array, and makes sure that nothing else was read or
/// written.</summary>
internal static class KernelCalls
{
    public static T[] Product<T>(Team team, Guarded<T> x, Guarded<T> weights, Guarded<T>? bias, int rows, int inputs, int outputs,
        bool rectifies = false)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Written<T>(rows * outputs,
            z => FunctionalNN.Product.Forward(team, x.Span, weights.Span, bias is null ? [] : bias.Span, z.Span, rows, inputs, outputs,
                rectifies));

    /// <param name="team">The threads.</param>
    /// <param name="x">[rows × inputs].</param>
    /// <param name="dz">[rows × outputs].</param>
    /// <param name="start">What the gradient is added to, or null where it is written.</param>
    /// <param name="rows">n.</param>
    /// <param name="inputs">in.</param>
    /// <param name="outputs">out.</param>
    public static T[] WeightGradient<T>(Team team, Guarded<T> x, Guarded<T> dz, T[]? start, int rows, int inputs, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Written<T>(inputs * outputs,
            dw => FunctionalNN.Product.WeightGradient(team, x.Span, dz.Span, dw.Span, rows, inputs, outputs, start is not null), start);

    public static T[] InputGradient<T>(Team team, Guarded<T> dz, Guarded<T> weights, Guarded<T>? gate, double scale, int rows, int inputs,
        int outputs)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Written<T>(rows * inputs,
            dx => FunctionalNN.Product.InputGradient(team, dz.Span, weights.Span, dx.Span, rows, inputs, outputs,
                gate is null ? [] : gate.Span, scale));

    public static unsafe T[] Transposed<T>(Guarded<T> x, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Written<T>(rows * columns, y =>
        {
            fixed (T* source = x.Span, destination = y.Span)
            {
                if (LaneWidth.Is512)
                {
                    Transposition.Run<T, Lanes512<T>>(source, columns, destination, rows, rows, columns);
                }
                else if (LaneWidth.Is256)
                {
                    Transposition.Run<T, Lanes256<T>>(source, columns, destination, rows, rows, columns);
                }
                else
                {
                    Transposition.Run<T, Lanes128<T>>(source, columns, destination, rows, rows, columns);
                }
            }
        });

    public static T[] ColumnSums<T>(Team team, Guarded<T> x, T[]? start, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Written<T>(columns, sums => FunctionalNN.ColumnSums.Run(team, x.Span, sums.Span, rows, columns, start is not null), start);

    public static T[] Softmax<T>(Team team, Guarded<T> x, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Written<T>(rows * columns, y => SoftmaxRows.Forward(team, x.Span, y.Span, rows, columns));

    public static (T[] Losses, T[] Gradient, int Right) CrossEntropy<T>(Team team, Guarded<T> x, int[] labels, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var right = 0;
        T[] losses = [];
        var gradient =
            Written<T>(rows * columns,
                dx => losses =
                    Written<T>(rows,
                        l => right = SoftmaxRows.CrossEntropy(team, x.Span, labels, 1.0 / rows, l.Span, dx.Span, rows, columns)));
        var alone =
            Written<T>(rows,
                l => Assert.Equal(right, SoftmaxRows.CrossEntropy<T>(team, x.Span, labels, 1.0 / rows, l.Span, [], rows, columns)));
        StateBits.AssertSame<T>("losses without a gradient", losses, alone);
        return (losses, gradient, right);
    }

    public static (T[] Y, T[] Mean, T[] Variance, T[] Scale) Moments<T>(Team team, Guarded<T> x, Guarded<T> gamma, Guarded<T> beta,
        double epsilon, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] mean = [], variance = [], scale = [];
        var y = Written<T>(rows * columns, y =>
            mean = Written<T>(columns, m =>
                variance = Written<T>(columns, v =>
                    scale = Written<T>(columns,
                        s => BatchMoments.Forward(team, x.Span, gamma.Span, beta.Span, epsilon, y.Span, m.Span, v.Span, s.Span, rows,
                            columns)))));
        return (y, mean, variance, scale);
    }

    public static (T[] GammaGradient, T[] BetaGradient, T[] InputGradient) MomentsBackward<T>(Team team, Guarded<T> x, T[] mean, T[] scale,
        Guarded<T> gamma, Guarded<T> dy, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] dgamma = [], dbeta = [];
        var dx = Written<T>(rows * columns, dx =>
            dgamma = Written<T>(columns, g =>
                dbeta = Written<T>(columns,
                    b => BatchMoments.Backward(team, x.Span, mean, scale, gamma.Span, dy.Span, g.Span, b.Span, dx.Span, rows, columns))));
        var without =
            Written<T>(columns,
                g => BatchMoments.Backward(team, x.Span, mean, scale, gamma.Span, dy.Span, g.Span, new T[columns], [], rows, columns));
        StateBits.AssertSame<T>("γ's gradient without the input's", dgamma, without);
        return (dgamma, dbeta, dx);
    }

    public static T[] Mask<T>(Team team, Key key, double rate, Guarded<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Written<T>(x.Length, y => RandomMask.Apply(team, key, rate, x.Span, y.Span));

    public static T[] FromBytes<T>(byte[] bytes, T scale, T shift)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Written<T>(bytes.Length, y => ByteConversion.Scale(bytes, y.Span, scale, shift));

    public static (double Sum, T[] Gradient) Penalize<T>(Team team, Penalty penalty, Guarded<T> weights, Guarded<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = 0.0;
        var result = Written<T>(weights.Length, g =>
        {
            gradient.Span.CopyTo(g.Span);
            sum = PenaltyTerms.Apply(team, penalty, weights.Span, g.Span);
        });
        Assert.Equal(sum, PenaltyTerms.Apply<T>(team, penalty, weights.Span, []));
        return (sum, result);
    }

    public static T[] Exp<T>(params T[] x)
        where T : unmanaged, IFloatingPointIeee754<T> => Map(default(ExpFormula), x);

    public static T[] Log<T>(params T[] x)
        where T : unmanaged, IFloatingPointIeee754<T> => Map(default(LogFormula), x);

    public static T[] Sigmoid<T>(params T[] x)
        where T : unmanaged, IFloatingPointIeee754<T> => Map(default(SigmoidFormula), x);

    /// <summary>Through the loop itself: x is between walls, also when the result is written over it.</summary>
    public static T[] Map<T, TFormula>(TFormula formula, T[] x)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFormula : struct, IFormula
    {
        var source = Guard(x);
        var result = Written<T>(x.Length, y => Elementwise.Map(formula, source.Span, y.Span));
        Elementwise.Map(formula, source.Span, source.Span);
        source.AssertWallsStand();
        StateBits.AssertSame<T>("a map onto itself", result, source.Span);
        return result;
    }

    public static T[] Zip<T>(T[] x, T[] y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Guarded<T> left = Guard(x), right = Guard(y);
        return Written<T>(x.Length, z => Elementwise.Zip(default(Blend), left.Span, right.Span, z.Span));
    }

    public static int CountGreater<T>(T[] x, T[] y)
        where T : unmanaged, IFloatingPointIeee754<T> => Elementwise.Count(default(Greater<T>), Guard(x).Span, Guard(y).Span);

    public static Guarded<T> Guard<T>(T[] values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var guarded = Guarded<T>.Room(values.Length);
        values.CopyTo(guarded.Span);
        return guarded;
    }

    public static T[] Written<T>(int length, Action<Guarded<T>> kernel, T[]? start = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var room = start is null ? Guarded<T>.Room(length) : Guard(start);
        kernel(room);
        room.AssertWallsStand();
        return room.ToArray();
    }

    private readonly struct ExpFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Exp(x);
    }

    private readonly struct LogFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Log(x);
    }

    private readonly struct SigmoidFormula : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Sigmoid(x);
    }

    /// <summary>2x − y.</summary>
    private readonly struct Blend : IBinaryFormula
    {
        public S Of<S>(S x, S y)
            where S : struct, IReal<S> => x + x - y;
    }

    private readonly struct Greater<T> : IPredicate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public L Invoke<L>(L x, L y)
            where L : struct, ILanes<L, T> => L.LessThan(y, x);
    }
}
