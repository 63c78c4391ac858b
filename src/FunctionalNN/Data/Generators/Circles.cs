using System.Numerics;

namespace FunctionalNN;

public static partial class Generate
{
    /// <summary>
    /// A circle around a circle, with t = 2π·i / samples: class 0 is (cos t, sin t), class 1 is factor·(cos t, sin t), both blurred
    /// by noise·N(0, 1).
    /// </summary>
    /// <remarks>scikit-learn's <c>make_circles((samples, samples), shuffle=False, noise=noise, random_state=seed,
    /// factor=factor)</c>.</remarks>
    /// <param name="samples">Rows a class.</param>
    /// <param name="noise">The standard deviation of the noise; 0 for none.</param>
    /// <param name="seed">As in numpy.random.seed.</param>
    /// <param name="factor">The radius of the inner circle, from 0 up to, not including, 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public static DataSet<float> Circles(int samples, double noise, int seed, double factor = 0.8) =>
        Circles<float>(samples, noise, seed, factor);

    /// <inheritdoc cref="Circles(int, double, int, double)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static DataSet<T> Circles<T>(int samples, double noise, int seed, double factor = 0.8)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NotNegative(noise, nameof(noise));
        if (!(factor is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), $"factor is {factor}, expected 0 or more and less than 1");
        }

        var random = new NumPyRandom(seed);
        return Plane(samples, 2, (label, i) =>
        {
            var t = i * (Math.Tau / samples);
            var radius = label == 0 ? 1 : factor;
            return Blurred<T>(Math.Cos(t) * radius, Math.Sin(t) * radius, noise, random);
        });
    }
}
