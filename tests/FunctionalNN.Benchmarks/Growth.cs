using System.Diagnostics;
using System.Globalization;
using FunctionalNN;

namespace FunctionalNN.Benchmarks;

/// <summary>
/// How the time of a training step grows: microseconds a sample against batch size and against width, at 1 thread and at all, as Markdown
/// tables and charts (Mermaid): <c>growth</c>.
/// </summary>
internal static class Growth
{
    private static readonly int[] BatchSizes = [1, 4, 16, 64, 128, 256, 1024, 4096];
    private static readonly int[] WidthSizes = [16, 64, 256, 1024, 4096];

    public static int Run()
    {
        var threads = new[] { 1, Environment.ProcessorCount }.Distinct().ToArray();
        Table("Batch size, 784-128-10, Adam", "batch", BatchSizes, threads, batch => (784, 128, batch));
        Table("Width w of 784-w-10 at batch 128, Adam", "width", WidthSizes, threads, width => (784, width, 128));
        return 0;
    }

    private static void Table(string title, string axis, int[] sizes, int[] threadCounts,
        Func<int, (int Inputs, int Width, int Batch)> shape)
    {
        var columns = threadCounts.Select(threads => sizes.Select(size => Microseconds(shape(size), threads)).ToArray()).ToArray();
        Console.WriteLine($"**{title}: microseconds a sample**");
        Console.WriteLine();
        Console.WriteLine(
            $"| {axis} | {string.Join(" | ", threadCounts.Select(threads => $"{threads} thread{(threads == 1 ? "" : "s")}"))} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", threadCounts.Length))}");
        for (var i = 0; i < sizes.Length; i++)
        {
            var times = columns.Select(column => column[i].ToString("G3", CultureInfo.InvariantCulture));
            Console.WriteLine(FormattableString.Invariant($"| {sizes[i]} | {string.Join(" | ", times)} |"));
        }

        Console.WriteLine();
        Console.WriteLine("```mermaid");
        Console.WriteLine("xychart-beta");
        Console.WriteLine($"    title \"log10 of microseconds a sample, {string.Join(" and ", threadCounts)} threads\"");
        Console.WriteLine($"    x-axis \"{axis}\" [{string.Join(", ", sizes)}]");
        Console.WriteLine("    y-axis \"log10 µs\"");
        foreach (var column in columns)
        {
            Console.WriteLine(
                $"    line [{string.Join(", ", column.Select(value => Math.Log10(value).ToString("F2", CultureInfo.InvariantCulture)))}]");
        }

        Console.WriteLine("```");
        Console.WriteLine();
    }

    /// <summary>The median of several epochs over rows kept as numbers in their order, divided by the rows.</summary>
    private static double Microseconds((int Inputs, int Width, int Batch) shape, int threads)
    {
        var rows = Math.Max(shape.Batch, Math.Clamp(shape.Batch * 40, 200, 8192));
        var data = new DataSet<float>(
            Matrix.Create<float>(rows, shape.Inputs, (row, column) => (float)new Key(1).Uniform(((long)row * shape.Inputs) + column)),
            new ClassLabels([.. Enumerable.Range(0, rows).Select(row => row % 10)], 10));
        var network = new Network(shape.Inputs, [new Dense(shape.Width), new Relu(), new Dense(10), new Softmax()]);
        var (watch, seconds) = (Stopwatch.StartNew(), new List<double>());
        foreach (var _ in network.Initialize(1).Train(new Adam())
            .Epochs(data.InOrder(shape.Batch), new CategoricalCrossEntropy(), new Parallelism(threads)).Take(9))
        {
            seconds.Add(watch.Elapsed.TotalSeconds);
            watch.Restart();
        }

        return seconds.Skip(2).Order().ElementAt(3) / rows * 1e6;
    }
}
