using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace FunctionalNN.Serve;

/// <summary>What is said of a row.</summary>
internal sealed record Answer(string? Class, double? Value, Dictionary<string, double>? Probabilities)
{
    public static Answer Of(Prediction prediction) => prediction.Class is null
        ? new Answer(null, prediction.Value, null)
        : new Answer(prediction.Class, null, prediction.Probabilities.ToDictionary(one => one.Name, one => one.Probability));
}

/// <summary>The answer to one row, and by which version.</summary>
internal sealed record RowAnswer(string Version, Answer Prediction);

/// <summary>The answers to a batch, in its order, all by one version.</summary>
internal sealed record BatchAnswer(string Version, Answer[] Predictions);

/// <summary>Why a row is answered so.</summary>
internal sealed record ExplanationAnswer(string Version, Answer Prediction, string Output, ColumnContribution[] Contributions);

/// <summary>How the server is.</summary>
internal sealed record Health(string Status, string Version, string[] Columns);

/// <summary>What is written, known when it is compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RowAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(ExplanationAnswer))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class AnswerJson : JsonSerializerContext;
