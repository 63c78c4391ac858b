namespace FunctionalNN.Tests;

/// <summary>Rows that cancel a token when so many have been read: in mid-epoch, without a clock.</summary>
internal sealed class CancellingRows(RowSource<float> rows, int after, CancellationTokenSource cancellation) : RowSource<float>
{
    private int gathered;

    public override int Count => rows.Count;

    public override int Width => rows.Width;

    public override void Gather(ReadOnlySpan<int> wanted, Span<float> destination)
    {
        if (Interlocked.Add(ref gathered, wanted.Length) >= after)
        {
            cancellation.Cancel();
        }

        rows.Gather(wanted, destination);
    }
}
