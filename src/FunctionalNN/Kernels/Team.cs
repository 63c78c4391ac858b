using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace FunctionalNN;

/// <summary>Work that divides into parts which may be done in any order, each writing places of its own.</summary>
internal interface IJob
{
    /// <summary>Does part 0 … parts − 1.</summary>
    void Execute(int part, int parts);
}

/// <summary>The calling thread and the workers that it has to itself while a run lasts.</summary>
internal sealed unsafe class Team : IDisposable
{
    /// <summary>The least share of a thread: handing work over and back costs some 200 ns where the cores share a cache and far more where
    /// they do not.</summary>
    private const double MinNanoseconds = 2000;

    private readonly Worker[] workers;

    internal Team(Worker[] workers) => this.workers = workers;

    /// <summary>The calling thread alone.</summary>
    public static Team Single { get; } = new([]);

    public int Threads => workers.Length + 1;

    internal Worker[] Workers => workers;

    /// <summary>A team of at most the given number of threads: fewer when other runs have the workers. The result of a run does not depend
    /// on it.</summary>
    public static Team Lease(Parallelism parallelism) => parallelism.Threads == 1 ? Single : WorkerPool.Take(parallelism.Threads - 1);

    /// <summary>Into how many parts to divide work that takes one thread so long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PartsFor(double nanoseconds) =>
        workers.Length == 0 ? 1 : (int)Math.Clamp(nanoseconds * (1 / MinNanoseconds), 1, Threads);

    /// <summary>Does all parts of a job, at most <see cref="Threads"/>, and returns when all are done.</summary>
    public void Run<TJob>(ref TJob job, int parts)
        where TJob : struct, IJob
    {
        if (parts <= 1)
        {
            job.Execute(0, 1);
            return;
        }

        // The job stays on the caller's stack, where the collector keeps what it refers to alive, until every worker is done.
        var address = Unsafe.AsPointer(ref job);
        for (var part = 1; part < parts; part++)
        {
            workers[part - 1].Start(&Execute<TJob>, address, part, parts);
        }

        Exception? failure = null;
        try
        {
            job.Execute(0, parts);
        }
        finally
        {
            for (var part = 1; part < parts; part++)
            {
                failure = workers[part - 1].Await() ?? failure;
            }
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Gives the workers back.</summary>
    public void Dispose() => WorkerPool.Return(this);

    /// <summary>The range that a part covers of a number of items, cut at multiples of a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Start, int End) Range(int count, int step, int part, int parts)
    {
        if (parts == 1)
        {
            return (0, count);
        }

        var steps = (count + step - 1) / step;
        return ((int)Math.Min(count, (long)steps * part / parts * step), (int)Math.Min(count, (long)steps * (part + 1) / parts * step));
    }

    private static void Execute<TJob>(void* job, int part, int parts)
        where TJob : struct, IJob => Unsafe.AsRef<TJob>(job).Execute(part, parts);
}
