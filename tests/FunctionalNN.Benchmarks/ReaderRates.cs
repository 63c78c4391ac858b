using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace FunctionalNN.Benchmarks;

/// <summary>Rows a second of the readers, beside a plain read of the same file: 42,000 rows of a label and 784 pixels, as in Kaggle's
/// digits.</summary>
internal static class ReaderRates
{
    private const int Rows = 42_000;
    private const int Pixels = 784;
    private const int Rounds = 7;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("FunctionalNN-rates-");
        try
        {
            string Path(string name) => System.IO.Path.Combine(folder.FullName, name);
            Generate(Path("digits.csv"), Path("digits.csv.gz"), Path("images"));
            var options = new CsvOptions { Label = "label" };
            Console.WriteLine(
                $"{Rows:N0} rows of {Pixels + 1} numbers, {new FileInfo(Path("digits.csv")).Length / 1e6:F1} MB of text; median of "
                    + $"{Rounds}");
            Measure("plain read of the file", () => PlainRead(Path("digits.csv")));
            Measure("Csv.ReadBytes (rows of bytes)", () => Csv.ReadBytes(Path("digits.csv"), options).OrThrow().Count);
            Measure("Csv.ReadBytes, gz", () => Csv.ReadBytes(Path("digits.csv.gz"), options).OrThrow().Count);
            Measure("Csv.Read (a matrix of floats)", () => Csv.Read(Path("digits.csv"), options).OrThrow().Data.Count);
            Measure("Csv.Fit (no rows kept)", () => Csv.Fit(Path("digits.csv"), options).OrThrow().ClassNames.Length);
            var encoding = Csv.Fit(Path("digits.csv"), options).OrThrow();
            Measure("CsvEncoding.Stream, batches of 128",
                () => encoding.Stream<float>(Path("digits.csv")).OrThrow().InOrder(128).Epoch(default, 0).Count());
            Measure("IdxFile.Read", () => IdxFile.Read(Path("images")).OrThrow().Count);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(string name, Func<int> read)
    {
        var seconds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            var watch = Stopwatch.StartNew();
            read();
            seconds[round] = watch.Elapsed.TotalSeconds;
        }

        Array.Sort(seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-36} {1e3 * seconds[Rounds / 2],8:F0} ms {Rows / seconds[Rounds / 2] / 1e3,9:F0} thousand rows a second"));
    }

    private static int PlainRead(string path)
    {
        var buffer = new byte[1 << 18];
        var total = 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            total += read;
        }

        return total;
    }

    /// <summary>Four of five pixels 0, as in the digits.</summary>
    private static void Generate(string text, string zip, string idx)
    {
        var random = new Random(1);
        var lines = new StringBuilder("label");
        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            lines.Append(CultureInfo.InvariantCulture, $",pixel{pixel}");
        }

        var bytes = new byte[Rows * Pixels];
        for (var row = 0; row < Rows; row++)
        {
            lines.Append('\n').Append(row % 10);
            foreach (ref var pixel in bytes.AsSpan(row * Pixels, Pixels))
            {
                pixel = random.Next(5) == 0 ? (byte)random.Next(256) : (byte)0;
                lines.Append(',').Append(pixel);
            }
        }

        var content = Encoding.ASCII.GetBytes(lines.Append('\n').ToString());
        File.WriteAllBytes(text, content);
        using (var compressed = new GZipStream(File.Create(zip), CompressionLevel.Optimal))
        {
            compressed.Write(content);
        }

        IdxFile.Write(idx, new IdxArray(bytes, Rows, 28, 28)).OrThrow();
    }
}
