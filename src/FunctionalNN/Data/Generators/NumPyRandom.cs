namespace FunctionalNN;

/// <summary>
/// NumPy's legacy generator, RandomState: MT19937 (Matsumoto and Nishimura, 1998) started by init_genrand.
/// uniform = ((a ≫ 5)·2²⁶ + (b ≫ 6)) / 2⁵³ of two words a, b; normal = Marsaglia's polar method, which makes two and keeps one.
/// It changes with every number it gives, so it lives only inside pure functions: outside, randomness is a <see cref="Key"/>.
/// </summary>
/// <param name="seed">As in numpy.random.seed; a negative number stands for 2³² + seed.</param>
internal sealed class NumPyRandom(int seed)
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] state = Start(unchecked((uint)seed));
    private int position = Size;
    private double? kept;

    /// <summary>A number from the uniform distribution on [0, 1): random_sample.</summary>
    public double Uniform()
    {
        var high = Word() >> 5;
        var low = Word() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>A number from the normal distribution of mean 0 and variance 1: randn.</summary>
    public double Normal()
    {
        if (kept is { } second)
        {
            kept = null;
            return second;
        }

        double x1, x2, square;
        do
        {
            x1 = (2 * Uniform()) - 1;
            x2 = (2 * Uniform()) - 1;
            square = (x1 * x1) + (x2 * x2);
        }
        while (square is >= 1 or 0);

        // NumPy gives the second coordinate first: an order that every seeded result depends on.
        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        kept = factor * x1;
        return factor * x2;
    }

    private static uint[] Start(uint seed)
    {
        var state = new uint[Size];
        state[0] = seed;
        for (var i = 1; i < Size; i++)
        {
            state[i] = unchecked((1812433253 * (state[i - 1] ^ (state[i - 1] >> 30))) + (uint)i);
        }

        return state;
    }

    private uint Word()
    {
        if (position == Size)
        {
            Twist();
            position = 0;
        }

        var y = state[position++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (state[i] & 0x80000000) | (state[(i + 1) % Size] & 0x7FFFFFFF);
            state[i] = state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }
    }
}
