using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>Files changed at random: each gives an error that begins with the file, or whole content, never a crash or memory beyond its
/// size.</summary>
[Trait("Duration", "Long")]
public sealed class ReaderFuzzTests : IDisposable
{
    private const long MaxMemory = 16 << 20;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CSV_files()
    {
        byte[][] wholes =
        [
            "a,b,c\n1,u,x\n2.5,\"v,\"\"w\"\"\",y\n-3e2,u,x\n,v,y\n"u8.ToArray(),
            "label,p0,p1\n1,0,255\n2,17,3\n1,0,0\n"u8.ToArray(),
            "1;2;x\r\n3;4;y\r\n5;NA;x\r\n"u8.ToArray(),
            IdxFileTests.Gzip("a,b,c\n1,u,x\n2,v,y\n"u8.ToArray()),
        ];
        CsvOptions[] options =
        [
            new() { Label = "c" }, new() { Label = ^1, Missing = Missing.Mean },
            new() { Label = ^1, Missing = Missing.DropRow, HasHeader = false, Separator = ';', MissingValues = ["NA"] },
            new() { Targets = [0], Missing = Missing.Mean, Categories = [1] },
        ];
        Fuzz(1, 2000, wholes, path =>
        {
            foreach (var option in options)
            {
                Check(path, Csv.Read(path, option).Map(table =>
                {
                    Assert.Equal(table.Data.Inputs.Width, table.InputNames.Length);
                    Assert.All(table.Data.Numbers(), x => Assert.True(float.IsFinite(x)));
                    Check(path, table.Encoding.Read(path).Map(again =>
                    {
                        Assert.Equal(StateBits.Of(table.Data), StateBits.Of(again.Data));
                        Assert.Equal(table.Data.Count,
                            table.Encoding.Stream<float>(path).Good().InOrder(2).Epoch(default, 0).Sum(batch => batch.Inputs.Rows));
                        return again;
                    }));
                    return table;
                }));
            }

            Check(path,
                Csv.ReadBytes(path, new CsvOptions { Label = 0 }).Map(data => data.Numbers().Max())
                    .Map(most => most is >= 0 and <= 1 ? most : throw new Xunit.Sdk.XunitException($"found {most}")));
        });
    }

    [Fact]
    public void IDX_files_of_numbers()
    {
        byte[][] wholes =
        [
            IdxNumbersTests.File(0x0D, [2, 3], new byte[24]), IdxNumbersTests.File(0x0B, [3, 2, 2], new byte[24]),
            IdxNumbersTests.File(0x0E, [2], new byte[16]),
            IdxFileTests.Gzip(IdxNumbersTests.File(0x0C, [2, 3], new byte[24])), IdxNumbersTests.File(8, [3, 2, 2], new byte[12]),
        ];
        Fuzz(2, 2000, wholes, path =>
        {
            Check(path,
                IdxFile.ReadMatrix<float>(path)
                    .Map(matrix => matrix.Values.ToArray().All(float.IsFinite)
                        ? matrix
                        : throw new Xunit.Sdk.XunitException("found a number that is not finite")));
            Check(path, StoredRows.OpenIdx<double>(path).Map(stored =>
            {
                using (stored)
                {
                    stored.Gather([stored.Count - 1, 0], new double[2 * stored.Width]);
                    return Unit.Default;
                }
            }));
        });
    }

    [Fact]
    public void CIFAR_files()
    {
        var records = new byte[3 * 3073];
        Fuzz(3, 500, [records, IdxFileTests.Gzip(records)],
            path => Check(path,
                Cifar10.Read([path])
                    .Map(data => data.Numbers().Length == data.Count * 3072
                        ? data
                        : throw new Xunit.Sdk.XunitException("found pictures of another size"))));
    }

    private void Fuzz(int seed, int rounds, byte[][] wholes, Action<string> read)
    {
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var bytes = Change(wholes[round % wholes.Length], random);
            var path = folder.Write("changed", bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(path);
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, round {round}: {fault}\n{Convert.ToHexString(bytes)}");
            }

            var used = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(used < MaxMemory, $"seed {seed}, round {round}: {used} bytes\n{Convert.ToHexString(bytes)}");
        }
    }

    private static byte[] Change(byte[] whole, Random random)
    {
        var pieces = ",;\"\n\r.-+eE0123456789NAinf\t \0\u00ff"u8.ToArray();
        var bytes = whole.ToList();
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(Math.Max(1, bytes.Count));
            switch (random.Next(6))
            {
                case 0:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, random.Next(1, Math.Min(9, bytes.Count - at + 1)));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(12))));
                    break;
                case 3 when bytes.Count > 8:
                    bytes[random.Next(8)] = (byte)random.Next(256);
                    break;
                case 4 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes.Insert(at, pieces[random.Next(pieces.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Check<T>(string path, Either<Error, T> answer) =>
        answer.IfLeft(error => Assert.StartsWith(path, error.Message, StringComparison.Ordinal));
}
