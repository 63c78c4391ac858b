namespace FunctionalNN;

/// <summary>
/// Strips of a batch that go side by side add to the same gradient one after the other, step by step of the network: so each sum is the
/// chain that it would be if they went one by one.
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

    /// <summary>Whether some strip has failed.</summary>
    public bool IsBroken => Volatile.Read(ref isBroken) != 0;

    /// <summary>Waits until the strip before has been through a step. False when some strip has failed.</summary>
    public bool Await(int step, int strip)
    {
        ref var place = ref done[(step + 1) * Apart];
        for (var looks = 1; Volatile.Read(ref place) != strip; looks++)
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

    /// <summary>Lets the next strip through a step.</summary>
    public void End(int step, int strip) => Volatile.Write(ref done[(step + 1) * Apart], strip + 1);

    /// <summary>Lets nobody wait for a strip that failed.</summary>
    public void Break() => Volatile.Write(ref isBroken, 1);
}
