using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace FunctionalNN.Benchmarks;

/// <summary>What the figures below a first line were measured on.</summary>
internal static class Machine
{
    /// <summary>Processor, width of the vectors, caches, cores, runtime.</summary>
    public static string Line(int? width = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores; vectors of {width ?? LaneWidth.Bits} bits; caches {Caches.Level1 >> 10} KiB, "
            + $"{Caches.Level2 >> 10} KiB, {Caches.Level3 >> 20} MiB; .NET {Environment.Version}");

    /// <summary>The name that the processor gives, and its family and model, as virtual machines give short names.</summary>
    private static string Processor()
    {
        if (!X86Base.IsSupported)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }

        var name = new StringBuilder();
        for (var leaf = unchecked((int)0x80000002); leaf <= unchecked((int)0x80000004); leaf++)
        {
            var (a, b, c, d) = X86Base.CpuId(leaf, 0);
            foreach (var part in new[] { a, b, c, d })
            {
                name.Append(Encoding.ASCII.GetString(BitConverter.GetBytes(part)));
            }
        }

        var signature = X86Base.CpuId(1, 0).Eax;
        var family = ((signature >> 8) & 15) + ((signature >> 20) & 255);
        var model = ((signature >> 4) & 15) | ((signature >> 12) & 240);
        return string.Create(CultureInfo.InvariantCulture, $"{name.ToString().Trim('\0', ' ')} (family {family}, model {model})");
    }
}
