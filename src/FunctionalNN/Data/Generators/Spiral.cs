using System.Numerics;

namespace FunctionalNN;

public static partial class Generate
{
    /// <summary>
    /// Spiral arms that start in the middle, one a class: with r from 0 to 1 and θ from 4·class to 4·class + 4, blurred by 0.2·N(0, 1),
    /// the point is (r·sin 2.5θ, r·cos 2.5θ). A straight line cannot part them; a small network can.
    /// </summary>
    /// <remarks>
    /// The data of "Neural Networks from Scratch" (nnfs, <c>spiral_data</c>), after A. Karpathy's course notes. As float these are the
    /// numbers after <c>nnfs.init()</c>, which rounds the noise to float; as double those of NumPy left as it is.
    /// </remarks>
    /// <param name="samples">Rows a class.</param>
    /// <param name="classes">The number of arms.</param>
    /// <param name="seed">As in numpy.random.seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">Samples or classes are below 1.</exception>
    public static DataSet<float> Spiral(int samples, int classes, int seed) => Spiral<float>(samples, classes, seed);

    /// <inheritdoc cref="Spiral(int, int, int)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static DataSet<T> Spiral<T>(int samples, int classes, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new NumPyRandom(seed);
        return Plane(samples, classes, (label, i) =>
        {
            var noise = T.CreateSaturating(random.Normal()) * T.CreateSaturating(0.2);
            var radius = Linspace(0, 1, samples, i);
            var angle = (Linspace(label * 4.0, (label + 1) * 4.0, samples, i) + double.CreateSaturating(noise)) * 2.5;
            return (T.CreateSaturating(radius * Math.Sin(angle)), T.CreateSaturating(radius * Math.Cos(angle)));
        });
    }
}
