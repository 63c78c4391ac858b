using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <content>Emitted C#.</content>
public static partial class Pipeline
{
    private static readonly ImmutableHashSet<string> Members =
        ["Row", "Equals", "GetHashCode", "ToString", "GetType", "EqualityContract", "PrintMembers", "Deconstruct", "MemberwiseClone",
            "Finalize", "ReferenceEquals"];

    /// <summary>
    /// The pipeline as one file of C# source without any dependency: a record <c>Row</c> with a property a column, and
    /// <c>Predict(Row row, Span&lt;double&gt; outputs)</c>, which prepares, predicts and decides, bit for bit as
    /// a prepared row of the library does: it writes the probabilities of all classes, or the quantity, and gives
    /// the number of the class. The network is a class of its own beside it, <c>…Network</c>.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="className">The name of the class: a letter, then letters and digits.</param>
    /// <param name="namespaceName">Its namespace, or none.</param>
    /// <returns>The source, or all errors, as <see cref="CSharpEmission.EmitCSharp{T}"/> gives them.</returns>
    /// <remarks>Numbers and flags are nullable, null for what is not known; dates are DateTime, read as the pipeline reads them.
    /// Texts of numbers, dates and flags are for the caller to parse.</remarks>
    public static Validation<Error, string> EmitCSharp<T>(this Pipeline<T> pipeline, string className, string? namespaceName = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        pipeline.Model.EmitCSharp($"{className}Network", namespaceName).Map(network => $"{network}\n{Class(pipeline, className)}");

    /// <summary>Writes what <see cref="EmitCSharp{T}"/> gives to a file. It appears whole or not at all.</summary>
    /// <returns>Nothing, or the first thing that stands against it.</returns>
    public static Either<Error, Unit> SaveCSharp<T>(this Pipeline<T> pipeline, string path, string className, string? namespaceName = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        pipeline.EmitCSharp(className, namespaceName).Match(
            Succ: source => FileErrors.Writing(path, stream => stream.Write(new UTF8Encoding().GetBytes(source))),
            Fail: errors => Error.New(string.Join(Environment.NewLine, errors.Map(error => error.Message))));

    private static string Class<T>(Pipeline<T> pipeline, string className)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (encoding, target, type) = (pipeline.Encoding, pipeline.Target, EmittedNumber.TypeOf<T>());
        var name = className.Any(letter => !char.IsAsciiLetterLower(letter)) ? className : $"@{className}";
        var properties = Properties(encoding);
        var outputs = Math.Max(1, target.Classes.Length);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            /// <summary>Columns, network and decision of a pipeline that predicts {{Xml(target.ToString())}}.</summary>
            public static class {{name}}
            {
                /// <summary>A row of the table; null for what is not known.</summary>
            {{string.Join("\n", encoding.Columns.Zip(properties, (column, property) =>
                $"    /// <param name=\"{property}\">The column {Xml(column.Name)}.</param>"))}}
                public sealed record Row({{string.Join(", ", encoding.Columns.Zip(properties, (column, property) =>
                    $"{EmittedColumn.TypeOf(column)} {property}"))}});

                /// <summary>The numbers that come out.</summary>
                public const int Outputs = {{outputs}};

                /// <summary>The classes in the order of the outputs; none of a quantity.</summary>
                public static string[] Classes => [{{string.Join(", ", target.Classes.Select(EmittedSource.Literal))}}];

                /// <summary>Writes the probabilities of all classes, or the quantity, and gives the number of the class, 0 for a
                /// quantity; from any number of threads at once.</summary>
                /// <exception cref="ArgumentException">A value of the row does not fit; the message names column and value.</exception>
                public static int Predict(Row row, Span<double> outputs)
                {
                    if (outputs.Length != Outputs)
                    {
                        throw new ArgumentException($"there is room for {outputs.Length} outputs, {Outputs} come out");
                    }

                    Span<double> x = {{Room("double", encoding.Width)}};
                    Prepare(row, x);
                    Span<{{type}}> input = {{Room(type, encoding.Width)}};
                    for (var i = 0; i < x.Length; i++)
                    {
                        input[i] = ({{type}})x[i];
                    }

                    Span<{{type}}> raw = {{Room(type, pipeline.Model.Network.Outputs)}};
                    {{name}}Network.Predict(input, raw);
                    foreach (var number in raw)
                    {
                        if (!{{type}}.IsFinite(number))
                        {
                            throw new InvalidOperationException($"the network's output for this row is {number}");
                        }
                    }

            {{Decided(pipeline)}}
                }

                /// <summary>The columns as the network takes them.</summary>
                private static void Prepare(Row row, Span<double> x)
                {
            {{Preparation(encoding, properties)}}
                }

            {{Helpers}}
            }

            """).ReplaceLineEndings("\n");
    }

    private static string Room(string type, int count) => count <= 2048 ? $"stackalloc {type}[{count}]" : $"new {type}[{count}]";

    private static string Decided<T>(Pipeline<T> pipeline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var target = pipeline.Target;
        List<string> lines = [];
        if (target.Column.IsQuantity)
        {
            lines.AddRange($"outputs[0] = ((double)raw[0] * {EmittedNumber.Of(target.Spread)}) + {EmittedNumber.Of(target.Mean)};",
                "return 0;");
        }
        else
        {
            lines.AddRange(pipeline.Model.Network.Outputs == 1
                ? ["outputs[1] = raw[0];", "outputs[0] = 1 - outputs[1];"]
                : ["for (var i = 0; i < raw.Length; i++) outputs[i] = raw[i];"]);
            if (pipeline.Temperature != 1)
            {
                lines.AddRange("var (greatest, sum) = (0.0, 0.0);",
                    "foreach (var probability in outputs) greatest = Math.Max(greatest, probability);",
                    "for (var i = 0; i < outputs.Length; i++) sum += outputs[i] = Math.Pow(outputs[i] / greatest, 1 / "
                        + $"{EmittedNumber.Of(pipeline.Temperature)});",
                    "for (var i = 0; i < outputs.Length; i++) outputs[i] /= sum;");
            }

            lines.AddRange(pipeline.Decision.Threshold is { } threshold
                ? [$"return outputs[1] >= {EmittedNumber.Of(threshold)} ? 1 : 0;"]
                : ["var best = 0;", "for (var i = 1; i < outputs.Length; i++) best = outputs[i] > outputs[best] ? i : best;",
                    "return best;"]);
        }

        return string.Join("\n", lines.Select(line => $"        {line}"));
    }

    private static string Preparation(TableEncoding encoding, string[] properties)
    {
        ImmutableArray<string> marks = encoding.Notation.MissingValues.IsDefault ? [] : encoding.Notation.MissingValues;
        var (at, places, lines) = (0, new Dictionary<string, (int At, int Width)>(StringComparer.Ordinal), new List<string>());
        foreach (var (i, column) in encoding.Columns.Index())
        {
            lines.AddRange(new EmittedColumn(column, properties[i], at, marks).Statements());
            places.Add(column.Name, (at, column.Width));
            at += column.Width;
        }

        foreach (var pair in encoding.Interactions)
        {
            var (first, second) = (places[pair.First], places[pair.Second]);
            lines.Add($"for (var i = 0; i < {first.Width}; i++) for (var j = 0; j < {second.Width}; j++) "
                + $"x[{at} + (i * {second.Width}) + j] = x[{first.At} + i] * x[{second.At} + j];");
            at += first.Width * second.Width;
        }

        return string.Join("\n", lines.Select(line => $"        {line}"));
    }

    /// <summary>A name in C# for each column: its letters and digits, each word with a capital.</summary>
    private static string[] Properties(TableEncoding encoding)
    {
        var taken = Members.ToBuilder();
        return
        [
            .. encoding.Columns.Select((column, i) =>
            {
                var words = string.Concat(string.Concat(column.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' '))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
                var name = words.Length > 0 && char.IsAsciiLetter(words[0]) ? words : $"Column{i}";
                return taken.Add(name) ? name : $"{name}Column{i}";
            }),
        ];
    }

    private static string Xml(string text) => EmittedSource.OneLine(text).Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private const string Helpers = """
            private static ArgumentException Bad(string column, object value, string expected) =>
                new(FormattableString.Invariant($"column \"{column}\": found {value}, expected {expected}"));

            private static double Seconds(DateTime date) =>
                ((date.Kind == DateTimeKind.Local ? date.ToUniversalTime() : date).Ticks - DateTime.UnixEpoch.Ticks)
                / (double)TimeSpan.TicksPerSecond;

            private static int Bin(double x, ReadOnlySpan<double> edges)
            {
                var bin = 0;
                while (bin < edges.Length && x >= edges[bin])
                {
                    bin++;
                }

                return bin;
            }

            /// <summary>The mean of the ranks from below and from above, so that of equal quantiles the middle one counts.</summary>
            private static double Rank(double x, ReadOnlySpan<double> knots)
            {
                if (x <= knots[0] || x >= knots[^1])
                {
                    return x < knots[0] ? 0 : x > knots[^1] ? 1 : x == knots[0] && x == knots[^1] ? 0.5 : x == knots[0] ? 0 : 1;
                }

                var (above, below) = (First(knots, x, false), First(knots, x, true) - 1);
                return above - below > 1
                    ? (below + above) / 2.0 / (knots.Length - 1)
                    : (below + ((x - knots[below]) / (knots[above] - knots[below]))) / (knots.Length - 1);
            }

            private static int First(ReadOnlySpan<double> knots, double x, bool orEqual)
            {
                var (low, high) = (0, knots.Length);
                while (low < high)
                {
                    var middle = (low + high) / 2;
                    (low, high) = knots[middle] > x || (orEqual && knots[middle] == x) ? (low, middle) : (middle + 1, high);
                }

                return low;
            }
        """;
}
