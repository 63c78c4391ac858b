namespace FunctionalNN;

/// <summary>Why a file cannot be read: thrown inside the reader, and an error value outside of it.</summary>
internal sealed class OnnxFault(string reason) : Exception(reason)
{
    /// <summary>The node that cannot be read, where what comes before it may be.</summary>
    public NodeMessage? Unread { get; init; }
}
