using LanguageExt;
using LanguageExt.Common;
using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>Damaged picture files: each is a picture of the size asked for, or an error that names the file.</summary>
[Trait("Duration", "Long")]
public sealed class PictureFuzzLaws(ITestOutputHelper output) : IDisposable
{
    private readonly string path = Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"FunctionalNN-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Damaged_pictures()
    {
        var whole = PictureFixtures.Files.Select(File.ReadAllBytes).ToArray();
        output.WriteLine(new FuzzRun(1 << 21, 100).Of(key => Of(whole, key), Read, path));
    }

    private static FuzzFile Of(byte[][] whole, Key key)
    {
        var bytes = whole[key.Below(whole.Length, 0)].ToArray();
        for (var i = 0; i < key.Below(3, 1); i++)
        {
            var step = key.Fold(i);
            var at = step.Below(step.Below(2, 5) == 0 ? Math.Min(64, bytes.Length) : bytes.Length, 0);
            switch (bytes.Length == 1 ? 9 : step.Below(6, 1))
            {
                case 0:
                    bytes = bytes[..Math.Max(1, at)];
                    break;
                case 1:
                    bytes = [.. bytes[..at], .. new byte[1 + step.Below(300, 2)], .. bytes[at..]];
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + step.Below(9, 2))..]];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. whole[step.Below(whole.Length, 2)]];
                    break;
                default:
                    bytes[at] ^= (byte)(1 << step.Below(8, 2));
                    break;
            }
        }

        return new FuzzFile(bytes, bytes.Length);
    }

    private IEnumerable<Either<Error, Unit>> Read(FuzzFile file, Key key)
    {
        File.WriteAllBytes(path, file.Bytes);
        var size = new ImageSize(1 + key.Below(9, 0), 1 + key.Below(9, 1), key.Below(2, 2) == 0 ? 1 : 3);
        var options = new ImageOptions { Fit = (ImageFit)key.Below(3, 3), MaxPixels = 1 << 16 };
        yield return Picture.Read(path, size, options).Map(picture =>
        {
            Assert.Equal(size, picture.Size);
            Assert.Equal(size.Count, picture.Bytes.Length);
            return Unit.Default;
        });
    }
}
