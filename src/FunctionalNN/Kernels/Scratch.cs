using System.Numerics;

namespace FunctionalNN;

/// <summary>Where a pass through the network gets its intermediate matrices from.</summary>
internal abstract class Scratch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A matrix whose numbers are whatever the memory held: the caller writes all of them.</summary>
    public abstract Matrix<T> Rent(int rows, int columns);

    /// <summary>Says that nothing rented so far is needed any more.</summary>
    public abstract void Reset();
}

/// <summary>A new array for each matrix: for what the caller keeps.</summary>
internal sealed class Heap<T> : Scratch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Matrix<T> Rent(int rows, int columns) =>
        new(Block<T>.Allocate(checked(rows * columns)), rows, columns);

    public override void Reset()
    {
    }
}

/// <summary>
/// The same memory again for each step. A step rents in the same order each time, so the n-th rent of a step gets the n-th place,
/// and once every place has been large enough no memory is asked for. What it lent may not leave the run.
/// </summary>
internal sealed class Arena<T> : Scratch<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Place> places = [];
    private int next;

    public override Matrix<T> Rent(int rows, int columns)
    {
        if (next == places.Count)
        {
            places.Add(new Place());
        }

        return places[next++].Shaped(rows, columns);
    }

    public override void Reset() => next = 0;

    /// <summary>Memory, and the matrices that were laid over it: one for a full batch, one for a partial one.</summary>
    private sealed class Place
    {
        private readonly List<Matrix<T>> shapes = new(2);
        private Block<T> block;

        public Matrix<T> Shaped(int rows, int columns)
        {
            foreach (var known in shapes)
            {
                if (known.Rows == rows && known.Columns == columns)
                {
                    return known;
                }
            }

            var count = checked(rows * columns);
            if (block.Length < count || block.Array is null)
            {
                block = Block<T>.AllocatePinned(count);
                shapes.Clear();
            }

            var shaped = new Matrix<T>(block.Slice(0, count), rows, columns);
            shapes.Add(shaped);
            return shaped;
        }
    }
}
