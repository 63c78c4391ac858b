using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalNN;

/// <summary>Work on vectors that divides into parts, as <see cref="IJob"/>, for vectors of any width.</summary>
internal interface ILaneJob<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does part 0 … parts − 1.</summary>
    void Execute<L>(int part, int parts)
        where L : struct, ILanes<L, T>;
}

/// <summary>
/// The width of this process's vectors: what the processor computes at full speed. Asked of the runtime, which answers with a constant, so
/// that of the branches below the compiler keeps one.
/// </summary>
internal static class LaneWidth
{
    /// <summary>Bytes in a block, whatever the width: 16 floats or 8 doubles.</summary>
    public const int BlockBytes = 64;

    /// <summary>512, 256 or 128 bits.</summary>
    public static int Bits => Is512 ? 512 : Is256 ? 256 : 128;

    public static bool Is512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated;
    }

    public static bool Is256
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.IsHardwareAccelerated && Fma.IsSupported;
    }
}

/// <summary>Runs jobs on vectors of the process's width.</summary>
internal static class LaneWidth<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Numbers in a block of 64 bytes.</summary>
    public static int BlockCount
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => LaneWidth.BlockBytes / Unsafe.SizeOf<T>();
    }

    /// <summary>Numbers in a vector of the process's width.</summary>
    public static int VectorCount
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => LaneWidth.Is512 ? Lanes512<T>.Count : LaneWidth.Is256 ? Lanes256<T>.Count : Lanes128<T>.Count;
    }

    /// <summary>One vector is one register. For jobs in which no number depends on another lane.</summary>
    public static void Run<TJob>(Team team, ref TJob job, int parts)
        where TJob : struct, ILaneJob<T>
    {
        var registers = new Registers<TJob>(ref job);
        team.Run(ref registers, parts);
    }

    /// <summary>One vector is a block of 64 bytes, of as many registers as that takes. For jobs that add up across lanes.</summary>
    public static void RunBlocks<TJob>(Team team, ref TJob job, int parts)
        where TJob : struct, ILaneJob<T>
    {
        var blocks = new Blocks<TJob>(ref job);
        team.Run(ref blocks, parts);
    }

    /// <summary>The job lies on the caller's stack while the team runs it.</summary>
    private readonly unsafe struct Registers<TJob>(ref TJob job) : IJob
        where TJob : struct, ILaneJob<T>
    {
        private readonly void* job = Unsafe.AsPointer(ref job);

        public void Execute(int part, int parts)
        {
            ref var work = ref Unsafe.AsRef<TJob>(job);
            if (LaneWidth.Is512)
            {
                work.Execute<Lanes512<T>>(part, parts);
            }
            else if (LaneWidth.Is256)
            {
                work.Execute<Lanes256<T>>(part, parts);
            }
            else
            {
                work.Execute<Lanes128<T>>(part, parts);
            }
        }
    }

    private readonly unsafe struct Blocks<TJob>(ref TJob job) : IJob
        where TJob : struct, ILaneJob<T>
    {
        private readonly void* job = Unsafe.AsPointer(ref job);

        public void Execute(int part, int parts)
        {
            ref var work = ref Unsafe.AsRef<TJob>(job);
            if (LaneWidth.Is512)
            {
                work.Execute<Lanes512<T>>(part, parts);
            }
            else if (LaneWidth.Is256)
            {
                work.Execute<Pair<Lanes256<T>, T>>(part, parts);
            }
            else
            {
                work.Execute<Pair<Pair<Lanes128<T>, T>, T>>(part, parts);
            }
        }
    }
}
