using System.Numerics;

namespace FunctionalNN;

/// <content>Tables that are larger than memory as streams of samples.</content>
public sealed partial record TableEncoding
{
    /// <summary>
    /// Inputs and targets of rows that come only forward: each piece is encoded when it is asked for, by the code that encodes a table, so
    /// the same rows give the same bits. Rows with a gap in a column whose <see cref="Column.Gaps"/> is <see cref="Gaps.DropRow"/> are
    /// left out.
    /// </summary>
    /// <param name="rows">The rows, with the columns of the encoding in any order.</param>
    /// <typeparam name="T">float or double.</typeparam>
    /// <returns>A stream. A row that does not fit throws <see cref="InvalidDataException"/> where it is reached; the message names row,
    /// column, what was found and what was expected.</returns>
    public StreamedRows<T> Stream<T>(StreamedTable rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new StreamedRows<T>(Pieces, InputNames);

        IEnumerable<Batch<T>> Pieces()
        {
            foreach (var piece in rows.Pieces())
            {
                var data = Encode<T>(piece).Match(data => data, fault => throw new InvalidDataException(fault.Message));
                if (data.Count > 0)
                {
                    yield return new Batch<T>(data.Inputs.Contiguous(0, data.Count)!, data.Targets);
                }
            }
        }
    }
}
