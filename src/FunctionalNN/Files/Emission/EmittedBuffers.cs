namespace FunctionalNN;

/// <summary>Which rows of numbers emitted code keeps while it predicts: as few as can be, each as long as the longest that it ever
/// holds.</summary>
internal sealed class EmittedBuffers
{
    private readonly List<int> sizes = [];
    private readonly Stack<int> free = [];
    private readonly List<int> kept = [];

    /// <summary>The row that is not a buffer: the input, which is not written to.</summary>
    public const int Input = -1;

    /// <summary>Each buffer's length.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    public static string NameOf(int buffer) => buffer == Input ? "input" : $"row{buffer}";

    /// <summary>A buffer that nothing is in.</summary>
    public int Take(int size)
    {
        if (!free.TryPop(out var buffer))
        {
            buffer = sizes.Count;
            sizes.Add(size);
        }

        sizes[buffer] = Math.Max(sizes[buffer], size);
        return buffer;
    }

    /// <summary>Says that a buffer is not needed any more, unless someone keeps it.</summary>
    public void Free(int buffer)
    {
        if (CanWrite(buffer))
        {
            free.Push(buffer);
        }
    }

    /// <summary>Whether what a buffer holds may be overwritten.</summary>
    public bool CanWrite(int buffer) => buffer != Input && !kept.Contains(buffer);

    public void Keep(int buffer) => kept.Add(buffer);

    public void EndKeeping(int buffer) => kept.Remove(buffer);
}
