namespace FunctionalNN;

/// <summary>What ends a run from outside: asked before every step.</summary>
/// <param name="why">The reason, once there is one, else null.</param>
/// <param name="outer">One from further down the chain of verbs.</param>
internal sealed class Interruption(Func<string?>? why, Interruption? outer)
{
    /// <summary>One that never comes.</summary>
    public static Interruption None { get; } = new(null, null);

    /// <summary>The reason to end, or null.</summary>
    public string? Reason => why?.Invoke() ?? outer?.Reason;
}
