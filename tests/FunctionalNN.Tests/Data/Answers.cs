using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>What an Either holds, for a test that knows which side it should be.</summary>
internal static class Answers
{
    public static T Good<T>(this Either<Error, T> answer) =>
        answer.Match(Right: value => value,
            Left: error => throw new Xunit.Sdk.XunitException($"expected a value, got the error: {error.Message}"));

    public static string Fault<T>(this Either<Error, T> answer) =>
        answer.Match(Right: value => throw new Xunit.Sdk.XunitException($"expected an error, got {value}"), Left: error => error.Message);
}
