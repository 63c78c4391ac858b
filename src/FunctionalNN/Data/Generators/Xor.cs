using System.Numerics;

namespace FunctionalNN;

public static partial class Generate
{
    /// <summary>
    /// The corners of the unit square, blurred by noise·N(0, 1): class 0 takes (0, 0) and (1, 1) in turn, class 1 takes (0, 1) and
    /// (1, 0). No straight line parts them. <c>Generate.Xor(samples: 2, noise: 0, seed: 0)</c> is the truth table.
    /// </summary>
    /// <param name="samples">Rows a class.</param>
    /// <param name="noise">The standard deviation of the noise; 0 for none.</param>
    /// <param name="seed">As in numpy.random.seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">Samples are below 1, or the noise is negative or not finite.</exception>
    public static DataSet<float> Xor(int samples, double noise, int seed) => Xor<float>(samples, noise, seed);

    /// <inheritdoc cref="Xor(int, double, int)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static DataSet<T> Xor<T>(int samples, double noise, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NotNegative(noise, nameof(noise));
        var random = new NumPyRandom(seed);
        return Plane(samples, 2, (label, i) => Blurred<T>(i % 2, (i % 2) ^ label, noise, random));
    }
}
