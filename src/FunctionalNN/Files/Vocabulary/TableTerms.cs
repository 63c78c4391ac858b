using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FunctionalNN;

/// <summary>How columns become inputs, as a file tells of it, before it is checked.</summary>
internal sealed record EncodingOutline(ImmutableArray<FittedColumn> Columns, ImmutableArray<Interaction> Interactions,
    ImmutableArray<LeftOutColumn> LeftOut, FittedTarget Target, CsvOptions Notation, ImmutableArray<double> InputMeans, int Rows);

/// <summary>How probabilities become a class, as a file tells of it.</summary>
internal sealed record DecisionOutline(double Temperature, double? Threshold, string Reason)
{
    /// <summary>The content hash of the rows that the temperature was taken from.</summary>
    public string? CalibratedOn { get; init; }

    /// <summary>The content hash of the rows that the threshold was tuned on.</summary>
    public string? TunedOn { get; init; }

    /// <summary>The cost that it was tuned by; null for the F₁ score.</summary>
    public double? FalseAlarm { get; init; }

    /// <summary>As <see cref="FalseAlarm"/>.</summary>
    public double? Miss { get; init; }
}

/// <summary>The columns of tables.</summary>
internal static class TableTerms
{
    private const string DateFormat = "yyyy-MM-dd";

    public static ImmutableArray<Term> All { get; } =
    [
        OfColumn("NumberColumn", new NumberColumn("x"))
            .With("scaling", column => column.Scaling, (column, value) => column with { Scaling = value })
            .With("log", column => column.Log, (column, value) => column with { Log = value })
            .With("clipShare", column => column.ClipShare, (column, value) => column with { ClipShare = value })
            .With("bins", column => column.Bins, (column, value) => column with { Bins = value }),
        OfColumn("CategoryColumn", new CategoryColumn("x"))
            .With("encoding", column => column.Encoding, (column, value) => column with { Encoding = value })
            .With("unseen", column => column.Unseen, (column, value) => column with { Unseen = value })
            .With("rareBelow", column => column.RareBelow, (column, value) => column with { RareBelow = value })
            .With("categories", column => column.Categories, (column, value) => column with { Categories = value })
            .With("limit", column => column.Limit, (column, value) => column with { Limit = value })
            .With("embeddingWidth", column => column.EmbeddingWidth, (column, value) => column with { EmbeddingWidth = value }),
        OfColumn("DateColumn", new DateColumn("x"))
            .With("parts", column => (int)column.Parts, (column, value) => column with { Parts = (DateParts)value })
            .With("formats", column => column.Formats, (column, value) => column with { Formats = value })
            .With("reference", column => column.Reference?.ToString(DateFormat, CultureInfo.InvariantCulture)!,
                (column, value) => column with { Reference = DateOf(value) }),
        OfColumn("FlagColumn", new FlagColumn("x"))
            .With("true", column => column.True, (column, value) => column with { True = value })
            .With("false", column => column.False, (column, value) => column with { False = value }),
        Term.Record("FittedNumber", new FittedNumber(new NumberColumn("x")))
            .With("column", fitted => fitted.Number, (fitted, value) => fitted with { Number = value })
            .With("filling", fitted => fitted.Filling, (fitted, value) => fitted with { Filling = value })
            .With("low", fitted => fitted.Low, (fitted, value) => fitted with { Low = value })
            .With("high", fitted => fitted.High, (fitted, value) => fitted with { High = value })
            .With("offset", fitted => fitted.Offset, (fitted, value) => fitted with { Scale = fitted.Scale with { Offset = value } })
            .With("spread", fitted => fitted.Spread, (fitted, value) => fitted with { Scale = fitted.Scale with { Spread = value } })
            .With("quantiles", fitted => fitted.Quantiles,
                (fitted, value) => fitted with { Scale = fitted.Scale with { Quantiles = value } })
            .With("edges", fitted => fitted.Edges, (fitted, value) => fitted with { Edges = value }),
        Term.Record("FittedCategory", new FittedCategory(new CategoryColumn("x")))
            .With("column", fitted => fitted.Category, (fitted, value) => fitted with { Category = value })
            .With("categories", fitted => fitted.Categories, (fitted, value) => fitted with { Categories = value })
            .With("rare", fitted => fitted.Rare, (fitted, value) => fitted with { Rare = value })
            .With("filling", fitted => fitted.Filling, (fitted, value) => fitted with { Filling = value }),
        Term.Record("FittedDate", new FittedDate(new DateColumn("x")))
            .With("column", fitted => fitted.Date, (fitted, value) => fitted with { Date = value })
            .With("filling", fitted => fitted.Filling, (fitted, value) => fitted with { Filling = value })
            .With("referenceSeconds", fitted => fitted.Reference, (fitted, value) => fitted with { Reference = value })
            .With("offsets", fitted => fitted.Scales.Select(scale => scale.Offset).ToImmutableArray(),
                (fitted, value) => fitted with { Scales = [.. value.Select(offset => NumberScale.Identity with { Offset = offset })] })
            .With("spreads", fitted => fitted.Scales.Select(scale => scale.Spread).ToImmutableArray(),
                (fitted, value) => value.Length == fitted.Scales.Length
                    ? fitted with { Scales = [.. fitted.Scales.Zip(value, (scale, spread) => scale with { Spread = spread })] }
                    : throw new ArgumentException($"found {value.Length} spreads, expected {fitted.Scales.Length}, one an offset")),
        Term.Record("FittedFlag", new FittedFlag(new FlagColumn("x")))
            .With("column", fitted => fitted.Flag, (fitted, value) => fitted with { Flag = value })
            .With("filling", fitted => fitted.Filling, (fitted, value) => fitted with { Filling = value }),
        Term.Record("TargetColumn", new TargetColumn("x"))
            .With("name", target => target.Name, (target, value) => target with { Name = value })
            .With("isQuantity", target => target.IsQuantity, (target, value) => target with { IsQuantity = value })
            .With("classes", target => target.Classes, (target, value) => target with { Classes = value })
            .With("isStandardised", target => target.IsStandardised, (target, value) => target with { IsStandardised = value }),
        Term.Record("FittedTarget", new FittedTarget(new TargetColumn("x"), [], 0, 1))
            .With("column", target => target.Column, (target, value) => target with { Column = value })
            .With("classes", target => target.Classes, (target, value) => target with { Classes = value })
            .With("mean", target => target.Mean, (target, value) => target with { Mean = value })
            .With("spread", target => target.Spread, (target, value) => target with { Spread = value }),
        Term.Record("Interaction", new Interaction("x", "y"))
            .With("first", pair => pair.First, (pair, value) => pair with { First = value })
            .With("second", pair => pair.Second, (pair, value) => pair with { Second = value }),
        Term.Record("LeftOutColumn", new LeftOutColumn("x"))
            .With("name", column => column.Name, (column, value) => column with { Name = value })
            .With("reason", column => column.Reason, (column, value) => column with { Reason = value }),
        Term.Record("Notation", new CsvOptions())
            .With("separator", notation => $"{notation.Separator}", (notation, value) => notation with { Separator = LetterOf(value) })
            .With("hasHeader", notation => notation.HasHeader ? notation.IsHeaderSure ? "true" : "probably" : "false",
                (notation, value) => value == "probably" ? notation : notation with { HasHeader = value == "true" })
            .With("decimalMark", notation => $"{notation.DecimalMark}", (notation, value) =>
                notation with { DecimalMark = LetterOf(value) })
            .With("thousandsMark", notation => notation.ThousandsMark is { } mark ? $"{mark}" : null!,
                (notation, value) => notation with { ThousandsMark = LetterOf(value) })
            .With("units", notation => notation.Units.IsDefault ? [] : notation.Units, (notation, value) => notation with { Units = value })
            .With("missingValues", notation => notation.MissingValues.IsDefault ? [] : notation.MissingValues,
                (notation, value) => notation with { MissingValues = value })
            .With("textEncoding", notation => notation.Encoding?.WebName!,
                (notation, value) => notation with { Encoding = Encoding.GetEncoding(value) }),
        Term.Record("Columns", new EncodingOutline([], [], [], new FittedTarget(new TargetColumn("x"), [], 0, 1), new CsvOptions(), [], 0))
            .With("columns", outline => outline.Columns, (outline, value) => outline with { Columns = value })
            .With("interactions", outline => outline.Interactions, (outline, value) => outline with { Interactions = value })
            .With("leftOut", outline => outline.LeftOut, (outline, value) => outline with { LeftOut = value })
            .With("target", outline => outline.Target, (outline, value) => outline with { Target = value })
            .With("notation", outline => outline.Notation, (outline, value) => outline with { Notation = value })
            .With("inputMeans", outline => outline.InputMeans, (outline, value) => outline with { InputMeans = value })
            .With("rows", outline => outline.Rows, (outline, value) => outline with { Rows = value }),
        Term.Record("Decision", new DecisionOutline(1, null, ""))
            .With("temperature", decision => decision.Temperature, (decision, value) => decision with { Temperature = value })
            .With("threshold", decision => decision.Threshold, (decision, value) => decision with { Threshold = value })
            .With("reason", decision => decision.Reason, (decision, value) => decision with { Reason = value })
            .With("calibratedOn", decision => decision.CalibratedOn!, (decision, value) => decision with { CalibratedOn = value })
            .With("tunedOn", decision => decision.TunedOn!, (decision, value) => decision with { TunedOn = value })
            .With("falseAlarm", decision => decision.FalseAlarm, (decision, value) => decision with { FalseAlarm = value })
            .With("miss", decision => decision.Miss, (decision, value) => decision with { Miss = value }),
    ];

    private static Term<TColumn> OfColumn<TColumn>(string name, TColumn blank)
        where TColumn : Column => Term.Record(name, blank)
            .With("name", column => column.Name,
                (column, value) => column with
                {
                    Name = value.Length > 0 ? value
                    : throw new ArgumentException("found no name, expected one")
                })
            .With("gaps", column => column.Gaps, (column, value) => column with { Gaps = value })
            .With("marksGaps", column => column.MarksGaps, (column, value) => column with { MarksGaps = value });

    private static char LetterOf(string text) =>
        text.Length == 1 ? text[0] : throw new ArgumentException($"found \"{text}\", expected one letter");

    private static DateOnly DateOf(string text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new ArgumentException($"found \"{text}\", expected a date such as 2024-05-31");
}
