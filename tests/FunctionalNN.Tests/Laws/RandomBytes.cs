using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>Rows of random bytes, each with one of three labels.</summary>
internal static class RandomBytes
{
    public static DataSet<T> Of<T>(Random random, int rows, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var bytes = new byte[rows * width];
        random.NextBytes(bytes);
        return new DataSet<T>(new ByteRows<T>(bytes, width, 1 / 127.5, -1),
            new ClassLabels([.. Enumerable.Range(0, rows).Select(_ => random.Next(3))], 3));
    }
}
