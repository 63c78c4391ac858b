namespace FunctionalNN;

/// <summary>How a picture of one shape becomes one of another.</summary>
public enum ImageFit
{
    /// <summary>All of the picture, stretched to the height and width asked for, as Keras and PyTorch do by default.</summary>
    Stretch,

    /// <summary>The greatest part about the middle that has the shape asked for: nothing is distorted, edges are cut off.</summary>
    Crop,

    /// <summary>All of the picture, undistorted in the middle; <see cref="ImageOptions.Background"/> beside it.</summary>
    Pad,
}

/// <summary>What to do with files in a folder that are no pictures or are damaged.</summary>
public enum UnreadablePictures
{
    /// <summary>An error that names all of them.</summary>
    Refuse,

    /// <summary>They are left out; <see cref="ImageFolder.Faults"/> lists them.</summary>
    LeaveOut,
}

/// <summary>How picture files are read. The same options give a picture the same numbers in a folder and alone.</summary>
public sealed record ImageOptions
{
    /// <summary>How a picture of another shape is fitted.</summary>
    public ImageFit Fit { get; init; } = ImageFit.Stretch;

    /// <summary>The level of grey behind transparent pixels and beside padded pictures: 0 black … 255 white.</summary>
    public byte Background { get; init; } = 255;

    /// <summary>The factor of each byte: 1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</summary>
    public double Scale { get; init; } = 1 / 255.0;

    /// <summary>What is added to each scaled byte: 0 for numbers from 0 to 1, −1 for −1 to 1.</summary>
    public double Shift { get; init; }

    /// <summary>What to do with unreadable files of a folder.</summary>
    public UnreadablePictures Unreadable { get; init; } = UnreadablePictures.Refuse;

    /// <summary>The most pixels that a file may have: each takes 5 bytes or more while it is read, and a file of a few hundred bytes can
    /// claim billions.</summary>
    public int MaxPixels { get; init; } = 100_000_000;

    /// <summary>What is wrong with the options for pictures of a size; null where nothing is.</summary>
    internal string? ProblemWith(ImageSize size) =>
        size.Height < 1 || size.Width < 1 || (Int128)size.Height * size.Width * size.Channels > 1 << 26
            ? $"pictures of {size}: give a height and a width of 1 or more, and at most {1 << 26:N0} numbers a picture"
        : size.Channels is not (1 or 3)
            ? $"pictures of {size} have {size.Channels} channels: give 1 for grey or 3 for red, green and blue"
        : !double.IsFinite(Scale) || Scale == 0 || !double.IsFinite(Shift)
            ? $"the scale {Scale} and the shift {Shift} make no numbers of bytes: give finite ones, the scale not 0"
        : MaxPixels is < 1 or > 500_000_000 ? $"at most {MaxPixels:N0} pixels: give 1 to 500,000,000"
        : !Enum.IsDefined(Fit) || !Enum.IsDefined(Unreadable) ? "a value of an enum that it does not have"
        : null;
}
