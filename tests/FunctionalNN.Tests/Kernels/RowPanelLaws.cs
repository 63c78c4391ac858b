using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>Single rows give the same bits from panels of the weights as from the weights.</summary>
[Collection(nameof(AllThreads))]
public class RowPanelLaws
{
    [Theory]
    [InlineData(700, 129)]
    [InlineData(300, 300)]
    [InlineData(130, 517)]
    [InlineData(784, 512)]
    public void Panels_equal_the_naive_loop(int inputs, int outputs)
    {
        Check<float>(inputs, outputs);
        Check<double>(inputs, outputs);
    }

    [Fact]
    public void Small_or_narrow_weights_have_none()
    {
        // Eight vectors side by side, as wide as the processor has them.
        var narrow = 8 * LaneWidth<float>.VectorCount;
        Assert.Null(RowPanels<float>.Of(Matrix.Zeros<float>(10, 300)));
        Assert.Null(RowPanels<float>.Of(Matrix.Zeros<float>(10_000, narrow)));
        Assert.NotNull(RowPanels<float>.Of(Matrix.Zeros<float>(512, 129)));
    }

    [Fact]
    public void Predictions_stay_the_same_when_the_panels_come()
    {
        var network = new Network(400, [new Dense(300), new Relu(), new Dense(300), new Tanh(), new Dense(7), new Softmax()]);
        var model = network.Initialize(1);
        const int Rows = 20;
        var inputs = Matrix.Create(Rows, 400, (row, column) => MathF.Sin(row + (0.1f * column)));
        var expected = model.Predict(inputs);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            Span<float> output = stackalloc float[7];
            var row = i % Rows;
            model.Predict(inputs.Row(row), output, new Parallelism(1 + (i % 3)));
            Assert.True(expected.Row(row).SequenceEqual(output), $"row {row} in call {i}");
        });
    }

    private static void Check<T>(int inputs, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var key = new Key(1);
        T[] x = Guarded<T>.Random(inputs, key.Fold(0)).ToArray(), w = Guarded<T>.Random(inputs * outputs, key.Fold(1))
            .ToArray(), b = Guarded<T>.Random(outputs, key.Fold(2)).ToArray();
        var bias = Guarded<T>.Random(outputs, key.Fold(2));
        var panels = RowPanels<T>.Of(Matrix.Create<T>(inputs, outputs, w))!;
        var expected = new T[outputs];
        for (var j = 0; j < outputs; j++)
        {
            for (var p = 0; p < inputs; p++)
            {
                expected[j] = T.FusedMultiplyAdd(x[p], w[(p * outputs) + j], expected[j]);
            }

            expected[j] += b[j];
        }

        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var team = Team.Lease(new Parallelism(threads));
            StateBits.AssertSame<T>("x·W + b", expected,
                KernelCalls.Written<T>(outputs, z => panels.Forward(team, x, bias.Span, z.Span, rectifies: false)));
            StateBits.AssertSame<T>("max(x·W + b, 0)", expected.Select(z => z > T.Zero ? z : T.Zero).ToArray(),
                KernelCalls.Written<T>(outputs, z => panels.Forward(team, x, bias.Span, z.Span, rectifies: true)));
        }
    }
}
