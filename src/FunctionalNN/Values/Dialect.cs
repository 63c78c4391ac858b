namespace FunctionalNN;

/// <summary>
/// A system whose conventions are meant where systems give one name to different rules: <c>Adam.Like(Dialect.Keras)</c>. The page
/// docs/dialects.md shows the differences in numbers.
/// </summary>
public enum Dialect
{
    /// <summary>Keras 3.</summary>
    Keras,

    /// <summary>PyTorch.</summary>
    PyTorch,

    /// <summary>Kinsley and Kukieła, "Neural Networks from Scratch in Python", 2020.</summary>
    Book,

    /// <summary>scikit-learn's MLPClassifier and MLPRegressor.</summary>
    ScikitLearn,
}

/// <summary>What <c>Like</c> answers when a system does not have the thing asked for.</summary>
internal static class Dialects
{
    public static ArgumentException Without(Dialect dialect, string what) =>
        new($"{dialect} has no {what}: ask for the dialect of a system that has it", nameof(dialect));
}
