using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>The loops behind the vocabulary read and write nothing beside what they are given, and threads change no bit.</summary>
[Collection(nameof(AllThreads))]
public class KernelBoundsTests
{
    private static readonly (int Rows, int Columns)[] Shapes =
        [(1, 1), (1, 16), (2, 3), (3, 8), (5, 17), (7, 33), (4, 70), (600, 37), (3000, 10)];

    [Fact]
    public void In_float() => Check<float>();

    [Fact]
    public void In_double() => Check<double>();

    private static void Check<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var several = Team.Lease(new Parallelism(3));
        foreach (var (rows, columns) in Shapes)
        {
            var count = rows * columns;
            Guarded<T> x = Guarded<T>.Random(count, new Key(1)), dy = Guarded<T>.Random(count, new Key(2)), row =
                Guarded<T>.Random(columns, new Key(3));
            Same("columnwise", count, (team, y) => Scale(team, row, x, y, columns));
            Same("noise", count, (team, y) => RandomNormal.Add(team, new Key(4), 0.5, x.Span, y.Span));
            Same("log-softmax", count, (team, y) => SoftTargetRows.LogSoftmax(team, x.Span, y.Span, rows, columns));
            Same("log-softmax gradient", count,
                (team, dx) => SoftTargetRows.LogSoftmaxGradient(team, x.Span, dy.Span, dx.Span, rows, columns));
            Same("soft cross-entropy", count,
                (team, dx) => SoftTargetRows.CrossEntropy(team, x.Span, dy.Span, 0.5, Guarded<T>.Room(rows).Span, dx.Span, rows, columns));
            Same("soft losses", rows,
                (team, losses) => SoftTargetRows.CrossEntropy(team, x.Span, dy.Span, 0.5, losses.Span, [], rows, columns));
            Same("row moments", count,
                (team, y) =>
                    RowMoments.Forward(team, x.Span, row.Span, row.Span, 1e-5, Guarded<T>.Room(count).Span, Guarded<T>.Room(rows).Span,
                        y.Span, rows, columns));
            Same("row scales", rows,
                (team, scale) =>
                    RowMoments.Forward(team, x.Span, row.Span, row.Span, 1e-5, Guarded<T>.Room(count).Span, scale.Span,
                        Guarded<T>.Room(count).Span, rows, columns));
            Same("row moments backward", count,
                (team, dx) =>
                    RowMoments.Backward(team, x.Span, dy.Span[..rows], row.Span, dy.Span, Guarded<T>.Room(count).Span, dx.Span, rows,
                        columns));
            Same("weighted", count,
                (team, weighted) =>
                    RowMoments.Backward(team, x.Span, dy.Span[..rows], row.Span, dy.Span, weighted.Span, [], rows, columns));
        }

        void Same(string what, int length, Action<Team, Guarded<T>> kernel)
        {
            Guarded<T> alone = Guarded<T>.Room(length), shared = Guarded<T>.Room(length);
            kernel(Team.Single, alone);
            kernel(several, shared);
            alone.AssertWallsStand();
            shared.AssertWallsStand();
            Assert.DoesNotContain(alone.ToArray(), T.IsNaN);
            StateBits.AssertSame<T>(what, alone.ToArray(), shared.ToArray());
        }
    }

    private static unsafe void Scale<T>(Team team, Guarded<T> row, Guarded<T> x, Guarded<T> y, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* factors = row.Span)
        {
            Columnwise.Map(team, new Times<T>(factors), x.Span, x.Span, y.Span, columns);
        }
    }

    private readonly unsafe struct Times<T>(T* factors) : IColumnFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public L Invoke<L>(L x, L z, int column, int lanes)
            where L : struct, ILanes<L, T> => x * L.LoadFirst(factors + column, lanes);
    }
}
