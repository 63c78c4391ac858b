using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>The augmentations, for recipes.</summary>
internal static class AugmentationTerms
{
    public static ImmutableArray<Term> All { get; } =
    [
        Term.Record("Cutout", new Cutout(default, 0))
            .With("size", cutout => cutout.Size, (cutout, value) => cutout with { Size = value })
            .With("pixels", cutout => cutout.Pixels, (cutout, value) => cutout with { Pixels = value })
            .With("background", cutout => cutout.Background, (cutout, value) => cutout with { Background = value }),
        Term.Record("ImageSize", new ImageSize(1, 1))
            .With("height", size => size.Height, (size, value) => size with { Height = value })
            .With("width", size => size.Width, (size, value) => size with { Width = value })
            .With("channels", size => size.Channels, (size, value) => size with { Channels = value }),
        Term.Record("Padding", Padding.Valid)
            .With("isSame", padding => padding.IsSame, (padding, value) => padding with { IsSame = value })
            .With("top", padding => padding.Top, (padding, value) => padding with { Top = value })
            .With("bottom", padding => padding.Bottom, (padding, value) => padding with { Bottom = value })
            .With("left", padding => padding.Left, (padding, value) => padding with { Left = value })
            .With("right", padding => padding.Right, (padding, value) => padding with { Right = value }),
        Term.Record("RandomCrop", new RandomCrop(default, 1))
            .With("size", crop => crop.Size, (crop, value) => crop with { Size = value })
            .With("minShare", crop => crop.MinShare, (crop, value) => crop with { MinShare = value }),
        Term.Record("RandomFlip", new RandomFlip(default)).With("size", flip => flip.Size, (flip, value) => flip with { Size = value }),
        Term.Record("RandomNoise", new RandomNoise(0))
            .With("standardDeviation", noise => noise.StandardDeviation, (noise, value) => noise with { StandardDeviation = value }),
        Term.Record("RandomRotation", new RandomRotation(default, 0))
            .With("size", rotation => rotation.Size, (rotation, value) => rotation with { Size = value })
            .With("degrees", rotation => rotation.Degrees, (rotation, value) => rotation with { Degrees = value })
            .With("background", rotation => rotation.Background, (rotation, value) => rotation with { Background = value }),
        Term.Record("RandomShift", new RandomShift(default, 0))
            .With("size", shift => shift.Size, (shift, value) => shift with { Size = value })
            .With("pixels", shift => shift.Pixels, (shift, value) => shift with { Pixels = value })
            .With("background", shift => shift.Background, (shift, value) => shift with { Background = value }),
        Term.Record("RandomVerticalFlip", new RandomVerticalFlip(default))
            .With("size", flip => flip.Size, (flip, value) => flip with { Size = value }),
    ];
}
