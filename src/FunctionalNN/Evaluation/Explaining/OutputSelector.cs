using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// In place of a loss the output at one position: its gradient with respect to the outputs is 1 there and else 0, so that back-propagation
/// gives that output's own gradient. It does not divide by the rows.
/// </summary>
internal sealed record OutputSelector(int Position) : Loss
{
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) => Right;

    public override long Predictions(int rows, int outputs) => 0;

    public override long Evaluate<T>(in Pass<T> pass, Matrix<T> prediction, Targets targets, Span<T> rowLosses, Span<T> gradient)
    {
        gradient.Clear();
        for (var row = 0; row < prediction.Rows; row++)
        {
            rowLosses[row] = prediction[row, Position];
            if (!gradient.IsEmpty)
            {
                gradient[(row * prediction.Columns) + Position] = T.One;
            }
        }

        return 0;
    }
}
