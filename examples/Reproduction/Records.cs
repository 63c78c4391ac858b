using System.Text.Json.Serialization;

namespace FunctionalNN.Examples;

/// <summary>A result as one example hands it to the program that runs all.</summary>
public sealed record ResultRecord(string What, string Published, string Ours, string Passes, string Verdict);

/// <summary>The results of an example.</summary>
public sealed record ExampleRecord(string Title, double Seconds, ResultRecord[] Results);

/// <summary>Reads and writes them.</summary>
[JsonSerializable(typeof(ExampleRecord))]
public sealed partial class Records : JsonSerializerContext;
