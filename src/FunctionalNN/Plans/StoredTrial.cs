using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;

namespace FunctionalNN;

/// <summary>A run after a stage, as it goes from machine to machine.</summary>
/// <param name="Curve">Its epochs so far.</param>
/// <param name="Score">The least metric.</param>
/// <param name="Best">The state of the least metric, or null.</param>
/// <param name="Current">The state to go on from, or null.</param>
/// <param name="End">Why it ended, or null.</param>
internal sealed record StoredTrial<T>(ImmutableArray<TrialPoint> Curve, double Score, TrainingState<T>? Best, TrainingState<T>? Current,
    string? End)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Trial<TSettings, T> ToTrial<TSettings>(TSettings settings, string end) =>
        new(settings, Curve, Best is null ? Option<TrainingState<T>>.None : Best, Score, End ?? end);
}

/// <summary>Writes and reads runs after a stage.</summary>
internal static class StoredTrial
{
    private const byte Nothing = 0;
    private const byte Own = 1;
    private const byte SameAsBest = 2;
    private const int PointBytes = 4 + 40 + 1;

    /// <param name="run">The run.</param>
    /// <param name="vocabulary">The records that its states may speak of.</param>
    /// <param name="goesOn">Whether its latest state is needed.</param>
    public static byte[] Write<TSettings, T>(TrialRun<TSettings, T> run, Vocabulary vocabulary, bool goesOn)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(run.End is not null);
        writer.Write(run.End ?? "");
        writer.Write(run.Score);
        writer.Write(run.Curve.Count);
        foreach (var point in run.Curve)
        {
            writer.Write(point.Epoch);
            Write(writer, point.Training);
            writer.Write(point.Validation.IsSome);
            point.Validation.IfSome(metrics => Write(writer, metrics));
        }

        WriteState(writer, run.BestState, null, vocabulary);
        WriteState(writer, goesOn ? run.Current : null, run.BestState, vocabulary);
        return stream.ToArray();
    }

    /// <summary>A run of which there is nothing but its end.</summary>
    public static byte[] Ended(string reason)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(true);
        writer.Write(reason);
        writer.Write(double.NaN);
        writer.Write(0);
        writer.Write(Nothing);
        writer.Write(Nothing);
        return stream.ToArray();
    }

    /// <exception cref="FormatException">The bytes are no run.</exception>
    public static StoredTrial<T> Read<T>(ReadOnlyMemory<byte> bytes, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray(), writable: false));
            var hasEnded = reader.ReadBoolean();
            var end = reader.ReadString();
            var score = reader.ReadDouble();
            var count = reader.ReadInt32();
            if (count < 0 || count > bytes.Length / PointBytes)
            {
                throw new FormatException($"a run of {count} epochs cannot lie in {bytes.Length} bytes");
            }

            var curve = ImmutableArray.CreateBuilder<TrialPoint>(count);
            for (var i = 0; i < count; i++)
            {
                var (epoch, training) = (reader.ReadInt32(), ReadMetrics(reader));
                curve.Add(new TrialPoint(epoch, training, reader.ReadBoolean() ? ReadMetrics(reader) : Option<Metrics>.None));
            }

            var best = ReadState<T>(reader, null, vocabulary);
            return new StoredTrial<T>(curve.ToImmutable(), score, best, ReadState(reader, best, vocabulary), hasEnded ? end : null);
        }
        catch (Exception fault) when (fault is EndOfStreamException or FileFault or ArgumentException)
        {
            throw new FormatException($"this is no run of a plan: {fault.Message}", fault);
        }
    }

    private static void WriteState<T>(BinaryWriter writer, TrainingState<T>? state, TrainingState<T>? best, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        writer.Write(state is null ? Nothing : ReferenceEquals(state, best) ? SameAsBest : Own);
        if (state is null || ReferenceEquals(state, best))
        {
            return;
        }

        using var stream = new MemoryStream();
        StoredModel.Write(stream, state, vocabulary);
        writer.Write((int)stream.Length);
        writer.Write(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static TrainingState<T>? ReadState<T>(BinaryReader reader, TrainingState<T>? best, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (reader.ReadByte())
        {
            case Nothing:
                return null;
            case SameAsBest:
                return best;
            default:
                var length = reader.ReadInt32();
                if (length < 0 || length > reader.BaseStream.Length - reader.BaseStream.Position)
                {
                    throw new FormatException($"a state of {length} bytes goes beyond the end");
                }

                using (var stream = new MemoryStream(reader.ReadBytes(length), writable: false))
                {
                    return StoredModel.ReadState<T>(stream, vocabulary);
                }
        }
    }

    private static void Write(BinaryWriter writer, Metrics metrics)
    {
        writer.Write(metrics.Rows);
        writer.Write(metrics.LossSum);
        writer.Write(metrics.PenaltySum);
        writer.Write(metrics.Correct);
        writer.Write(metrics.Predictions);
    }

    private static Metrics ReadMetrics(BinaryReader reader) =>
        new(reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64(), reader.ReadInt64());
}
