namespace FunctionalNN;

/// <summary>Progress in a file or a pipe: a line for the first epoch, for each tenth of the run, each half minute, and the end. Lines are
/// never wrapped.</summary>
internal sealed class ProgressLines(TextWriter writer, ProgressMeter meter) : ProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private TimeSpan shown;
    private int shownEpochs = -1;

    public override void Show()
    {
        var isTenth = meter.Total is { } total && meter.Done % Math.Max(1, total / 10) == 0;
        if (meter.Done == 1 || isTenth || meter.End is not null || meter.Elapsed - shown >= Pause)
        {
            Write();
        }
    }

    public override void Dispose()
    {
        if (meter.Done > Math.Max(0, shownEpochs))
        {
            Write();
        }

        writer.Flush();
    }

    private void Write()
    {
        (shown, shownEpochs) = (meter.Elapsed, meter.Done);
        var share = meter.Share is { } part ? $"{(int)(100 * part),3} %, " : "";
        writer.WriteLine(share + string.Join(", ", meter.Words().Where(word => word.Length > 0))
            + (meter.End is { } end ? $"; {end}" : ""));
    }
}
