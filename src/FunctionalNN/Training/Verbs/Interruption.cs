namespace FunctionalNN;

/// <summary>What ends a run from outside: asked before every step.</summary>
/// <param name="why">The reason, once there is one, else null.</param>
/// <param name="outer">One from further down the chain of verbs.</param>
/// <param name="isEnough">Whether no more states are wanted: the run then ends between two epochs, without a word, and verbs on the way can
/// close.</param>
internal sealed class Interruption(Func<string?>? why, Interruption? outer, Func<bool>? isEnough = null)
{
    /// <summary>One that never comes.</summary>
    public static Interruption None { get; } = new(null, null);

    /// <summary>Whether some verb has enough states.</summary>
    public bool IsEnough => (isEnough?.Invoke() ?? false) || (outer?.IsEnough ?? false);

    /// <summary>The reason to end, or null.</summary>
    public string? Reason => why?.Invoke() ?? outer?.Reason;
}
