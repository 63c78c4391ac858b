namespace FunctionalNN;

/// <summary>How a run ended.</summary>
/// <param name="Reason">In words.</param>
/// <param name="IsFault">Whether something went wrong: an exception or a divergence.</param>
internal sealed record RunEnd(string Reason, bool IsFault);
