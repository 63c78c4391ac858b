using System.Buffers;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>A pipeline prepared for one type of rows: made by <see cref="Pipeline{T}.Map{TRow}()"/>, kept, and used from any number of
/// threads.</summary>
/// <typeparam name="TRow">The type of the rows.</typeparam>
/// <typeparam name="T">The pipeline's number type.</typeparam>
public sealed class RowMap<TRow, T>
    where TRow : notnull
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly CellGetter<TRow>[] getters;

    internal RowMap(Pipeline<T> pipeline, CellGetter<TRow>[] getters) => (Pipeline, this.getters) = (pipeline, getters);

    /// <summary>The pipeline.</summary>
    public Pipeline<T> Pipeline { get; }

    /// <summary>What is said of a row.</summary>
    /// <exception cref="RowException">The row does not fit.</exception>
    public Prediction Predict(TRow row) => TryPredict(row).Match(prediction => prediction, faults => throw new RowException([.. faults]));

    /// <summary>What is said of a row, or all that is wrong with it.</summary>
    public Validation<RowFault, Prediction> TryPredict(TRow row)
    {
        var cells = Rented(row);
        try
        {
            return Pipeline.Answer(cells.AsSpan(0, getters.Length), null);
        }
        finally
        {
            ArrayPool<Cell>.Shared.Return(cells, clearArray: true);
        }
    }

    /// <summary>The same without allocating: writes the probabilities of all classes, or the quantity, and gives the number of the class
    /// that is decided for, 0 for a quantity.</summary>
    /// <param name="row">The row.</param>
    /// <param name="outputs">Takes one number a class, or one.</param>
    /// <exception cref="RowException">The row does not fit.</exception>
    /// <exception cref="ArgumentException">The outputs have another length.</exception>
    public int Predict(TRow row, Span<double> outputs)
    {
        if (outputs.Length != Pipeline.OutputCount)
        {
            throw new ArgumentException($"the outputs take {outputs.Length} numbers, the pipeline gives {Pipeline.OutputCount}",
                nameof(outputs));
        }

        var cells = Rented(row);
        List<RowFault>? faults = null;
        try
        {
            Pipeline.Compute(cells.AsSpan(0, getters.Length), outputs, ref faults);
        }
        finally
        {
            ArrayPool<Cell>.Shared.Return(cells, clearArray: true);
        }

        return faults is null ? Pipeline.Target.Column.IsQuantity ? 0 : Pipeline.ClassOf(outputs) : throw new RowException(faults);
    }

    /// <summary>The type of the rows, and what is predicted.</summary>
    public override string ToString() => $"{typeof(TRow).Name} → {Pipeline.Target}";

    /// <summary>The cells of a row, in memory of their own.</summary>
    internal Cell[] Cells(TRow row) => Array.ConvertAll(getters, getter => getter(row));

    private Cell[] Rented(TRow row)
    {
        var cells = ArrayPool<Cell>.Shared.Rent(getters.Length);
        for (var i = 0; i < getters.Length; i++)
        {
            cells[i] = getters[i](row);
        }

        return cells;
    }
}
