using System.Diagnostics.CodeAnalysis;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Options and results in the forms that .NET knows: for F#, for Visual Basic, and for who does not use LanguageExt.</summary>
public static class OptionForms
{
    /// <summary>Whether there is a value, and which: <c>if (state.Validation.TryGet(out var metrics))</c>.</summary>
    public static bool TryGet<T>(this Option<T> option, [MaybeNullWhen(false)] out T value)
    {
        value = option.IsSome ? (T)option.Case! : default;
        return option.IsSome;
    }

    /// <summary>The value, or null where there is none.</summary>
    public static T? OrNull<T>(this Option<T> option)
        where T : struct => option.TryGet(out var value) ? value : null;

    /// <summary>The value, or null where there is none.</summary>
    public static T? OrNullReference<T>(this Option<T> option)
        where T : class => option.TryGet(out var value) ? value : null;

    /// <summary>Whether there is a value, and which; else what went wrong: <c>if (!Model.Load("a").TryGet(out var model, out var
    /// message))</c>.</summary>
    public static bool TryGet<T>(this Either<Error, T> result, [MaybeNullWhen(false)] out T value, [MaybeNullWhen(true)] out string message)
    {
        value = result.IsRight ? (T)result.Case : default;
        message = result.IsRight ? null : ((Error)result.Case).Message;
        return result.IsRight;
    }

    /// <summary>Whether there is a value, and which; else everything that is wrong, a line each.</summary>
    public static bool TryGet<T>(this Validation<Error, T> result, [MaybeNullWhen(false)] out T value,
        [MaybeNullWhen(true)] out string message)
    {
        var (isFound, found, wrong) = result.Match<(bool, T?, string?)>(
            success => (true, success, null),
            errors => (false, default, string.Join(Environment.NewLine, errors.Map(error => error.Message))));
        (value, message) = (found, wrong);
        return isFound;
    }
}
