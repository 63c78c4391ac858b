namespace FunctionalNN;

/// <summary>
/// What a model's predictions are worth on some rows, beside what can be had without looking at the inputs. A report is a monoid: those of
/// two halves of the data add up to that of the whole, to the last bit, so data larger than memory is measured batch by batch. It prints as
/// a table.
/// </summary>
public abstract record EvaluationReport
{
    private protected EvaluationReport()
    {
    }

    /// <summary>The rows measured.</summary>
    public abstract long Rows { get; }

    /// <summary>The table.</summary>
    public sealed override string ToString() => Rows == 0 ? "nothing measured" : Text();

    private protected abstract string Text();
}
