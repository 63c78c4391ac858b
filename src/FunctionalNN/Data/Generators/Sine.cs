using System.Numerics;

namespace FunctionalNN;

public static partial class Generate
{
    /// <summary>One wave to fit a curve to: x = i / samples, y = sin 2πx, for i = 0 … samples − 1.</summary>
    /// <remarks>The data of "Neural Networks from Scratch" (nnfs, <c>sine_data</c>), which prints results for 1000 samples.</remarks>
    /// <param name="samples">The number of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">Samples are below 1.</exception>
    public static DataSet<float> Sine(int samples = 1000) => Sine<float>(samples);

    /// <inheritdoc cref="Sine(int)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static DataSet<T> Sine<T>(int samples = 1000)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        AtLeastOne(samples, nameof(samples));
        var inputs = Matrix.Create(samples, 1, (i, _) => T.CreateSaturating(i / (double)samples));
        var targets = Matrix.Create(samples, 1, (i, _) => T.CreateSaturating(Math.Sin(Math.Tau * (i / (double)samples))));
        return new DataSet<T>(inputs, new RealTargets<T>(targets));
    }
}
