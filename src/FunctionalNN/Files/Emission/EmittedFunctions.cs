using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// The scalar functions of emitted code: what <see cref="Exponential"/>, <see cref="NearZero"/> and <see cref="NormalDistribution"/> compute in
/// each lane, operation by operation in the same order, so that the bits are the same.
/// </summary>
internal static class EmittedFunctions<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly bool IsSingle = typeof(T) == typeof(float);

    /// <summary>Each function by name, with those that it calls.</summary>
    public static string SourceOf(string name) => name switch
    {
        "Exp" => Exp,
        "ExpMinusOne" => ExpMinusOne,
        "Log" => Log,
        "LogOnePlus" => LogOnePlus,
        "Logistic" => Logistic,
        "Cumulative" => Cumulative,
        "HyperbolicTangent" => HyperbolicTangent,
        "GeluByTanh" => GeluByTanh,
        "Ramp" => Ramp,
        "AcrossLanes" => AcrossLanes,
        _ => throw new ArgumentException($"there is no function {name} to emit"),
    };

    /// <summary>A function and all that it calls.</summary>
    public static IEnumerable<string> With(string name) => name switch
    {
        "LogOnePlus" => ["Log", name],
        "Logistic" or "Cumulative" => ["Exp", name],
        "HyperbolicTangent" => ["ExpMinusOne", name],
        "GeluByTanh" => ["Exp", "Logistic", name],
        _ => [name],
    };

    private static string Type => EmittedNumber.TypeOf<T>();

    private static string Whole => IsSingle ? "int" : "long";

    private static string FromBits => IsSingle ? "BitConverter.Int32BitsToSingle" : "BitConverter.Int64BitsToDouble";

    private static string ToBits => IsSingle ? "BitConverter.SingleToInt32Bits" : "BitConverter.DoubleToInt64Bits";

    private static int MantissaBits => IsSingle ? 23 : 52;

    private static string C(double value) => EmittedNumber.Rounded<T>(value);

    private static string Fused(string a, string b, double c) => $"{Type}.FusedMultiplyAdd({a}, {b}, {C(c)})";

    /// <summary>The chain series = series·variable + next coefficient.</summary>
    private static string Horner(string variable, params IEnumerable<double> coefficients) =>
        string.Join("\n", coefficients.Select((c, i) => i == 0 ? $"        var series = {C(c)};" : $"        series = {Fused("series", variable, c)};"));

    private static string Reduction => $$"""
                var shifted = {{Fused("x", C(1.4426950408889634), IsSingle ? 12582912.0 : 6755399441055744.0)}};
                var n = shifted - {{C(IsSingle ? 12582912.0 : 6755399441055744.0)}};
                var r = {{Type}}.FusedMultiplyAdd(n, {{C(IsSingle ? -0.693359375 : -0.693147180369123816490)}}, x);
                r = {{Type}}.FusedMultiplyAdd(n, {{C(IsSingle ? 2.12194440e-4 : -1.90821492927058770002e-10)}}, r);
        """;

    private static double[] Long => [1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320];

    private static double[] Short => [1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5];

    private static string Exp => $$"""
            /// <summary>e to the power of x.</summary>
            private static {{Type}} Exp({{Type}} x)
            {
        {{Reduction}}
        {{Horner("r", IsSingle ? [1.0 / 5040, .. Short, 1, 1] : [1.0 / 6227020800, .. Long, 1.0 / 5040, .. Short, 1, 1])}}
                var power = {{FromBits}}(unchecked(({{ToBits}}(shifted) << {{MantissaBits}}) + ({{(IsSingle ? "126" : "1022L")}} << {{MantissaBits}})));
                var result = (series + series) * power;
                result = x < {{C(IsSingle ? -86.98 : -708.0)}} ? {{C(0)}} : result;
                return x > {{C(IsSingle ? 88.722839 : 709.782712893384)}} ? {{Type}}.PositiveInfinity : result;
            }
        """;

    private static string ExpMinusOne => $$"""
            /// <summary>e to the power of x, less 1, with all digits near 0.</summary>
            private static {{Type}} ExpMinusOne({{Type}} x)
            {
                x = x < {{C(IsSingle ? -87 : -708)}} ? {{C(IsSingle ? -87 : -708)}} : x;
                x = x > {{C(IsSingle ? 88 : 709)}} ? {{C(IsSingle ? 88 : 709)}} : x;
        {{Reduction}}
        {{Horner("r", IsSingle ? [1.0 / 40320, 1.0 / 5040, .. Short] : [1.0 / 6227020800, .. Long, 1.0 / 5040, .. Short])}}
                var small = {{Type}}.FusedMultiplyAdd(series * r, r, r);
                var power = {{FromBits}}(unchecked(({{ToBits}}(shifted) << {{MantissaBits}}) + ({{(IsSingle ? "127" : "1023L")}} << {{MantissaBits}})));
                return {{Type}}.FusedMultiplyAdd(power, small, power - {{C(1)}});
            }
        """;

    private static string Log => $$"""
            /// <summary>The natural logarithm.</summary>
            private static {{Type}} Log({{Type}} x)
            {
                var normal = x < {{C(IsSingle ? 1.17549435e-38 : 2.2250738585072014e-308)}} ? {{C(IsSingle ? 1.17549435e-38 : 2.2250738585072014e-308)}} : x;
                {{Whole}} bits = {{ToBits}}(normal);
                {{Whole}} exponent = unchecked(bits - {{(IsSingle ? "0x3F3504F3" : "0x3FE6A09E667F3BCDL")}}) >> {{MantissaBits}};
                var mantissa = {{FromBits}}(unchecked(bits - (exponent << {{MantissaBits}})));
                var f = (mantissa - {{C(1)}}) / (mantissa + {{C(1)}});
                var f2 = f * f;
        {{Horner("f2", IsSingle ? [1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1] : [1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1])}}
                var result = {{Type}}.FusedMultiplyAdd(({{Type}})exponent, {{C(0.6931471805599453)}}, (f + f) * series);
                result = x == {{Type}}.PositiveInfinity ? x : result;
                result = x == {{C(0)}} ? {{Type}}.NegativeInfinity : result;
                return x >= {{C(0)}} ? result : {{Type}}.NaN;
            }
        """;

    private static string LogOnePlus => $$"""
            /// <summary>The natural logarithm of 1 + x, with all digits near 0.</summary>
            private static {{Type}} LogOnePlus({{Type}} x)
            {
                var w = {{C(1)}} + x;
                return Log(w) + ((x - (w - {{C(1)}})) / w);
            }
        """;

    private static string Logistic => $$"""
            /// <summary>1 / (1 + e to the power of −x).</summary>
            private static {{Type}} Logistic({{Type}} x)
            {
                var small = Exp(-{{Type}}.Abs(x));
                return (x < {{C(0)}} ? small : {{C(1)}}) / ({{C(1)}} + small);
            }
        """;

    private static string Cumulative => $$"""
            /// <summary>The integral of the normal density up to x.</summary>
            private static {{Type}} Cumulative({{Type}} x)
            {
                var z = {{Type}}.Abs(x) * {{C(0.7071067811865476)}};
                z = z > {{C(100)}} ? {{C(100)}} : z;
                var t = (z - {{C(IsSingle ? 2 : 4)}}) / (z + {{C(IsSingle ? 2 : 4)}});
        {{Horner("t", Array.Empty<double>())}}
                var half = {{Type}}.Abs(x) * {{C(0.5)}};
                half = half > {{C(100)}} ? {{C(100)}} : half;
                var full = half + half;
                var square = half * full;
                var lost = {{Type}}.FusedMultiplyAdd(half, full, -square);
                var tail = {{C(0.5)}} * Exp(-square) * ({{C(1)}} - lost) * series / {{Type}}.FusedMultiplyAdd({{C(2)}}, z, {{C(1)}});
                return x > {{C(0)}} ? {{C(1)}} - tail : tail;
            }
        """;

    private static string HyperbolicTangent => $$"""
            /// <summary>tanh x.</summary>
            private static {{Type}} HyperbolicTangent({{Type}} x)
            {
                var e = ExpMinusOne({{C(-2)}} * {{Type}}.Abs(x));
                var magnitude = -e / ({{C(2)}} + e);
                return x < {{C(0)}} ? -magnitude : magnitude;
            }
        """;

    private static string GeluByTanh => $$"""
            /// <summary>The Gaussian error linear unit in its tanh form.</summary>
            private static {{Type}} GeluByTanh({{Type}} x)
            {
                var z = x > {{C(30)}} ? {{C(30)}} : x;
                z = z < {{C(-30)}} ? {{C(-30)}} : z;
                var square = z * z;
                var u = {{C(Gelu.RootTwoOverPi)}} * z * {{Fused(C(Gelu.Cubic), "square", 1)}};
                return x * Logistic(u + u);
            }
        """;

    private static string Ramp => $$"""
            /// <summary>A sigmoid of straight lines.</summary>
            private static {{Type}} Ramp({{Type}} slope, {{Type}} x)
            {
                var y = {{Fused("slope", "x", 0.5)}};
                y = y < {{C(0)}} ? {{C(0)}} : y;
                return y > {{C(1)}} ? {{C(1)}} : y;
            }
        """;

    /// <summary>Sums run in as many chains as 512 bits have lanes.</summary>
    private static string AcrossLanes => $$"""
            /// <summary>The sum of all chains, put together in halves.</summary>
            private static {{Type}} AcrossLanes(Span<{{Type}}> chains)
            {
                for (var half = chains.Length / 2; half >= {{(IsSingle ? 4 : 2)}}; half /= 2)
                {
                    for (var i = 0; i < half; i++)
                    {
                        chains[i] += chains[i + half];
                    }
                }

                return {{(IsSingle ? "chains[0] + chains[1] + (chains[2] + chains[3])" : "chains[0] + chains[1]")}};
            }
        """;
}
