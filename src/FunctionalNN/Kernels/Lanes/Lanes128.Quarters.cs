using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>Quarters of 128 bits, and squares transposed in registers.</summary>
internal readonly unsafe partial struct Lanes128<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadQuarters(T* source, nint stride) => Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SpreadNumbers(T* source, nint stride) => Of(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SpreadWithin(Lanes128<T> x, int i) => Of(x.value.GetElement(i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuarters(Lanes128<T> x, T* destination, nint stride) => Store(x, destination);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Transpose(T* source, nint sourceStride, T* destination, nint destinationStride, int height, int width)
    {
        if (sizeof(T) != sizeof(float) || !(Sse.IsSupported || AdvSimd.Arm64.IsSupported))
        {
            Transposition.Numbers(source, sourceStride, destination, destinationStride, height, width);
            return;
        }

        var from = new SquareSide<T, Lanes128<T>>(source, sourceStride, height, width);
        var to = new SquareSide<T, Lanes128<T>>(destination, destinationStride, width, height);
        var (r0, r1, r2, r3) =
            (from.Load(0).value.AsSingle(), from.Load(1).value.AsSingle(), from.Load(2).value.AsSingle(), from.Load(3).value.AsSingle());
        var (low, high) = (Low(r0, r2), High(r0, r2));
        var (low2, high2) = (Low(r1, r3), High(r1, r3));
        to.Store(new(Low(low, low2).As<float, T>()), 0);
        to.Store(new(High(low, low2).As<float, T>()), 1);
        to.Store(new(Low(high, high2).As<float, T>()), 2);
        to.Store(new(High(high, high2).As<float, T>()), 3);
    }

    /// <summary>The lower halves, number by number in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>The upper halves, number by number in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
