using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FunctionalNN;

/// <summary>A score for each fold of a data set, with a name. See <see cref="Jobs.CrossValidation"/>.</summary>
/// <typeparam name="TScore">A number, <see cref="Metrics"/>, or another value that can be written as JSON.</typeparam>
public sealed class ScoreJob<TScore> : Job
{
    private readonly JsonTypeInfo<TScore> json;
    private readonly Func<Parallelism?, CrossValidation<TScore>> run;

    internal ScoreJob(string name, string build, JsonTypeInfo<TScore> json, ImmutableArray<string> data, int folds, string folding,
        Func<int, TScore> score, Func<Parallelism?, CrossValidation<TScore>> run)
        : base(name, build, data) =>
        (this.json, Folds, Folding, Score, this.run) = (json, folds, folding, score, run);

    internal int Folds { get; }

    internal string Folding { get; }

    internal Func<int, TScore> Score { get; }

    /// <summary>The cross-validation as a value. A fold that throws ends it with an error: here with the fold's own, on an engine with an
    /// <see cref="InvalidOperationException"/> that has its text.</summary>
    public Plan<CrossValidation<TScore>> Plan() => new ScorePlan<TScore>(this, run);

    /// <inheritdoc/>
    public override Work Open(PlanOrder order, Func<string, ReadOnlyMemory<byte>> attachment) => order.Common == Folding
        ? new ScoreWork<TScore>(this)
        : throw new FormatException($"the job \"{Name}\" has {Folding} here and {order.Common} where the plan was made");

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Ended(string reason) =>
        (byte[])[ScoreWork.Failed, .. System.Text.Encoding.UTF8.GetBytes(reason)];

    internal byte[] Write(TScore score) => JsonSerializer.SerializeToUtf8Bytes(score, json);

    internal TScore Read(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes, json)!;
}

/// <summary>The plan of a cross-validation.</summary>
internal sealed class ScorePlan<TScore>(ScoreJob<TScore> job, Func<Parallelism?, CrossValidation<TScore>> run)
    : Plan<CrossValidation<TScore>>(job, new PlanOrder(job.Name, job.Build, job.Folding, job.Data,
        [.. Enumerable.Range(0, job.Folds).Select(fold => fold.ToString(CultureInfo.InvariantCulture))], [1], 1))
{
    public override CrossValidation<TScore> Run(Parallelism? parallelism, CancellationToken cancellation) => run(parallelism);

    public override CrossValidation<TScore> Collect(IReadOnlyList<ItemState> items) =>
        new([.. items.Select((item, fold) => item.Bytes.Span[0] == ScoreWork.Succeeded
            ? job.Read(item.Bytes.Span[1..])
            : throw new InvalidOperationException(
                $"fold {fold + 1}: {System.Text.Encoding.UTF8.GetString(item.Bytes.Span[1..])}"))]);
}

/// <summary>The folds as a machine computes them: a score or the text of an error, after a byte that says which.</summary>
internal sealed class ScoreWork<TScore>(ScoreJob<TScore> job) : Work
{
    public override ItemState Advance(int item, int stage, ItemState? from, Action<int>? progress, CancellationToken cancellation)
    {
        try
        {
            return new ItemState(1, false, 0, (byte[])[ScoreWork.Succeeded, .. job.Write(job.Score(item))]);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new ItemState(1, false, double.NaN,
                (byte[])[ScoreWork.Failed, .. System.Text.Encoding.UTF8.GetBytes($"{e.GetType().Name}: {e.Message}")])
            {
                IsTrouble = e is IOException or OutOfMemoryException or UnauthorizedAccessException,
            };
        }
    }

    public override void Dispose()
    {
    }
}

/// <summary>The first byte of a fold's result.</summary>
internal static class ScoreWork
{
    public const byte Succeeded = 1;
    public const byte Failed = 0;
}
