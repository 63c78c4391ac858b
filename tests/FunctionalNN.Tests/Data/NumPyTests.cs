using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FunctionalNN.Tests;

/// <summary>Reference numbers by generator-references.py.</summary>
public class NumPyTests
{
    [Fact]
    public void Normal_numbers_are_NumPys()
    {
        Assert.Equal(
            [1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458, 1.8675579901499675, -0.977277879876411],
            NumPy.Normal(seed: 0, count: 6));
        Assert.Equal("0fa05ee5579afda82eaf0feddb69c6a44e81b0596cee06cec2fb2444b6d89308", Digest(NumPy.Normal(seed: 42, count: 2001)));
    }

    [Fact]
    public void Uniform_numbers_are_NumPys()
    {
        Assert.Equal([0.5488135039273248, 0.7151893663724195, 0.6027633760716439, 0.5448831829968969], NumPy.Uniform(seed: 0, count: 4));
        Assert.Equal("e452f91b765a01f05e039c1c7e515036f69c077d86f81d4239bea6c1aceace0e", Digest(NumPy.Uniform(seed: 42, count: 2001)));
    }

    [Fact]
    public void Minus_one_is_the_seed_two_to_the_32_minus_one() =>
        Assert.Equal([0.6484086742306527, 0.6693235306338161, -1.0805437227474493], NumPy.Normal(seed: -1, count: 3));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(700)]
    public void Skipped_numbers_are_those_left_out(int skip)
    {
        Assert.Equal(NumPy.Normal(3, skip + 10)[skip..], NumPy.Normal(3, 10, skip));
        Assert.Equal(NumPy.Uniform(3, skip + 10)[skip..], NumPy.Uniform(3, 10, skip));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_distribution()
    {
        var numbers = NumPy.Normal(seed: 1, count: 200_000);
        var mean = numbers.Average();
        Assert.InRange(mean, -0.01, 0.01);
        Assert.InRange(numbers.Average(x => (x - mean) * (x - mean)), 0.98, 1.02);
        Assert.All(NumPy.Uniform(seed: 1, count: 10_000), x => Assert.InRange(x, 0, 1 - 1e-16));
    }

    [Fact]
    public void A_negative_count_is_a_wrong_call()
    {
        Assert.Empty(NumPy.Normal(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumPy.Normal(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumPy.Uniform(0, 1, skip: -1));
    }

    internal static string Digest<T>(ReadOnlySpan<T> numbers)
        where T : struct => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(numbers)));

    private static string Digest(double[] numbers) => Digest<double>(numbers);
}
