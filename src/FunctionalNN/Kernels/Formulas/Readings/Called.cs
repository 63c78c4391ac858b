using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// The reading of a formula that is too long to become one method: what takes many instructions, such as eˣ, is called instead of put in
/// place. The compiler puts in place as much as it has room for and leaves single additions as calls beyond that, which takes ten times as
/// long. The bits are the same.
/// </summary>
/// <typeparam name="S">What computes: vectors, or values and slopes of vectors.</typeparam>
/// <param name="value">The number, or numbers.</param>
internal readonly struct Called<S>(S value) : IReal<Called<S>>
    where S : struct, IReal<S>
{
    public S Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get;
    } = value;

    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => S.IsSingle;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Called<S>(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Called<S>(Setting value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> operator +(Called<S> left, Called<S> right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> operator -(Called<S> left, Called<S> right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> operator *(Called<S> left, Called<S> right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> operator /(Called<S> left, Called<S> right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> operator -(Called<S> value) => new(-value.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> MultiplyAdd(Called<S> a, Called<S> b, Called<S> c) => new(S.MultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> IfLess(Called<S> a, Called<S> b, Called<S> then, Called<S> otherwise) =>
        new(S.IfLess(a.Value, b.Value, then.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> IfLessOrEqual(Called<S> a, Called<S> b, Called<S> then, Called<S> otherwise) =>
        new(S.IfLessOrEqual(a.Value, b.Value, then.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> IfEqual(Called<S> a, Called<S> b, Called<S> then, Called<S> otherwise) =>
        new(S.IfEqual(a.Value, b.Value, then.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> PowerOfTwo(Called<S> shifted, int offset) => new(S.PowerOfTwo(shifted.Value, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Max(Called<S> x, Called<S> y) => new(S.Max(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Min(Called<S> x, Called<S> y) => new(S.Min(x.Value, y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Abs(Called<S> x) => new(S.Abs(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Sqrt(Called<S> x) => new(S.Sqrt(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Exponent(Called<S> x) => new(S.Exponent(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Mantissa(Called<S> x) => new(S.Mantissa(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Sign(Called<S> x) => new(S.Sign(x.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Exp(Called<S> x)
    {
        var argument = x.Value;
        Exp(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Log(Called<S> x)
    {
        var argument = x.Value;
        Log(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Sigmoid(Called<S> x)
    {
        var argument = x.Value;
        Sigmoid(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> ExpMinusOne(Called<S> x)
    {
        var argument = x.Value;
        ExpMinusOne(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> LogOnePlus(Called<S> x)
    {
        var argument = x.Value;
        LogOnePlus(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Tanh(Called<S> x)
    {
        var argument = x.Value;
        Tanh(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> Softplus(Called<S> x)
    {
        var argument = x.Value;
        Softplus(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> LogCosh(Called<S> x)
    {
        var argument = x.Value;
        LogCosh(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> NormalCumulative(Called<S> x)
    {
        var argument = x.Value;
        NormalCumulative(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Called<S> NormalDensity(Called<S> x)
    {
        var argument = x.Value;
        NormalDensity(in argument, out var result);
        return new(result);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Exp(in S x, out S y) => y = S.Exp(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Log(in S x, out S y) => y = S.Log(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sigmoid(in S x, out S y) => y = S.Sigmoid(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void ExpMinusOne(in S x, out S y) => y = S.ExpMinusOne(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void LogOnePlus(in S x, out S y) => y = S.LogOnePlus(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tanh(in S x, out S y) => y = S.Tanh(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Softplus(in S x, out S y) => y = S.Softplus(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void LogCosh(in S x, out S y) => y = S.LogCosh(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void NormalCumulative(in S x, out S y) => y = S.NormalCumulative(x);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void NormalDensity(in S x, out S y) => y = S.NormalDensity(x);
}
