namespace FunctionalNN;

/// <summary>A plan's items as one machine computes them. Different items may be advanced at the same time.</summary>
public abstract class Work : IDisposable
{
    /// <summary>
    /// Takes an item through a stage. The state is the same, to the last bit, from whichever state before it is reached, and on whichever
    /// machine of the same platform.
    /// </summary>
    /// <param name="item">Which, from 0.</param>
    /// <param name="stage">The number of stages done after it, from 1.</param>
    /// <param name="from">What the item came to before, or null where that is lost: it is then computed from the start.</param>
    /// <param name="progress">Told of the number of epochs done; null where nobody asks.</param>
    /// <param name="cancellation">Ends it, in mid-epoch.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract ItemState Advance(int item, int stage, ItemState? from, Action<int>? progress = null,
        CancellationToken cancellation = default);

    /// <summary>Gives up what is kept in memory to go on with.</summary>
    public abstract void Dispose();
}
