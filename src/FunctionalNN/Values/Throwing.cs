using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>One-word access to a result for the REPL and for short programs.</summary>
public static class Throwing
{
    /// <summary>The value, or an exception with every error's message.</summary>
    /// <exception cref="InvalidOperationException">The result is errors.</exception>
    public static T OrThrow<T>(this Validation<Error, T> result) => result.Match(
        value => value,
        errors => throw new InvalidOperationException(string.Join(Environment.NewLine, errors.Map(error => error.Message))));

    /// <summary>The value, or an exception with the error's message.</summary>
    /// <exception cref="InvalidOperationException">The result is an error.</exception>
    public static T OrThrow<T>(this Either<Error, T> result) => result.Match(
        value => value,
        error => throw new InvalidOperationException(error.Message));
}
