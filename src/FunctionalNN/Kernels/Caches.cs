using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>The sizes of a core's caches, as the processor reports them: products cut their blocks by them. They change no
/// result.</summary>
internal static class Caches
{
    private const int MinLevel1 = 16 << 10;
    private const int MinLevel2 = 256 << 10;
    private const int MaxLevel2 = 4 << 20;

    static Caches()
    {
        var (level1, level2, level3) = X86Base.IsSupported ? FromProcessor() : FromSystem();
        Level1 = level1 > 0 ? Math.Max(level1, MinLevel1) : 32 << 10;
        Level2 = level2 > 0 ? Math.Clamp(level2, MinLevel2, MaxLevel2) : 512 << 10;
        Level3 = level3;
    }

    /// <summary>Bytes of the first-level data cache: 32 KiB where it is not known.</summary>
    public static int Level1 { get; }

    /// <summary>Bytes of the second-level cache, 256 KiB to 4 MiB: 512 KiB where it is not known.</summary>
    public static int Level2 { get; }

    /// <summary>Bytes of the third-level cache; 0 where it is not known or there is none.</summary>
    public static int Level3 { get; }

    /// <summary>Leaf 4 of CPUID, or its twin on AMD's processors.</summary>
    private static (int Level1, int Level2, int Level3) FromProcessor()
    {
        const int Intel = 4, Amd = unchecked((int)0x8000001D), Extended = unchecked((int)0x80000000), AmdName = 0x68747541, HygonName =
            0x6F677948;
        var (level1, level2, level3) = (0, 0, 0);
        var (most, name, _, _) = X86Base.CpuId(0, 0);
        var leaf = name is AmdName or HygonName ? Amd : Intel;
        if (leaf == Amd ? (uint)X86Base.CpuId(Extended, 0).Eax < unchecked((uint)Amd) : most < Intel)
        {
            return default;
        }

        for (var i = 0; i < 16; i++)
        {
            var (kind, shape, sets, _) = X86Base.CpuId(leaf, i);
            if ((kind & 0x1F) == 0)
            {
                break;
            }

            var isInstructions = (kind & 0x1F) == 2;
            var bytes = (((shape >> 22) & 0x3FF) + 1L) * (((shape >> 12) & 0x3FF) + 1) * ((shape & 0xFFF) + 1) * ((uint)sets + 1L);
            var size = (int)Math.Min(bytes, int.MaxValue);
            switch ((kind >> 5) & 7)
            {
                case 1 when !isInstructions: level1 = size; break;
                case 2: level2 = size; break;
                case 3: level3 = size; break;
            }
        }

        return (level1, level2, level3);
    }

    /// <summary>What Linux tells of its first core; nothing elsewhere.</summary>
    private static (int Level1, int Level2, int Level3) FromSystem()
    {
        var sizes = new int[4];
        for (var i = 0; i < 8; i++)
        {
            var folder = $"/sys/devices/system/cpu/cpu0/cache/index{i}";
            if (Read(folder, "size") is { Length: > 1 } size && Read(folder, "type") is "Data" or "Unified"
                && int.TryParse(Read(folder, "level"), CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= 3
                && int.TryParse(size.TrimEnd('K', 'M'), CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1 << 20)
            {
                sizes[level] = number * (size.EndsWith('M') ? 1 << 20 : 1 << 10);
            }
        }

        return (sizes[1], sizes[2], sizes[3]);
    }

    private static string? Read(string folder, string file)
    {
        try
        {
            return File.Exists($"{folder}/{file}") ? File.ReadAllText($"{folder}/{file}").Trim() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
