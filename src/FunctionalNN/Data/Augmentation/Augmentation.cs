using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// A random change of an input row that leaves its target true, such as moving a picture by a pixel: drawn anew for each row in each epoch
/// by <see cref="AugmentedBatches.Augmented"/>, from the run's key and the row's number alone.
/// </summary>
/// <remarks>Write one of your own as a record derived from this: all that it draws comes from the key it is given.</remarks>
public abstract record Augmentation
{
    /// <summary>What is wrong with it for rows of a width, and the fix; null when nothing is.</summary>
    public virtual string? ProblemWith(int width) => null;

    /// <summary>Kind and settings.</summary>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    /// <summary>Changes one row in place. It is called from several threads at once.</summary>
    /// <param name="key">The row's key of this epoch: the only source of chance.</param>
    /// <param name="row">The row.</param>
    public abstract void Apply<T>(Key key, Span<T> row)
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>Batches whose rows are changed at random as they are read.</summary>
public static class AugmentedBatches
{
    /// <summary>
    /// The same batches with each row changed by these augmentations, one after the other, anew in each epoch. What a row becomes depends
    /// on the run's key, the epoch and the row's number: not on batch size, order or threads. The data itself stays as it is.
    /// </summary>
    /// <exception cref="ArgumentException">One does not fit the rows; the message says why.</exception>
    public static Batches<T> Augmented<T>(this Batches<T> batches, params ReadOnlySpan<Augmentation> augmentations)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var augmentation in augmentations)
        {
            if (augmentation.ProblemWith(batches.Data.Inputs.Width) is { } problem)
            {
                throw new ArgumentException(problem);
            }
        }

        return new Batches<T>(batches.Data, batches.BatchSize, batches.IsShuffled, [.. batches.Augmentations, .. augmentations]);
    }
}
