using System.Numerics;

namespace FunctionalNN;

public static partial class Generate
{
    /// <summary>
    /// Upright clouds side by side, one a class: (0.1·N(0, 1) + class/3, 0.1·N(0, 1) + 0.5). They overlap a little, and straight
    /// lines part them as well as anything.
    /// </summary>
    /// <remarks>
    /// The data of "Neural Networks from Scratch" (nnfs, <c>vertical_data</c>), with the numbers after <c>nnfs.init()</c> as float and
    /// those of NumPy left as it is as double.
    /// </remarks>
    /// <param name="samples">Rows a class.</param>
    /// <param name="classes">The number of clouds.</param>
    /// <param name="seed">As in numpy.random.seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">Samples or classes are below 1.</exception>
    public static DataSet<float> Vertical(int samples, int classes, int seed) => Vertical<float>(samples, classes, seed);

    /// <inheritdoc cref="Vertical(int, int, int)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static DataSet<T> Vertical<T>(int samples, int classes, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new NumPyRandom(seed);
        var (across, up) = (Array.Empty<T>(), Array.Empty<T>());
        return Plane(samples, classes, (label, i) =>
        {
            if (i == 0)
            {
                // NumPy draws all the x of a class before its y.
                across = Cloud<T>(samples, label / 3.0, random);
                up = Cloud<T>(samples, 0.5, random);
            }

            return (across[i], up[i]);
        });
    }

    private static T[] Cloud<T>(int samples, double centre, NumPyRandom random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[samples];
        for (var i = 0; i < samples; i++)
        {
            values[i] = (T.CreateSaturating(random.Normal()) * T.CreateSaturating(0.1)) + T.CreateSaturating(centre);
        }

        return values;
    }
}
