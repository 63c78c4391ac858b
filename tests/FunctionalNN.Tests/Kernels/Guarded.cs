using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>Numbers between walls of NaN: a kernel that reads past them gives NaN, one that writes past them is found out.</summary>
internal sealed class Guarded<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Wall = 64;

    private readonly T[] array;

    public Guarded(int length, T fill)
    {
        array = new T[length + (2 * Wall)];
        array.AsSpan().Fill(T.NaN);
        Length = length;
        Span.Fill(fill);
    }

    public int Length { get; }

    public Span<T> Span => array.AsSpan(Wall, Length);

    /// <summary>Numbers to read: from normal ones, with some zeros.</summary>
    public static Guarded<T> Random(int length, Key key)
    {
        var numbers = new Guarded<T>(length, T.Zero);
        for (var i = 0; i < length; i++)
        {
            numbers.Span[i] = key.Below(16, i) == 0 ? T.Zero : T.CreateTruncating((float)key.Normal(i));
        }

        return numbers;
    }

    /// <summary>Room to write to, full of NaN.</summary>
    public static Guarded<T> Room(int length) => new(length, T.NaN);

    public T[] ToArray() => Span.ToArray();

    public void AssertWallsStand() =>
        Assert.True(array.AsSpan(0, Wall).ToArray().Concat(array.AsSpan(Wall + Length).ToArray()).All(T.IsNaN),
            "something was written outside the result");
}
