namespace FunctionalNN;

/// <summary>A law does not hold. The message says which, what was found, the smallest case on which it fails, and how to try that case
/// again.</summary>
public sealed class LawBrokenException : Exception
{
    internal LawBrokenException(string message, string law, string finding, TrainingCase counterexample, string replay, Exception inner)
        : base(message, inner)
    {
        Law = law;
        Finding = finding;
        Counterexample = counterexample;
        Replay = replay;
    }

    /// <summary>The law's name.</summary>
    public string Law { get; }

    /// <summary>What was found instead of what the law says.</summary>
    public string Finding { get; }

    /// <summary>The smallest case found on which it fails.</summary>
    public TrainingCase Counterexample { get; }

    /// <summary>For <see cref="LawSettings.Replay"/>.</summary>
    public string Replay { get; }
}
