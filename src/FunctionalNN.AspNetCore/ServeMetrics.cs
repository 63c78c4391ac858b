using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FunctionalNN;

/// <summary>What a server counts, for dotnet-counters or OpenTelemetry.</summary>
internal sealed class ServeMetrics
{
    public const string Name = "FunctionalNN.Serve";

    private readonly Counter<long> rows;
    private readonly Counter<long> refused;
    private readonly Counter<long> reloads;
    private readonly Histogram<double> seconds;
    private readonly TimeProvider clock;

    public ServeMetrics(IMeterFactory factory, TimeProvider clock)
    {
        var meter = factory.Create(Name);
        rows = meter.CreateCounter<long>("serve.rows", "{row}", "Rows predicted.");
        refused = meter.CreateCounter<long>("serve.refused", "{row}", "Values refused, by column.");
        reloads = meter.CreateCounter<long>("serve.reloads", "{reload}", "Models read, by whether they are served.");
        seconds = meter.CreateHistogram<double>("serve.duration", "s", "Time from a parsed request to its answer.");
        this.clock = clock;
    }

    public long Now => clock.GetTimestamp();

    public void Predicted(int count, long start)
    {
        rows.Add(count);
        if (seconds.Enabled)
        {
            seconds.Record(clock.GetElapsedTime(start).TotalSeconds);
        }
    }

    /// <summary>Counts a fault by its column where that is one of the pipeline's: names that clients make up would be tags without
    /// end.</summary>
    public void Refused(RowFault fault, Pipeline<float> pipeline)
    {
        var name = fault.Column[(fault.Column.LastIndexOf("].", StringComparison.Ordinal) is var end and >= 0 ? end + 2 : 0)..];
        var isKnown = pipeline.Encoding.Columns.Any(column => column.Name == name);
        refused.Add(1, new KeyValuePair<string, object?>("column", isKnown ? name : "(unknown)"));
    }

    public void Reloaded(bool isServed) => reloads.Add(1, new KeyValuePair<string, object?>("served", isServed));
}
