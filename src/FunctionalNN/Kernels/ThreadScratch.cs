using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>Memory of a thread's own for copies that live no longer than one product. It grows to the largest that was asked for.</summary>
internal static unsafe class ThreadScratch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [ThreadStatic]
    private static Block<T> first;

    [ThreadStatic]
    private static Block<T> second;

    public static T* First(int count) => Of(ref first, count);

    public static T* Second(int count) => Of(ref second, count);

    private static T* Of(ref Block<T> block, int count)
    {
        if (block.Array is null || block.Length < count)
        {
            block = Block<T>.AllocatePinned(count);
        }

        return (T*)Unsafe.AsPointer(ref block.Array[block.Offset]);
    }
}
