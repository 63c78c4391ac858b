namespace FunctionalNN;

/// <summary>
/// How a window goes over an image: the sizes on both sides of it, and what each of its positions sees. Images lie row after row, in
/// each pixel after pixel, in each channel after channel.
/// </summary>
internal readonly record struct Window
{
    /// <summary>Rows of the image.</summary>
    public required int Height { get; init; }

    /// <summary>Pixels of a row.</summary>
    public required int Width { get; init; }

    /// <summary>Channels of a pixel.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of the window.</summary>
    public required int KernelHeight { get; init; }

    /// <summary>Pixels of a row of the window.</summary>
    public required int KernelWidth { get; init; }

    /// <summary>Rows from one window to the next below.</summary>
    public required int StrideHeight { get; init; }

    /// <summary>Pixels from one window to the next on its right.</summary>
    public required int StrideWidth { get; init; }

    /// <summary>Rows from one row of the window to its next.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Pixels from one pixel of the window to its next.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>Rows above the image that the first window begins in.</summary>
    public int Top { get; init; }

    /// <summary>Pixels to the left.</summary>
    public int Left { get; init; }

    /// <summary>Windows below each other.</summary>
    public required int OutputHeight { get; init; }

    /// <summary>Windows beside each other.</summary>
    public required int OutputWidth { get; init; }

    /// <summary>Between two rows, and two pixels, of the image lie so many less one of zeros, which are not stored: 1 for an image as it
    /// is.</summary>
    public int SpreadHeight { get; init; } = 1;

    /// <inheritdoc cref="SpreadHeight"/>
    public int SpreadWidth { get; init; } = 1;

    public Window()
    {
    }

    /// <summary>The numbers of an image.</summary>
    public int Count => Height * Width * Channels;

    /// <summary>Windows of an image.</summary>
    public int Outputs => OutputHeight * OutputWidth;

    /// <summary>Pixels of a window.</summary>
    public int Pixels => KernelHeight * KernelWidth;

    /// <summary>
    /// The window whose sums over the gradient of the outputs are the gradient of the image: it sees, for each pixel of the image, the
    /// outputs that the pixel went into, with a kernel that is turned by half a turn.
    /// </summary>
    /// <param name="filters">The channels of the outputs.</param>
    public Window Back(int filters) => new()
    {
        Height = OutputHeight,
        Width = OutputWidth,
        Channels = filters,
        KernelHeight = KernelHeight,
        KernelWidth = KernelWidth,
        StrideHeight = 1,
        StrideWidth = 1,
        DilationHeight = DilationHeight,
        DilationWidth = DilationWidth,
        Top = (DilationHeight * (KernelHeight - 1)) - Top,
        Left = (DilationWidth * (KernelWidth - 1)) - Left,
        OutputHeight = Height,
        OutputWidth = Width,
        SpreadHeight = StrideHeight,
        SpreadWidth = StrideWidth,
    };
}
