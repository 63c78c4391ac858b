using System.Numerics;

namespace FunctionalNN;

public static partial class Generate
{
    /// <summary>
    /// Two half circles that reach into one another, with t from 0 to π: class 0 is (cos t, sin t), class 1 is
    /// (1 − cos t, 0.5 − sin t), both blurred by noise·N(0, 1).
    /// </summary>
    /// <remarks>scikit-learn's <c>make_moons((samples, samples), shuffle=False, noise=noise, random_state=seed)</c>.</remarks>
    /// <param name="samples">Rows a class.</param>
    /// <param name="noise">The standard deviation of the noise; 0 for none.</param>
    /// <param name="seed">As in numpy.random.seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">Samples are below 1, or the noise is negative or not finite.</exception>
    public static DataSet<float> Moons(int samples, double noise, int seed) => Moons<float>(samples, noise, seed);

    /// <inheritdoc cref="Moons(int, double, int)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static DataSet<T> Moons<T>(int samples, double noise, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NotNegative(noise, nameof(noise));
        var random = new NumPyRandom(seed);
        return Plane(samples, 2, (label, i) =>
        {
            var t = Linspace(0, Math.PI, samples, i);
            return label == 0
                ? Blurred<T>(Math.Cos(t), Math.Sin(t), noise, random)
                : Blurred<T>(1 - Math.Cos(t), 1 - Math.Sin(t) - 0.5, noise, random);
        });
    }
}
