namespace FunctionalNN;

/// <summary>Why a file cannot be read: thrown inside the reader, and an error value outside of it.</summary>
internal sealed class OnnxFault(string reason) : Exception(reason);
