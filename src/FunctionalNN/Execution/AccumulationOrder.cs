namespace FunctionalNN;

/// <summary>
/// Serialises gradient accumulation: micro-batch k may add to a step's gradient only after k − 1 has, so the order of summation, and every
/// bit, is that of sequential execution.
/// </summary>
internal sealed class AccumulationOrder(int steps)
{
    private const int LooksBeforeYielding = 64;

    /// <summary>Numbers lie a cache line apart, and the first after the array's length, which every access reads.</summary>
    private const int Apart = 16;

    private readonly int[] done = new int[(steps + 1) * Apart];
    private int isBroken;

    public void Begin()
    {
        Array.Clear(done);
        isBroken = 0;
    }

    /// <summary>Whether some micro-batch has failed.</summary>
    public bool IsBroken => Volatile.Read(ref isBroken) != 0;

    /// <summary>Waits until the micro-batch before has been through a step. False when some micro-batch has failed.</summary>
    public bool Await(int step, int microBatch)
    {
        ref var place = ref done[(step + 1) * Apart];
        for (var looks = 1; Volatile.Read(ref place) != microBatch; looks++)
        {
            if (IsBroken)
            {
                return false;
            }

            if (looks % LooksBeforeYielding == 0)
            {
                Thread.Yield();
            }
            else
            {
                Thread.SpinWait(1);
            }
        }

        return true;
    }

    /// <summary>Lets the next micro-batch through a step.</summary>
    public void End(int step, int microBatch) => Volatile.Write(ref done[(step + 1) * Apart], microBatch + 1);

    /// <summary>Lets nobody wait for a micro-batch that failed.</summary>
    public void Break() => Volatile.Write(ref isBroken, 1);
}
