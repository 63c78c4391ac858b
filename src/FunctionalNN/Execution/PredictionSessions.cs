using System.Numerics;

namespace FunctionalNN;

/// <summary>A model's memory of single-row predictions for the next ones: as much as there were at once, each thread finding its own at
/// first.</summary>
internal sealed class PredictionSessions<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Places lie a cache line apart, so that threads do not wait for each other's.</summary>
    private const int Apart = 8;

    private const int MaxPlaces = 64;

    /// <summary>After this number of predictions in one session more are to be expected, and a second copy of large weights is worth its
    /// memory.</summary>
    private const int ManyPredictions = 64;

    private readonly Session?[] idle = new Session?[Apart * Math.Min(MaxPlaces, 2 * Environment.ProcessorCount)];

    private RowPanels<T>?[]? panels;
    private int hasPanelsMade;

    private int First => Environment.CurrentManagedThreadId * Apart % idle.Length;

    /// <summary>The model's output for one row.</summary>
    public void Predict(NetworkPlan plan, ParameterVector<T> parameters, ParameterVector<T> statistics, Team team, ReadOnlySpan<T> row,
        Span<T> output)
    {
        var session = Take() ?? new Session(plan);
        if (session.HasPredictedMany && panels is null && Interlocked.Exchange(ref hasPanelsMade, 1) == 0)
        {
            Volatile.Write(ref panels, session.PanelsOf(parameters));
        }

        session.Predict(parameters, statistics, team, row, Volatile.Read(ref panels)).Values.CopyTo(output);
        Give(session);
    }

    private Session? Take()
    {
        for (int i = 0, at = First; i < idle.Length; i += Apart, at = (at + Apart) % idle.Length)
        {
            if (idle[at] is not null && Interlocked.Exchange(ref idle[at], null) is { } session)
            {
                return session;
            }
        }

        return null;
    }

    /// <summary>Keeps it where there is room.</summary>
    private void Give(Session session)
    {
        for (int i = 0, at = First; i < idle.Length; i += Apart, at = (at + Apart) % idle.Length)
        {
            if (idle[at] is null && Interlocked.CompareExchange(ref idle[at], session, null) is null)
            {
                return;
            }
        }
    }

    /// <summary>What predicting one row needs beside the numbers.</summary>
    private sealed class Session
    {
        private readonly Arena<T> arena = new();
        private readonly Engine<T> engine;
        private int predictions;

        public Session(NetworkPlan plan) => engine = new Engine<T>(plan, arena);

        public bool HasPredictedMany => predictions == ManyPredictions;

        public RowPanels<T>?[]? PanelsOf(ParameterVector<T> parameters) => engine.PanelsOf(parameters);

        public Matrix<T> Predict(ParameterVector<T> parameters, ParameterVector<T> statistics, Team team, ReadOnlySpan<T> row,
            RowPanels<T>?[]? panels)
        {
            predictions = Math.Min(predictions + 1, ManyPredictions);
            arena.Reset();
            var input = arena.Rent(1, row.Length);
            row.CopyTo(input.Block.Span);
            return engine.Infer(team, parameters, statistics, input, panels);
        }
    }
}
