namespace FunctionalNN;

/// <summary>What a browser could not do, on the way to an error value.</summary>
internal sealed class ChromiumFault(string reason) : IOException(reason);
