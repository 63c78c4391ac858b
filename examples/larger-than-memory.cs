#!/usr/bin/env dotnet
#:project ../src/FunctionalNN/FunctionalNN.csproj

// Trains on a file of images that is larger than the memory it uses: the images stay in the file as bytes and become numbers in the batch.
//   dotnet run -c Release examples/larger-than-memory.cs [-- --gigabytes 8] [--folder DIR] [--keep]
// Without options it makes and reads a file of 50 MB. The file is deleted afterwards unless --keep is given.

using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using FunctionalNN;

const int Side = 28, Classes = 10, Window = 20_000, BatchSize = 256;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var gigabytes = double.Parse(Option("--gigabytes") ?? "0.05", CultureInfo.InvariantCulture);
var folder = Option("--folder") ?? Path.GetTempPath();
var rows = (int)(gigabytes * 1e9 / (Side * Side));
var (imagesPath, labelsPath) =
    (Path.Combine(folder, $"larger-than-memory-{rows}.idx3"), Path.Combine(folder, $"larger-than-memory-{rows}.idx1"));
if (!File.Exists(imagesPath) && new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace < rows * 800L)
{
    Console.WriteLine($"{folder} has no room for {gigabytes} GB: name another with --folder");
    return 1;
}

try
{
    if (!File.Exists(imagesPath) || !File.Exists(labelsPath))
    {
        Timed("made the file", Generate);
    }

    using var images = StoredRows.OpenIdx(imagesPath).OrThrow();
    var data =
        new DataSet<float>(images,
            IdxFile.ReadLabels(labelsPath, [.. Enumerable.Range(0, Classes).Select(label => $"stripe {label}")]).OrThrow());
    Console.WriteLine($"{images}: {new FileInfo(imagesPath).Length / 1e9:F2} GB");

    var start = new Network(inputs: Side * Side, [new Dense(64), new Relu(), new Dense(Classes), new Softmax()]).Initialize(seed: 1)
        .Train(new Adam(1e-3), seed: 1);
    var loss = new CategoricalCrossEntropy();
    foreach (var (name, train) in new (string, Func<TrainingState<float>>)[]
    {
        ("in order, from the file", () => start.Epochs(data.InOrder(BatchSize), loss).First()),
        ("shuffled as a whole, from the file", () => start.Epochs(data.Shuffled(BatchSize), loss).First()),
        ($"streamed, shuffled among {Window:N0} rows", () => start.Epochs(StreamedRows.Of(data).Shuffled(BatchSize, Window), loss).First()),
    })
    {
        Timed($"one epoch {name}", () => Console.WriteLine(train()));
    }

    return 0;
}
finally
{
    if (!args.Contains("--keep"))
    {
        File.Delete(imagesPath);
        File.Delete(labelsPath);
    }
}

// Noise with a brighter stripe where the class says.
void Generate()
{
    using var pixels = new FileStream(imagesPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
    using var labels = new FileStream(labelsPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
    pixels.Write(Header(rows, Side, Side));
    labels.Write(Header(rows));
    var random = new Random(1);
    var noise = new byte[1 << 20];
    random.NextBytes(noise);
    var image = new byte[Side * Side];
    for (var row = 0; row < rows; row++)
    {
        var label = random.Next(Classes);
        noise.AsSpan(random.Next(noise.Length - image.Length), image.Length).CopyTo(image);
        foreach (ref var pixel in image.AsSpan(((2 * label) + 3) * Side, 2 * Side))
        {
            pixel = (byte)((pixel / 2) + 100);
        }

        pixels.Write(image);
        labels.WriteByte((byte)label);
    }
}

static byte[] Header(params int[] shape)
{
    var header = new byte[4 + (4 * shape.Length)];
    (header[2], header[3]) = (8, (byte)shape.Length);
    for (var i = 0; i < shape.Length; i++)
    {
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), shape[i]);
    }

    return header;
}

void Timed(string name, Action action)
{
    var watch = Stopwatch.StartNew();
    action();
    var seconds = watch.Elapsed.TotalSeconds;
    using var process = Process.GetCurrentProcess();
    Console.WriteLine(
        $"{name}: {seconds:F1} s, {rows / seconds / 1e3:F0} thousand rows a second, {rows * (double)Side * Side / seconds / 1e6:F0} MB a "
            + $"second; most memory so far {process.PeakWorkingSet64 / 1e6:F0} MB");
}

string? Option(string name)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
