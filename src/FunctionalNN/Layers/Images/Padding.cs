using System.Globalization;

namespace FunctionalNN;

/// <summary>What lies around an image, so that windows at its edge are whole: zeros for a convolution, nothing for a maximum.</summary>
public sealed record Padding
{
    private Padding()
    {
    }

    /// <summary>Nothing: windows lie within the image, and the output is smaller. Output: ⌊(n − k)/stride⌋ + 1.</summary>
    public static Padding Valid { get; } = new();

    /// <summary>
    /// As much as makes the output ⌈n/stride⌉, half of it on each side; of an odd number the greater half lies below and to the right. This
    /// is Keras's "same" for every stride, and PyTorch's, which has it for stride 1 alone.
    /// </summary>
    public static Padding Same { get; } = new() { IsSame = true };

    /// <summary>Whether it is what <see cref="Same"/> says; the four numbers are then 0.</summary>
    public bool IsSame { get; internal init; }

    /// <summary>Rows above, 0 or more.</summary>
    public int Top { get; internal init; }

    /// <summary>Rows below, 0 or more.</summary>
    public int Bottom { get; internal init; }

    /// <summary>Columns on the left, 0 or more.</summary>
    public int Left { get; internal init; }

    /// <summary>Columns on the right, 0 or more.</summary>
    public int Right { get; internal init; }

    /// <summary>The same on all four sides: PyTorch's <c>padding=1</c>.</summary>
    public static Padding Of(int all) => Of(all, all, all, all);

    /// <summary>Each side by itself.</summary>
    public static Padding Of(int top, int bottom, int left, int right) => new() { Top = top, Bottom = bottom, Left = left, Right = right };

    /// <summary>valid, same, 1, or 0/1/0/1 for top, bottom, left and right.</summary>
    public override string ToString() => IsSame ? "same"
        : this == Valid ? "valid"
        : Top == Bottom && Top == Left && Top == Right ? Top.ToString(CultureInfo.InvariantCulture)
        : $"{Top}/{Bottom}/{Left}/{Right}";
}
