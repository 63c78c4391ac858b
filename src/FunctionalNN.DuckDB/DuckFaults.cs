using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace FunctionalNN;

/// <summary>What DuckDB refuses, with what to do about it.</summary>
internal static partial class DuckFaults
{
    private const int MaxShown = 2000;

    /// <summary>A message for a fault that a query, a file or the machine is the cause of; null for others.</summary>
    public static string? Of(Exception fault, string sql) => fault switch
    {
        InvalidDataException named => named.Message,
        DuckDBException refused => OfDuck(refused.Message, sql),
        DllNotFoundException or BadImageFormatException or TypeInitializationException { InnerException: DllNotFoundException } =>
            "DuckDB's native library cannot be loaded: the package DuckDB.NET.Data.Full has it for Linux, macOS and Windows on x64 and "
                + $"arm64; a program that is published for one system needs that system's RuntimeIdentifier ({fault.Message})",
        ArgumentException bad when bad.Message.Contains("with AS in SQL", StringComparison.Ordinal) => bad.Message,
        InvalidOperationException infinite when infinite.Message.Contains("infinite date", StringComparison.Ordinal) =>
            "an infinite date has no number: leave such rows out with WHERE isfinite(…), or make gaps of them with "
                + "CASE WHEN isfinite(…) THEN … END",
        InvalidCastException or OverflowException => $"a value cannot be read: {fault.Message}: make a number or a text of its column",
        _ => null,
    };

    private static string OfDuck(string message, string sql)
    {
        var text = message.Length > MaxShown ? $"{message[..MaxShown]}…" : message;
        return NoFile().Match(text) is { Success: true } missing
                ? $"{missing.Groups[1].Value}: there is no such file; a path is taken from the folder that the program runs in, "
                    + Environment.CurrentDirectory
            : NoParquet().Match(text) is { Success: true } file
                ? $"{file.Groups[1].Value}: it is no Parquet file, or it is cut short: write it again, or name its kind, such as "
                    + $"read_csv('{file.Groups[1].Value}') or read_json('{file.Groups[1].Value}') ({text})"
            : text.Contains("xtension", StringComparison.Ordinal) && Extension().Match(text) is { Success: true } extension
                ? $"the query needs DuckDB's extension {extension.Groups[1].Value}, which is not there and cannot be downloaded now: run "
                    + $"INSTALL {extension.Groups[1].Value} once with a network, or read a local file"
            : text.Contains("Table with name", StringComparison.Ordinal)
                ? $"{Plain(text)}{Environment.NewLine}A file is named in quotes, such as from 'customers.parquet'; a table needs Database, "
                    + "or ATTACH in Before"
            : $"DuckDB refuses the query: {Plain(text)}{(sql.Length == 0 ? " (the query is empty)" : "")}";
    }

    /// <summary>DuckDB's message without the kind of error that is said twice.</summary>
    private static string Plain(string text) => Kind().Replace(text, "", 1);

    [GeneratedRegex("No files found that match the pattern \"(.*?)\"")]
    private static partial Regex NoFile();

    [GeneratedRegex("(?:File|at end of file) '([^']*)'(?: too small to be a Parquet file|$|\\s)")]
    private static partial Regex NoParquet();

    [GeneratedRegex("required extension '(\\w+)'|install the extension \"?(\\w+)|extension \"(\\w+)\"")]
    private static partial Regex Extension();

    [GeneratedRegex("^(?:Invalid|Conversion|IO|Catalog|Binder|Parser|Unknown)\\s+(?=[\\w ]+ Error:)")]
    private static partial Regex Kind();
}
