namespace FunctionalNN;

/// <summary>
/// The numbers that NumPy's legacy generator gives after <c>numpy.random.seed(seed)</c>, to compare a run with one in Python.
/// Everything else in this library draws from a <see cref="Key"/>.
/// </summary>
public static class NumPy
{
    /// <summary>What <c>numpy.random.randn</c> gives: the normal distribution of mean 0 and variance 1.</summary>
    /// <param name="seed">As in numpy.random.seed; a negative number stands for 2³² + seed.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="skip">How many normal numbers were drawn since the seed was set.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double[] Normal(int seed, int count, int skip = 0) => Draw(seed, count, skip, random => random.Normal());

    /// <summary>What <c>numpy.random.random_sample</c> gives: the uniform distribution on [0, 1).</summary>
    /// <param name="seed">As in numpy.random.seed; a negative number stands for 2³² + seed.</param>
    /// <param name="count">How many numbers.</param>
    /// <param name="skip">How many uniform numbers were drawn since the seed was set.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double[] Uniform(int seed, int count, int skip = 0) => Draw(seed, count, skip, random => random.Uniform());

    private static double[] Draw(int seed, int count, int skip, Func<NumPyRandom, double> next)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        var random = new NumPyRandom(seed);
        for (var i = 0; i < skip; i++)
        {
            next(random);
        }

        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = next(random);
        }

        return numbers;
    }
}
