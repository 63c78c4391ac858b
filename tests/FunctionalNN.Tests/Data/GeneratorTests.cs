using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>Reference numbers by generator-references.py.</summary>
public class GeneratorTests
{
    [Theory]
    [InlineData("spiral", "ce93f1d0d63e477e04d5e149c49fa550a73cb87f5404c6e9977bf5c90a383e5e")]
    [InlineData("spiral, last seed", "a9b044fc48473894a20ea5aeb3abf2a9a005749ba2cb84851a9d0a1d5b2fc0c2")]
    [InlineData("vertical", "223606dae4955350e468b87347f0672b62dbfd4a83d771ab9321b981b6c37bfb")]
    [InlineData("sine", "e7ab3006ad8282e9146e6ad3837e4530ee5e3fdfe56a0a9f012ce6b103f5f48a")]
    [InlineData("moons", "f08f6eefe768206b43240a986d9026a1410a55c24fce0aed076456e0476862f7")]
    [InlineData("circles", "70c08f048fec7ff57ab1e406b783dd38d289cc249c94fc2b9f669ff3c19d7407")]
    [InlineData("blobs", "9da9d8b38b6626c6f529c73998c2ea5b704e9e21ba58beb6d42b1b6560ac5226")]
    public void Floats_are_Pythons_to_the_last_bit(string generator, string digest)
    {
        var data = generator switch
        {
            "spiral" => Generate.Spiral(100, 3, seed: 0),
            "spiral, last seed" => Generate.Spiral(7, 5, seed: -1),
            "vertical" => Generate.Vertical(100, 3, seed: 0),
            "moons" => Generate.Moons(100, noise: 0.1, seed: 0),
            "circles" => Generate.Circles(100, noise: 0.1, seed: 0),
            "blobs" => Generate.Blobs(100, 3, seed: 0),
            _ => Generate.Sine(),
        };
        Assert.Equal(digest, NumPyTests.Digest<float>(Columns(data)));
    }

    [Fact]
    public void Doubles_without_a_sine_are_Pythons_to_the_last_bit()
    {
        Assert.Equal("781e03cf1d8f73fb81722381b1201835ae20adc3ac70e6a8f9af95849d5ba5ba",
            NumPyTests.Digest<double>(Columns(Generate.Vertical<double>(100, 3, seed: 0))));
        Assert.Equal("045e89d92f0593774c10cd1a0427a2c479d155648db17c2b9b246f31441eb61a",
            NumPyTests.Digest<double>(Columns(Generate.Blobs<double>(100, 3, seed: 0))));
    }

    [Fact]
    public void Spiral_rows_are_nnfss_in_float_and_NumPys_in_double()
    {
        int[] rows = [1, 2, 50, 99, 150, 299];
        float[] floats =
        [
            0.002995557f, 0.009646608f, 0.01288097f, 0.015562848f, -0.5020192f, -0.055251427f,
            -0.7005848f, -0.71356916f, 0.32209808f, -0.38901007f, -0.9427888f, 0.33339068f,
        ];
        double[] doubles =
        [
            0.0029955566779434318, 0.00964660796601254, 0.012880969253666478, 0.015562848432370317, -0.5020192157161779,
            -0.05525142263764641,
            -0.7005848082402775, -0.7135691462380738, 0.3220980813838847, -0.3890100752173273, -0.9427887647158077, 0.3333906794222676,
        ];
        Assert.Equal(floats, Generate.Spiral(100, 3, seed: 0).InputsOf(rows).Values.ToArray());
        Assert.All(
            doubles.Zip(Generate.Spiral<double>(100, 3, seed: 0).InputsOf(rows).Values.ToArray()),
            pair => Assert.Equal(pair.Item1, pair.Item2, 1e-15));
    }

    /// <summary>"Neural Networks from Scratch", chapter 3: the weights are the normal numbers after the 300 of the data.</summary>
    [Fact]
    public void The_first_layer_of_chapter_3_comes_out_exactly()
    {
        var inputs = Generate.Spiral(100, 3, seed: 0).InputsOf(1, 2, 3, 4);
        var weights = NumPy.Normal(seed: 0, count: 6, skip: 300).Select(w => 0.01f * (float)w).ToArray();
        var outputs = Matrix.Create(4, 3, (row, column) =>
            (float)(((double)inputs[row, 0] * weights[column]) + ((double)inputs[row, 1] * weights[3 + column])));
        Assert.Equal(
            Matrix.Of(new[,]
            {
                { -1.0475188e-04f, 1.1395361e-04f, -4.7983500e-05f },
                { -2.7414842e-04f, 3.1729150e-04f, -8.6921798e-05f },
                { -4.2188365e-04f, 5.2666257e-04f, -5.5912682e-05f },
                { -5.7707680e-04f, 7.1401405e-04f, -8.9430439e-05f },
            }),
            outputs);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(33, 5)]
    public void Every_class_has_the_samples_asked_for_and_rows_stand_class_by_class(int samples, int classes)
    {
        (DataSet<float> Data, int Classes)[] sets =
        [
            (Generate.Spiral(samples, classes, seed: 1), classes),
            (Generate.Vertical(samples, classes, seed: 1), classes),
            (Generate.Blobs(samples, classes, seed: 1, features: 3), classes),
            (Generate.Moons(samples, noise: 0.2, seed: 1), 2),
            (Generate.Circles(samples, noise: 0.2, seed: 1), 2),
            (Generate.Xor(samples, noise: 0.2, seed: 1), 2),
        ];
        Assert.All(sets, set =>
        {
            var labels = Assert.IsType<ClassLabels>(set.Data.Targets);
            Assert.Equal(samples * set.Classes, set.Data.Count);
            Assert.Equal(set.Classes, labels.Classes);
            Assert.All(labels.Frequencies(), count => Assert.Equal(samples, count));
            Assert.Equal(labels.Values.ToArray().Order(), labels.Values.ToArray());
            Assert.All(Rows(set.Data).Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        });
    }

    [Fact]
    public void One_seed_gives_the_same_rows_and_another_seed_others()
    {
        Func<int, DataSet<double>>[] generators =
        [
            seed => Generate.Spiral<double>(20, 3, seed),
            seed => Generate.Vertical<double>(20, 3, seed),
            seed => Generate.Blobs<double>(20, 3, seed),
            seed => Generate.Moons<double>(20, 0.1, seed),
            seed => Generate.Circles<double>(20, 0.1, seed),
            seed => Generate.Xor<double>(20, 0.1, seed),
        ];
        Assert.All(generators, generator =>
        {
            Assert.Equal(Rows(generator(5)), Rows(generator(5)));
            Assert.NotEqual(Rows(generator(5)), Rows(generator(6)));
        });
    }

    [Fact]
    public void Without_noise_the_shapes_are_exact()
    {
        var moons = Rows(Generate.Moons<double>(51, noise: 0, seed: 0));
        var circles = Rows(Generate.Circles<double>(51, noise: 0, seed: 0, factor: 0.5));
        for (var row = 0; row < 51; row++)
        {
            Assert.Equal(1, Length(moons[row, 0], moons[row, 1]), 1e-15);
            Assert.Equal(1, Length(moons[row + 51, 0] - 1, moons[row + 51, 1] - 0.5), 1e-15);
            Assert.Equal(1, Length(circles[row, 0], circles[row, 1]), 1e-15);
            Assert.Equal(0.5, Length(circles[row + 51, 0], circles[row + 51, 1]), 1e-15);
        }
    }

    [Fact]
    public void Xor_of_two_samples_without_noise_is_the_truth_table()
    {
        var table = Generate.Xor(samples: 2, noise: 0, seed: 0);
        Assert.Equal([0, 0, 1, 1, 0, 1, 1, 0], Rows(table).Values.ToArray());
        Assert.Equal([0, 0, 1, 1], ((ClassLabels)table.Targets).Values.ToArray());
    }

    [Fact]
    public void Sine_is_one_wave_with_real_targets()
    {
        var wave = Generate.Sine<double>(4);
        var targets = Assert.IsType<RealTargets<double>>(wave.Targets);
        Assert.Equal([0, 0.25, 0.5, 0.75], Rows(wave).Values.ToArray());
        Assert.All(targets.Values.Values.ToArray().Zip([0, 1, 0, -1.0]), pair => Assert.Equal(pair.Item2, pair.Item1, 1e-15));
        Assert.Equal(1000, Generate.Sine().Count);
    }

    [Fact]
    public void A_wrong_argument_is_named()
    {
        Action[] calls =
        [
            () => Generate.Spiral(0, 3, 0), () => Generate.Spiral(3, 0, 0), () => Generate.Vertical(-1, 3, 0), () => Generate.Sine(0),
            () => Generate.Blobs(1, 1, 0, features: 0), () => Generate.Blobs(1, 1, 0, spread: double.NaN), () => Generate.Moons(1, -0.1, 0),
            () => Generate.Circles(1, 0, 0, factor: 1), () => Generate.Circles(1, double.PositiveInfinity, 0), () => Generate.Xor(0, 0, 0),
        ];
        Assert.All(calls,
            call => Assert.Contains("expected", Assert.Throws<ArgumentOutOfRangeException>(call).Message, StringComparison.Ordinal));
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));

    private static Matrix<T> Rows<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => data.InputsOf([.. Enumerable.Range(0, data.Count)]);

    /// <summary>The inputs and, where targets are numbers, one column of them.</summary>
    private static T[] Columns<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inputs = Rows(data);
        return data.Targets is RealTargets<T> targets
            ? [.. Enumerable.Range(0, data.Count).SelectMany(row => new[] { inputs[row, 0], targets.Values[row, 0] })]
            : inputs.Values.ToArray();
    }
}
