using System.Numerics;

namespace FunctionalNN;

public static partial class Generate
{
    /// <summary>
    /// Round clouds, one a class: centres from the uniform distribution on [−10, 10) in every feature, and around each centre
    /// points of centre + spread·N(0, 1).
    /// </summary>
    /// <remarks>
    /// scikit-learn's <c>make_blobs([samples] * classes, n_features=features, cluster_std=spread, shuffle=False, random_state=seed)</c>.
    /// Two seeds give two sets of centres: for a test set take one seed and <see cref="DataSetSplit"/>.
    /// </remarks>
    /// <param name="samples">Rows a class.</param>
    /// <param name="classes">The number of clouds.</param>
    /// <param name="seed">As in numpy.random.seed.</param>
    /// <param name="features">The number of inputs.</param>
    /// <param name="spread">The standard deviation of a cloud.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1, or the spread is negative or not finite.</exception>
    public static DataSet<float> Blobs(int samples, int classes, int seed, int features = 2, double spread = 1) =>
        Blobs<float>(samples, classes, seed, features, spread);

    /// <inheritdoc cref="Blobs(int, int, int, int, double)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static DataSet<T> Blobs<T>(int samples, int classes, int seed, int features = 2, double spread = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        AtLeastOne(samples, nameof(samples));
        AtLeastOne(classes, nameof(classes));
        AtLeastOne(features, nameof(features));
        NotNegative(spread, nameof(spread));
        var random = new NumPyRandom(seed);
        var centres = new double[checked(classes * features)];
        for (var i = 0; i < centres.Length; i++)
        {
            centres[i] = -10 + (20 * random.Uniform());
        }

        var inputs = Matrix.Create(checked(samples * classes), features, (row, column) =>
            T.CreateSaturating(centres[(row / samples * features) + column] + (spread * random.Normal())));
        return new DataSet<T>(inputs, Labels(samples, classes));
    }
}
