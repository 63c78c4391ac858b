using Microsoft.Extensions.Logging;

namespace FunctionalNN.Tests;

/// <summary>A log in memory: level, text and structured fields of each entry.</summary>
internal sealed class LoggedLines(LogLevel least = LogLevel.Trace) : ILogger
{
    public List<(LogLevel Level, string Text, Dictionary<string, object?> Fields)> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Entries.Add((logLevel, formatter(state, exception),
            ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(field => field.Key, field => field.Value)));
}
