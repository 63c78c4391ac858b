using System.Collections.Immutable;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>
/// A value in a figure's JSON, as Plotly reads it: a number, a text, a truth value, nothing, numbers, a grid of numbers, a list, or a
/// <see cref="PlotObject"/>. It never changes, and two are equal when their contents are. Numbers, texts, truth values and arrays become
/// one by themselves.
/// </summary>
/// <remarks>Whole numbers are written exactly, others with 5 significant digits, NaN and infinities as null, which Plotly leaves out of the
/// picture.</remarks>
public abstract record PlotValue
{
    private protected PlotValue()
    {
    }

    /// <summary>JSON's null.</summary>
    public static PlotValue Nothing { get; } = new Null();

    /// <summary>A list of values of any kind.</summary>
    public static PlotValue List(params IEnumerable<PlotValue> values) => new PlotList([.. values]);

    /// <summary>A list of numbers.</summary>
    public static PlotValue Numbers(IEnumerable<double> values) => new PlotNumbers([.. values]);

    /// <summary>A list of texts.</summary>
    public static PlotValue Texts(IEnumerable<string> values) => new PlotList([.. values.Select(text => (PlotValue)text)]);

    /// <summary>Rows of numbers, as heat maps and surfaces take them.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many numbers in each.</param>
    /// <param name="at">The number in a row and a column.</param>
    public static PlotValue Grid(int rows, int columns, Func<int, int, double> at) =>
        new PlotList([.. Enumerable.Range(0, rows).Select(row => Numbers(Enumerable.Range(0, columns).Select(column => at(row, column))))]);

    /// <summary>A number.</summary>
    public static implicit operator PlotValue(double number) => new Number(number);

    /// <summary>A text.</summary>
    public static implicit operator PlotValue(string text) => new Text(text);

    /// <summary>A truth value.</summary>
    public static implicit operator PlotValue(bool truth) => new Truth(truth);

    /// <summary>A list of numbers.</summary>
    public static implicit operator PlotValue(double[] numbers) => Numbers(numbers);

    /// <summary>A list of texts.</summary>
    public static implicit operator PlotValue(string[] texts) => Texts(texts);

    /// <summary>A list.</summary>
    public static implicit operator PlotValue(PlotValue[] values) => List(values);

    /// <summary>Its JSON.</summary>
    public sealed override string ToString() => PlotJson.TextOf(Write);

    internal abstract void Write(Utf8JsonWriter writer);

    private sealed record Null : PlotValue
    {
        internal override void Write(Utf8JsonWriter writer) => writer.WriteNullValue();
    }

    private sealed record Number(double Value) : PlotValue
    {
        internal override void Write(Utf8JsonWriter writer) => PlotJson.Write(writer, Value);
    }

    private sealed record Text(string Value) : PlotValue
    {
        internal override void Write(Utf8JsonWriter writer) => writer.WriteStringValue(Value);
    }

    private sealed record Truth(bool Value) : PlotValue
    {
        internal override void Write(Utf8JsonWriter writer) => writer.WriteBooleanValue(Value);
    }
}
