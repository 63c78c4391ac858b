using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>A layer that moves a window over images: a convolution or a pooling.</summary>
public abstract record WindowLayer : ImageLayer
{
    private protected WindowLayer(int kernel) => (KernelHeight, KernelWidth) = (kernel, kernel);

    /// <summary>Rows of the window, 1 or more.</summary>
    public int KernelHeight { get; init; }

    /// <summary>Pixels of a row of the window, 1 or more.</summary>
    public int KernelWidth { get; init; }

    /// <summary>Pixels from one window to the next, 1 or more, in both directions.</summary>
    public int Stride
    {
        get => StrideHeight;
        init => (StrideHeight, StrideWidth) = (value, value);
    }

    /// <summary>Rows from one window to the next below.</summary>
    public int StrideHeight { get; init; } = 1;

    /// <summary>Pixels from one window to the next on its right.</summary>
    public int StrideWidth { get; init; } = 1;

    /// <summary>What lies around the image: <see cref="Padding.Valid"/>, nothing, by default.</summary>
    public Padding Padding { get; init; } = Padding.Valid;

    /// <summary>What is around a window, for tables: 3 × 3, stride 2, same.</summary>
    private protected string WindowText => string.Join(", ", new[]
    {
        $"{KernelHeight} × {KernelWidth}",
        StrideHeight == 1 && StrideWidth == 1 ? null : StrideHeight == StrideWidth
            ? $"stride {StrideHeight}"
            : $"stride {StrideHeight} × {StrideWidth}",
        Padding == Padding.Valid ? null : $"padding {Padding}",
    }.Where(text => text is not null));

    /// <summary>Rows and pixels from one pixel of a window to the next.</summary>
    private protected virtual (int Height, int Width) Spacing => (1, 1);

    /// <summary>Whether a last window that lies partly behind the image and its padding counts.</summary>
    private protected virtual bool RoundsUp => false;

    /// <summary>How the window goes over images of a size, or what is wrong.</summary>
    private protected Validation<Error, Window> WindowOver(ImageSize image)
    {
        var (dilationHeight, dilationWidth) = Spacing;
        var smallest = new[] { KernelHeight, KernelWidth, StrideHeight, StrideWidth, dilationHeight, dilationWidth }.Min();
        if (smallest < 1 || Math.Min(Math.Min(Padding.Top, Padding.Bottom), Math.Min(Padding.Left, Padding.Right)) < 0)
        {
            return None($"the window is {KernelHeight} × {KernelWidth}, stride {StrideHeight} × {StrideWidth}, dilation {dilationHeight} × "
                + $"{dilationWidth}, padding {Padding}: give window, stride and dilation of 1 or more, and a padding of 0 or more");
        }

        var (rows, top) = Extent(image.Height, KernelHeight, StrideHeight, dilationHeight, Padding.Top, Padding.Bottom);
        var (columns, left) = Extent(image.Width, KernelWidth, StrideWidth, dilationWidth, Padding.Left, Padding.Right);
        return rows < 1 || columns < 1
            ? None($"a window of {1 + ((long)dilationHeight * (KernelHeight - 1))} × "
                + $"{1 + ((long)dilationWidth * (KernelWidth - 1))} pixels "
                + $"does not fit into images of {image} with a padding of {Padding}: take a smaller one, or Padding.Same")
            : Validation<Error, Window>.Success(new Window
            {
                Height = image.Height,
                Width = image.Width,
                Channels = image.Channels,
                KernelHeight = KernelHeight,
                KernelWidth = KernelWidth,
                StrideHeight = StrideHeight,
                StrideWidth = StrideWidth,
                DilationHeight = dilationHeight,
                DilationWidth = dilationWidth,
                Top = top,
                Left = left,
                OutputHeight = rows,
                OutputWidth = columns,
            });
    }

    /// <summary>The window over the images of a layer that is part of a network.</summary>
    internal Window Over() => WindowOver(Size).IfFail(_ => throw new InvalidOperationException($"{Kind} does not fit its images"));

    /// <summary>Windows in one direction, and what lies before the first pixel.</summary>
    private (int Count, int Before) Extent(int size, int kernel, int stride, int dilation, int before, int after)
    {
        var reach = 1 + ((long)dilation * (kernel - 1));
        if (Padding.IsSame)
        {
            var count = (size + stride - 1) / stride;
            return (count, (int)Math.Min(int.MaxValue, Math.Max(((count - 1L) * stride) + reach - size, 0) / 2));
        }

        var room = size + (long)before + after - reach;
        if (room < 0)
        {
            return (0, before);
        }

        var whole = (room / stride) + 1;

        // A window that begins behind the image sees nothing of it.
        var up = RoundsUp && room % stride != 0 && whole * stride < size + (long)before ? whole + 1 : whole;
        return ((int)Math.Min(int.MaxValue, up), before);
    }

    private static Validation<Error, Window> None(string message) =>
        Validation<Error, Window>.Fail(LanguageExt.Seq.create(Error.New(message)));
}
