using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>Asks for memory before it is needed: rows of a shuffled batch lie anywhere, so the hardware cannot guess the next.</summary>
internal static unsafe class Prefetching
{
    private const int CacheLine = 64;

    public static void Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        // A hint has no effect but on the cache, so that the values may move meanwhile.
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values));
        for (nint at = 0; at < (nint)values.Length * sizeof(T); at += CacheLine)
        {
            Sse.Prefetch0(start + at);
        }
    }
}
