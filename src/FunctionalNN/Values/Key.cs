using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A source of random numbers as a value: the same key always gives the same numbers, and numbers are addressed by position
/// instead of drawn in order, so that threads, batches and resumed runs agree to the last bit. New keys are derived by position:
/// <c>key.Fold(step).Fold(layer)</c>.
/// </summary>
/// <remarks>
/// The generator is SplitMix64 read by counter (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014);
/// derivation mixes with the constants of MurmurHash3. It is not for cryptography.
/// </remarks>
/// <param name="Value">The state: any number, 0 included.</param>
public readonly record struct Key(ulong Value)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The key of a position below this one. Keys of different positions are independent.</summary>
    public Key Fold(long position)
    {
        var z = Value ^ Mix((ulong)position + 0xD1B54A32D192ED03);
        z = (z ^ (z >> 33)) * 0xFF51AFD7ED558CCD;
        z = (z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53;
        return new Key(z ^ (z >> 33));
    }

    /// <summary>64 random bits at a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits(long index) => Mix(Value + (((ulong)index + 1) * Golden));

    /// <summary>A number from the uniform distribution on [0, 1), with 53 random bits.</summary>
    public double Uniform(long index) => (Bits(index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from the normal distribution of mean 0 and variance 1 (Box and Muller, 1958).</summary>
    public double Normal(long index)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(2 * index)));
        return radius * Math.Cos(Math.Tau * Uniform((2 * index) + 1));
    }

    /// <summary>A whole number from 0 up to, not including, a positive limit.</summary>
    public int Below(int limit, long index) => (int)Math.BigMul(Bits(index), (ulong)limit, out _);

    /// <summary>The numbers 0 … count − 1 in random order (Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = Below(i + 1, i);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
