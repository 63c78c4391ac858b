namespace FunctionalNN;

/// <summary>The version of the library, which its files name. A test compares it with the assembly's.</summary>
internal static class LibraryVersion
{
    public const string Text = "0.1.0";
}
