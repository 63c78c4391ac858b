namespace FunctionalNN.Tests;

/// <summary>Weights of another system's network, then damaged in names, order, shapes, element types and numbers.</summary>
internal static class InterchangeFiles
{
    private static readonly string[] Names = ["", "0.weight", "dense/kernel:0", "arr_0", "arr_99", "weights", "0", "a/b/c", "running_mean"];

    public static FuzzFile Of(NumPyArchive weights, Key key)
    {
        var arrays = weights.Arrays.Select(pair => (pair.Key, pair.Value)).ToList();
        for (var i = 0; i < key.Below(3, 0); i++)
        {
            var step = key.Fold(1 + i);
            var at = step.Below(arrays.Count, 0);
            var (name, array) = arrays[at];
            switch (step.Below(9, 1))
            {
                case 0 when arrays.Count > 1:
                    arrays.RemoveAt(at);
                    break;
                case 1:
                    arrays[at] = (Names[step.Below(Names.Length, 2)], array);
                    break;
                case 2:
                    arrays.Insert(at, ($"{name}_{step.Below(3, 2)}", array));
                    break;
                case 3:
                    arrays[at] = (name, NumPyArray.Of<float>(new float[step.Below(30, 2)]));
                    break;
                case 4:
                    arrays[at] = (name, NumPyArray.Of<long>([1, 2, 3]));
                    break;
                case 5:
                    arrays[at] = (name, NumPyArray.Of("a", "b"));
                    break;
                case 6:
                    arrays[at] = (name, NumPyArray.Of<float>([float.NaN, float.PositiveInfinity, -1, 0, 1], 5));
                    break;
                case 7:
                    arrays[at] = (name, NumPyArray.Of<double>(new double[12], 2, 1, 6));
                    break;
                default:
                    (arrays[at], arrays[0]) = (arrays[0], arrays[at]);
                    break;
            }
        }

        using var stream = new MemoryStream();
        new NumPyArchive(arrays.DistinctBy(pair => pair.Key).Where(pair => pair.Key.Length > 0)).Write(stream, key.Below(2, 1) == 0);
        return new FuzzFile(stream.ToArray(), 1 << 14);
    }
}
