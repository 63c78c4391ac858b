namespace FunctionalNN;

/// <summary>Something that is read piece by piece.</summary>
internal interface IPieces<out T> : IDisposable
    where T : class
{
    /// <summary>The next piece, or null at the end.</summary>
    /// <exception cref="InvalidDataException">There is a mistake in it.</exception>
    T? Next();
}
