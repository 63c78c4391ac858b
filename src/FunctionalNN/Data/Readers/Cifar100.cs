using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// CIFAR-100: as <see cref="Cifar10"/>, of a hundred kinds of things that belong to twenty groups.
/// </summary>
/// <remarks>A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009.</remarks>
public static class Cifar100
{
    /// <summary>The names of the hundred classes, in the order of their numbers.</summary>
    public static ImmutableArray<string> ClassNames { get; } =
        [
            "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
            "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
            "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur",
            "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard",
            "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain",
            "mouse", "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree",
            "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket",
            "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider",
            "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
            "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman", "worm",
        ];

    /// <summary>The names of the twenty groups, in the order of their numbers.</summary>
    public static ImmutableArray<string> GroupNames { get; } =
        [
            "aquatic_mammals", "fish", "flowers", "food_containers", "fruit_and_vegetables", "household_electrical_devices",
            "household_furniture",
            "insects", "large_carnivores", "large_man-made_outdoor_things", "large_natural_outdoor_scenes",
            "large_omnivores_and_herbivores",
            "medium_mammals", "non-insect_invertebrates", "people", "reptiles", "small_mammals", "trees", "vehicles_1", "vehicles_2",
        ];

    private static readonly CifarFile Fine = new(labelBytes: 2, labelByte: 1, ClassNames);

    private static readonly CifarFile Coarse = new(labelBytes: 2, labelByte: 0, GroupNames);

    /// <summary>Reads a file such as train.bin. A pixel becomes scale · byte + shift.</summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="groups">Whether the targets are the twenty groups instead of the hundred classes.</param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    /// <returns>The pictures, or an error that names file, byte, what was found and what was expected.</returns>
    public static Either<Error, DataSet<float>> Read(string path, bool groups = false, double scale = 1 / 255.0, double shift = 0) =>
        (groups ? Coarse : Fine).Read([path], scale, shift);

    /// <summary>Reads train.bin and test.bin of a folder.</summary>
    /// <param name="folder">What cifar-100-binary.tar.gz unpacks to.</param>
    /// <param name="groups">Whether the targets are the twenty groups instead of the hundred classes.</param>
    /// <param name="scale">1/255 for numbers from 0 to 1, 1/127.5 for −1 to 1.</param>
    /// <param name="shift">0 for numbers from 0 to 1, −1 for −1 to 1.</param>
    public static Either<Error, (DataSet<float> Training, DataSet<float> Test)> Load(string folder, bool groups = false,
        double scale = 1 / 255.0, double shift = 0) =>
        from train in Read(Path.Combine(folder, "train.bin"), groups, scale, shift)
        from test in Read(Path.Combine(folder, "test.bin"), groups, scale, shift)
        select (train, test);
}
