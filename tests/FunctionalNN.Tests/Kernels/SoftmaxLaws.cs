using System.Numerics;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Softmax and cross-entropy against double arithmetic, and independence of rows from each other and from threads.</summary>
[Collection(nameof(AllThreads))]
[Properties(Arbitrary = [typeof(ProductLaws.Shape)])]
public class SoftmaxLaws
{
    [Property(MaxTest = 200)]
    public void Rows_are_distributions_with_the_right_losses_and_gradients(ProductLaws.Shape shape)
    {
        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var team = Team.Lease(new Parallelism(shape.Threads));
            var (rows, columns, key) = (shape.Rows, shape.Outputs + 1, new Key((ulong)shape.Seed));
            var x = Guarded<T>.Random(rows * columns, key);
            var labels = Enumerable.Range(0, rows).Select(row => key.Fold(1).Below(columns, row)).ToArray();
            var y = KernelCalls.Softmax(team, x, rows, columns);
            var (losses, gradient, right) = KernelCalls.CrossEntropy(team, x, labels, rows, columns);
            var tolerance = ColumnLaws.Epsilon<T>() * 10;
            var expectedRight = 0;
            for (var row = 0; row < rows; row++)
            {
                var logits = x.Span.Slice(row * columns, columns).ToArray().Select(ColumnLaws.Wide).ToArray();
                var greatest = logits.Max();
                var sum = logits.Sum(logit => Math.Exp(logit - greatest));
                expectedRight += Array.IndexOf(logits, greatest) == labels[row] ? 1 : 0;
                Assert.Equal(Math.Log(sum) + greatest - logits[labels[row]], ColumnLaws.Wide(losses[row]), tolerance * 10);
                for (var j = 0; j < columns; j++)
                {
                    var p = Math.Exp(logits[j] - greatest) / sum;
                    Assert.Equal(p, ColumnLaws.Wide(y[(row * columns) + j]), tolerance * (1 + (columns / 10.0)));
                    Assert.Equal((p - (j == labels[row] ? 1 : 0)) / rows, ColumnLaws.Wide(gradient[(row * columns) + j]),
                        tolerance * (1 + (columns / 10.0)));
                }
            }

            Assert.Equal(expectedRight, right);
        }
    }

    [Property(MaxTest = 200)]
    public void A_row_is_the_same_alone_and_among_others_on_any_thread(ProductLaws.Shape shape)
    {
        using var team = Team.Lease(new Parallelism(shape.Threads));
        var (rows, columns, key) = (shape.Rows, shape.Outputs + 1, new Key((ulong)shape.Seed));
        var x = Guarded<float>.Random(rows * columns, key);
        var labels = Enumerable.Range(0, rows).Select(row => key.Fold(1).Below(columns, row)).ToArray();
        var y = KernelCalls.Softmax(team, x, rows, columns);
        var (losses, _, _) = KernelCalls.CrossEntropy(team, x, labels, rows, columns);
        for (var row = 0; row < rows; row++)
        {
            var one = KernelCalls.Guard(x.Span.Slice(row * columns, columns).ToArray());
            StateBits.AssertSame<float>("row", KernelCalls.Softmax(Team.Single, one, 1, columns), y.AsSpan(row * columns, columns));
            StateBits.AssertSame<float>("loss", KernelCalls.CrossEntropy(Team.Single, one, [labels[row]], 1, columns).Losses,
                losses.AsSpan(row, 1));
        }
    }
}
