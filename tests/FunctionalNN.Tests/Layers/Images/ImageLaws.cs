using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>Layers of images are what their definitions say, and networks of them keep the laws of all networks.</summary>
[Properties(Arbitrary = [typeof(ImageCases)])]
public class ImageLaws
{
    [Property(MaxTest = 400)]
    public void A_layer_computes_its_definition(ImageCase found)
    {
        var (model, inputs) = (found.Alone.Initialize<double>(found.Seed), found.Inputs<double>());
        var output = model.Predict(inputs, new Parallelism(1 + (found.Seed % 3)));
        var single = found.Alone.Initialize<float>(found.Seed).Predict(found.Inputs<float>());
        for (var image = 0; image < found.Images; image++)
        {
            var expected = Expected(found, model, inputs.Row(image));
            Assert.Equal(expected.Length, output.Columns);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], output[image, i], 1e-11);
                Assert.Equal(expected[i], single[image, i], 1e-3);
            }
        }
    }

    /// <summary>Images that reach beyond one strip of a product, of sizes that no tile divides, for several threads.</summary>
    [Theory]
    [InlineData(29, 31, 1, 33, 3, 1, 1)]
    [InlineData(17, 23, 13, 41, 5, 1, 1)]
    [InlineData(33, 19, 7, 22, 3, 2, 1)]
    [InlineData(21, 26, 12, 12, 3, 1, 12)]
    [InlineData(15, 40, 6, 18, 3, 1, 3)]
    [InlineData(30, 14, 24, 70, 1, 1, 1)]
    public void Large_images_are_their_definition_too(int height, int width, int channels, int filters, int kernel, int stride, int groups)
    {
        var size = new ImageSize(height, width, channels);
        var layer = new Convolution(filters, kernel) { Stride = stride, Padding = Padding.Same, Groups = groups };
        var found = new ImageCase(layer, size, 5, 3);
        var (model, inputs) = (found.Alone.Initialize<double>(1), found.Inputs<double>());
        var key = new Key(9);
        var outputs = found.Alone.Outputs;
        var data = new DataSet<double>(inputs,
            new RealTargets<double>(Matrix.Create(5, outputs, (row, column) => key.Normal((row * outputs) + column))));
        var gradients = Enumerable.Range(1, 3).Select(threads =>
            model.Gradient(data.FullBatch().Epoch(default, 0)[0], new MeanSquaredError(), parallelism: new Parallelism(threads)).Gradient)
                .ToArray();
        Assert.All(gradients, gradient => Assert.Equal(gradients[0].Values.ToArray(), gradient.Values.ToArray()));
        var output = model.Predict(inputs, new Parallelism(2));
        for (var image = 0; image < 5; image++)
        {
            var expected = Expected(found, model, inputs.Row(image));
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], output[image, i], 1e-10);
            }
        }

        var report = GradientCheck.Of(found.Alone, new MeanSquaredError(), data, seed: 1, maxPositions: 40);
        Assert.True(report.IsCorrect, $"{report}");
    }

    [Property(MaxTest = 150)]
    public void Gradients_are_those_of_differences(ImageCase found)
    {
        var targets = found.Alone.Outputs;
        var key = new Key((ulong)found.Seed).Fold(7);
        var data = new DataSet<double>(found.Inputs<double>(),
            new RealTargets<double>(Matrix.Create(found.Images, targets, (row, column) => key.Normal((row * targets) + column))));
        var report = GradientCheck.Of(found.Alone, new MeanSquaredError(), data, seed: found.Seed, maxPositions: 60);
        Assert.True(report.IsCorrect, $"{report}");
    }

    [Property(MaxTest = 60)]
    public void Gradients_of_networks_are_those_of_differences(ImageRun run)
    {
        var report =
            GradientCheck.Of(run.Network, new CategoricalCrossEntropy(), run.Data<double>().Take(6), seed: run.Seed, maxPositions: 30);
        Assert.True(report.IsCorrect, $"{report}");
    }

    [Property(MaxTest = 100)]
    public void A_run_is_the_fold_of_steps_for_any_number_of_threads(ImageRun run)
    {
        var (start, loss) = (run.Start<float>(), new CategoricalCrossEntropy());
        var batches = run.Data<float>().Shuffled(run.BatchSize).Epoch(start.Key, 0);
        var folded = batches.Aggregate(start, Train.Step<float>(loss));
        foreach (var threads in new[] { 1, 2, 3 })
        {
            StateBits.AssertSame(folded, start.Run(batches, loss, new Parallelism(threads)));
        }
    }

    [Property(MaxTest = 60)]
    public void A_state_goes_on_from_its_file_to_the_same_bits(ImageRun run)
    {
        using var stream = new TemporaryFile();
        var (start, loss, batches) = (run.Start<float>(), new CategoricalCrossEntropy(), run.Data<float>().Shuffled(run.BatchSize));
        var states = start.Epochs(batches, loss).Take(3).ToArray();
        states[0].Save(stream.Path).OrThrow();
        var loaded = TrainingState.Load<float>(stream.Path).OrThrow();
        Assert.Equal(run.Network, loaded.Model.Network);
        if (states.Length == 3 && states[2].Divergence.IsNone)
        {
            StateBits.AssertSame(states[2], loaded.Epochs(batches, loss).Take(2).Last());
        }
    }

    [Property(MaxTest = 60)]
    public void An_image_s_output_does_not_depend_on_the_images_beside_it(ImageRun run)
    {
        var (model, data) = (run.Start<float>().Model, run.Data<float>());
        var all = model.Predict(data.InputsOf([.. Enumerable.Range(0, data.Count)]), new Parallelism(2));
        for (var row = 0; row < Math.Min(5, data.Count); row++)
        {
            Assert.Equal(all.Row(row).ToArray(), model.Predict(data.InputsOf(row)).Values.ToArray());
        }
    }

    private static double[] Expected(ImageCase found, Model<double> model, ReadOnlySpan<double> x)
    {
        var size = found.Size;
        var image = x.ToArray();
        double At(int row, int column, int channel) => image[(((row * size.Width) + column) * size.Channels) + channel];
        return found.Layer switch
        {
            Convolution layer => NaiveImages.Convolve(layer, size, x, model.Parameters["convolution1", "weights"],
                model.Parameters["convolution1", "bias"]),
            PoolingLayer layer => NaiveImages.Pool(layer, size, x),
            GlobalAveragePooling => [.. Enumerable.Range(0, size.Channels).Select(channel =>
                Enumerable.Range(0, size.Plane).Average(place => At(place / size.Width, place % size.Width, channel)))],
            Upsampling { Factor: var factor } => [.. Enumerable.Range(0, (int)size.Count * factor * factor).Select(i =>
                (Place: i / size.Channels, Channel: i % size.Channels)).Select(at =>
                At(at.Place / (size.Width * factor) / factor, at.Place % (size.Width * factor) / factor, at.Channel))],
            _ => throw new InvalidOperationException($"{found.Layer.Kind} has no definition here"),
        };
    }

    private sealed class TemporaryFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"functionalnn-{Guid.NewGuid():N}.safetensors");

        public void Dispose() => File.Delete(Path);
    }
}
