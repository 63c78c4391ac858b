using System.Numerics;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Kernels that work column by column: a column's result is right, and does not depend on its neighbours or on threads.</summary>
[Collection(nameof(AllThreads))]
[Properties(Arbitrary = [typeof(ProductLaws.Shape)])]
public class ColumnLaws
{
    [Property(MaxTest = 200)]
    public void Transposing_moves_every_number(ProductLaws.Shape shape)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (rows, columns) = (shape.Rows, shape.Outputs);
            var x = Guarded<T>.Random(rows * columns, new Key((ulong)shape.Seed));
            var values = x.ToArray();
            var expected = Enumerable.Range(0, rows * columns).Select(i => values[(i % rows * columns) + (i / rows)]).ToArray();
            StateBits.AssertSame<T>("transposed", expected, KernelCalls.Transposed(x, rows, columns));
        }
    }

    [Property(MaxTest = 200)]
    public void Column_sums_are_sums(ProductLaws.Shape shape)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var team = Team.Lease(new Parallelism(shape.Threads));
            var (rows, columns) = (shape.Rows, shape.Outputs);
            var x = Guarded<T>.Random(rows * columns, new Key((ulong)shape.Seed));
            var (values, start) = (x.ToArray(), Guarded<T>.Random(columns, new Key((ulong)shape.Seed).Fold(1)).ToArray());
            StateBits.AssertSame<T>("sums", Sums(new T[columns]), KernelCalls.ColumnSums(team, x, null, rows, columns));
            StateBits.AssertSame<T>("sums on top", Sums(start), KernelCalls.ColumnSums(team, x, start, rows, columns));

            T[] Sums(T[] from) =>
                [.. Enumerable.Range(0, columns)
                    .Select(j => Column(values, rows, columns, j).Aggregate(from[j], (sum, value) => sum + value))];
        }
    }

    [Property(MaxTest = 200)]
    public void Batch_moments_are_mean_variance_and_their_chain_rule(ProductLaws.Shape shape)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var team = Team.Lease(new Parallelism(shape.Threads));
            var (rows, columns, key) = (shape.Rows + 2, shape.Outputs, new Key((ulong)shape.Seed));
            Guarded<T> x = Guarded<T>.Random(rows * columns, key), dy = Guarded<T>.Random(rows * columns, key.Fold(1));
            Guarded<T> gamma = Guarded<T>.Random(columns, key.Fold(2)), beta = Guarded<T>.Random(columns, key.Fold(3));
            var forward = KernelCalls.Moments(team, x, gamma, beta, 1e-2, rows, columns);
            var backward = KernelCalls.MomentsBackward(team, x, forward.Mean, forward.Scale, gamma, dy, rows, columns);
            var tolerance = Epsilon<T>() * 40 * rows;
            for (var j = 0; j < columns; j++)
            {
                var (column, slope) =
                    (Column(x.ToArray(), rows, columns, j).Select(Wide).ToArray(),
                        Column(dy.ToArray(), rows, columns, j).Select(Wide).ToArray());
                var mean = column.Average();
                var variance = column.Average(value => (value - mean) * (value - mean));
                var scale = 1 / Math.Sqrt(variance + 1e-2);
                var normal = column.Select(value => (value - mean) * scale).ToArray();
                var (dgamma, dbeta) = (normal.Zip(slope, (value, d) => value * d).Sum(), slope.Sum());
                Assert.Equal(mean, Wide(forward.Mean[j]), tolerance);
                Assert.Equal(variance, Wide(forward.Variance[j]), tolerance * (1 + variance));
                Assert.Equal(scale, Wide(forward.Scale[j]), tolerance * scale * scale);
                Assert.Equal(dbeta, Wide(backward.BetaGradient[j]), tolerance * 10);
                Assert.Equal(dgamma, Wide(backward.GammaGradient[j]), tolerance * 10 * scale);
                for (var i = 0; i < rows; i++)
                {
                    var (g, b) = (Wide(gamma.Span[j]), Wide(beta.Span[j]));
                    Assert.Equal((g * normal[i]) + b, Wide(forward.Y[(i * columns) + j]), tolerance * 10 * scale);
                    Assert.Equal(g * scale / rows * ((rows * slope[i]) - dbeta - (normal[i] * dgamma)),
                        Wide(backward.InputGradient[(i * columns) + j]), tolerance * 10 * scale * scale);
                }
            }
        }
    }

    [Property(MaxTest = 100)]
    public void Batch_moments_do_not_depend_on_threads_or_neighbours(ProductLaws.Shape shape)
    {
        using var team = Team.Lease(new Parallelism(shape.Threads));
        var (rows, columns, key) = (shape.Rows + 2, shape.Outputs, new Key((ulong)shape.Seed));
        Guarded<float> x = Guarded<float>.Random(rows * columns, key), dy = Guarded<float>.Random(rows * columns, key.Fold(1));
        Guarded<float> gamma = Guarded<float>.Random(columns, key.Fold(2)), beta = Guarded<float>.Random(columns, key.Fold(3));
        var all = KernelCalls.Moments(team, x, gamma, beta, 1e-5, rows, columns);
        var back = KernelCalls.MomentsBackward(team, x, all.Mean, all.Scale, gamma, dy, rows, columns);
        for (var j = 0; j < columns; j++)
        {
            Guarded<float> one = KernelCalls.Guard(Column(x.ToArray(), rows, columns, j)), slope =
                KernelCalls.Guard(Column(dy.ToArray(), rows, columns, j));
            Guarded<float> g = KernelCalls.Guard(gamma.Span.Slice(j, 1).ToArray()), b = KernelCalls.Guard(beta.Span.Slice(j, 1).ToArray());
            var alone = KernelCalls.Moments(Team.Single, one, g, b, 1e-5, rows, 1);
            var backAlone = KernelCalls.MomentsBackward(Team.Single, one, alone.Mean, alone.Scale, g, slope, rows, 1);
            StateBits.AssertSame<float>("y", alone.Y, Column(all.Y, rows, columns, j));
            StateBits.AssertSame<float>("variance", alone.Variance, all.Variance.AsSpan(j, 1));
            StateBits.AssertSame<float>("dx", backAlone.InputGradient, Column(back.InputGradient, rows, columns, j));
            StateBits.AssertSame<float>("dγ", backAlone.GammaGradient, back.GammaGradient.AsSpan(j, 1));
        }
    }

    internal static double Epsilon<T>() => typeof(T) == typeof(float) ? 1.2e-7 : 2.3e-16;

    internal static double Wide<T>(T value)
        where T : unmanaged, IFloatingPointIeee754<T> => double.CreateChecked(value);

    private static T[] Column<T>(T[] values, int rows, int columns, int column) =>
        [.. Enumerable.Range(0, rows).Select(row => values[(row * columns) + column])];
}
