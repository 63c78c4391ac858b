using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// The functions of emitted code over whole rows: what <see cref="RowProduct{T}"/>, <see cref="RowMoments"/>, <see cref="SoftmaxRows"/> and
/// <see cref="SoftTargetRows"/> compute for one row, with every sum in the same order.
/// </summary>
internal static class EmittedRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A function by name, or null where there is none of this kind.</summary>
    public static string? SourceOf(string name) => name switch
    {
        "Multiply" => Multiply,
        "Normalize" => Normalize,
        "NormalizePixels" => NormalizePixels,
        "SoftmaxOf" => SoftmaxOf,
        "LogSoftmaxOf" => LogSoftmaxOf,
        "LookUp" => LookUp,
        _ => null,
    };

    /// <summary>The function over rows that a function calls.</summary>
    public static string? Inner(string name) => name == "NormalizePixels" ? "Normalize" : null;

    /// <summary>The scalar functions that a function calls.</summary>
    public static IEnumerable<string> With(string name) => name switch
    {
        "Normalize" or "NormalizePixels" => ["AcrossLanes"],
        "SoftmaxOf" => ["Exp"],
        "LogSoftmaxOf" => ["Exp", "Log", "AcrossLanes"],
        _ => [],
    };

    private static string Type => EmittedNumber.TypeOf<T>();

    private static int Lanes => 64 / Unsafe.SizeOf<T>();

    private static string Zero => EmittedNumber.Rounded<T>(0);

    private static string One => EmittedNumber.Rounded<T>(1);

    private static string LookUp => $$"""
            /// <summary>The row of a table for the number of a category; zeros for −1 where that is taken.</summary>
            private static void LookUp({{Type}} x, string column, bool takesUnknown, ReadOnlySpan<{{Type}}> table, Span<{{Type}}> y)
            {
                var categories = table.Length / y.Length;
                if (takesUnknown && x == -1)
                {
                    y.Clear();
                    return;
                }

                if (!(x >= 0 && x < categories) || x != (int)x)
                {
                    throw new ArgumentException(FormattableString.Invariant($"{column}: found {x}, expected the number of a category, ")
                        + FormattableString.Invariant($"a whole number from {(takesUnknown ? -1 : 0)} to {categories - 1}"));
                }

                table.Slice((int)x * y.Length, y.Length).CopyTo(y);
            }
        """;

    private static string Multiply => $$"""
            /// <summary>y = x·W + b. Each sum is one chain of fused multiply-adds in the order of x, so the width of vectors changes no
            /// bit.</summary>
            private static void Multiply(
                ReadOnlySpan<{{Type}}> x, ReadOnlySpan<{{Type}}> weights, ReadOnlySpan<{{Type}}> bias, Span<{{Type}}> y)
            {
                var lanes = Vector<{{Type}}>.Count;
                var column = 0;
                for (; column <= y.Length - (4 * lanes); column += 4 * lanes)
                {
                    Vector<{{Type}}> s0 = default, s1 = default, s2 = default, s3 = default;
                    for (var i = 0; i < x.Length; i++)
                    {
                        var row = weights.Slice((i * y.Length) + column, 4 * lanes);
                        var factor = new Vector<{{Type}}>(x[i]);
                        s0 = Vector.FusedMultiplyAdd(factor, new Vector<{{Type}}>(row), s0);
                        s1 = Vector.FusedMultiplyAdd(factor, new Vector<{{Type}}>(row.Slice(lanes)), s1);
                        s2 = Vector.FusedMultiplyAdd(factor, new Vector<{{Type}}>(row.Slice(2 * lanes)), s2);
                        s3 = Vector.FusedMultiplyAdd(factor, new Vector<{{Type}}>(row.Slice(3 * lanes)), s3);
                    }

                    (s0 + new Vector<{{Type}}>(bias.Slice(column))).CopyTo(y.Slice(column));
                    (s1 + new Vector<{{Type}}>(bias.Slice(column + lanes))).CopyTo(y.Slice(column + lanes));
                    (s2 + new Vector<{{Type}}>(bias.Slice(column + (2 * lanes)))).CopyTo(y.Slice(column + (2 * lanes)));
                    (s3 + new Vector<{{Type}}>(bias.Slice(column + (3 * lanes)))).CopyTo(y.Slice(column + (3 * lanes)));
                }

                for (; column <= y.Length - lanes; column += lanes)
                {
                    Vector<{{Type}}> sum = default;
                    for (var i = 0; i < x.Length; i++)
                    {
                        sum = Vector.FusedMultiplyAdd(
                            new Vector<{{Type}}>(x[i]), new Vector<{{Type}}>(weights.Slice((i * y.Length) + column)), sum);
                    }

                    (sum + new Vector<{{Type}}>(bias.Slice(column))).CopyTo(y.Slice(column));
                }

                for (; column < y.Length; column++)
                {
                    var sum = {{Zero}};
                    for (var i = 0; i < x.Length; i++)
                    {
                        sum = {{Type}}.FusedMultiplyAdd(x[i], weights[(i * y.Length) + column], sum);
                    }

                    y[column] = sum + bias[column];
                }
            }
        """;

    private static string Normalize => $$"""
            /// <summary>y = γ·(x − mean)/√(variance + ε) + β, with the row's own mean and variance.</summary>
            private static void Normalize(
                ReadOnlySpan<{{Type}}> x, ReadOnlySpan<{{Type}}> gamma, ReadOnlySpan<{{Type}}> beta, {{Type}} epsilon, Span<{{Type}}> y)
            {
                Span<{{Type}}> chains = stackalloc {{Type}}[{{Lanes}}];
                chains.Clear();
                for (var i = 0; i < x.Length; i++)
                {
                    chains[i % {{Lanes}}] += x[i];
                }

                var mean = AcrossLanes(chains) / x.Length;
                chains.Clear();
                for (var i = 0; i < x.Length; i++)
                {
                    var d = x[i] - mean;
                    chains[i % {{Lanes}}] = {{Type}}.FusedMultiplyAdd(d, d, chains[i % {{Lanes}}]);
                }

                var scale = {{One}} / {{Type}}.Sqrt((AcrossLanes(chains) / x.Length) + epsilon);
                for (var i = 0; i < x.Length; i++)
                {
                    y[i] = {{Type}}.FusedMultiplyAdd((x[i] - mean) * scale, gamma[i], beta[i]);
                }
            }
        """;

    private static string NormalizePixels => $$"""
            /// <summary>Each pixel by the mean and variance of its channels.</summary>
            private static void NormalizePixels(
                ReadOnlySpan<{{Type}}> x, int channels, ReadOnlySpan<{{Type}}> gamma, ReadOnlySpan<{{Type}}> beta, {{Type}} epsilon,
                Span<{{Type}}> y)
            {
                for (var first = 0; first < x.Length; first += channels)
                {
                    Normalize(x.Slice(first, channels), gamma, beta, epsilon, y.Slice(first, channels));
                }
            }
        """;

    private static string SoftmaxOf => $$"""
            /// <summary>y = e^(x − max) / Σ e^(x − max).</summary>
            private static void SoftmaxOf(ReadOnlySpan<{{Type}}> x, Span<{{Type}}> y)
            {
                var greatest = x[0];
                for (var i = 1; i < x.Length; i++)
                {
                    greatest = x[i] <= greatest ? greatest : x[i];
                }

                var sum = {{Zero}};
                for (var i = 0; i < x.Length; i++)
                {
                    y[i] = Exp(x[i] - greatest);
                    sum += y[i];
                }

                var factor = {{One}} / sum;
                for (var i = 0; i < y.Length; i++)
                {
                    y[i] *= factor;
                }
            }
        """;

    private static string LogSoftmaxOf => $$"""
            /// <summary>y = (x − max) − ln Σ e^(x − max).</summary>
            private static void LogSoftmaxOf(ReadOnlySpan<{{Type}}> x, Span<{{Type}}> y)
            {
                Span<{{Type}}> chains = stackalloc {{Type}}[{{Lanes}}];
                chains.Fill({{Type}}.NegativeInfinity);
                for (var i = 0; i < x.Length; i++)
                {
                    chains[i % {{Lanes}}] = x[i] > chains[i % {{Lanes}}] ? x[i] : chains[i % {{Lanes}}];
                }

                var greatest = chains[0];
                for (var i = 1; i < {{Lanes}}; i++)
                {
                    greatest = chains[i] > greatest ? chains[i] : greatest;
                }

                chains.Clear();
                for (var i = 0; i < x.Length; i++)
                {
                    chains[i % {{Lanes}}] += Exp(x[i] - greatest);
                }

                var logarithm = Log(AcrossLanes(chains));
                for (var i = 0; i < x.Length; i++)
                {
                    y[i] = (x[i] - greatest) - logarithm;
                }
            }
        """;
}
