using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FunctionalNN;

/// <summary>Writes answers as JSON.</summary>
internal static class ServeAnswers
{
    private const int UsualBytes = 512;

    public static Task Write(HttpContext context, Action<Utf8JsonWriter> write) =>
        Write(context, StatusCodes.Status200OK, "application/json; charset=utf-8", write);

    /// <summary>{"version": …, "prediction": {"class": …, "probabilities": {…}}}, or "value" for a quantity.</summary>
    public static void Row(Utf8JsonWriter writer, string version, Prediction prediction)
    {
        writer.WriteString("version"u8, version);
        writer.WritePropertyName("prediction"u8);
        Of(writer, prediction);
    }

    public static void Batch(Utf8JsonWriter writer, string version, List<Prediction> predictions)
    {
        writer.WriteString("version"u8, version);
        writer.WriteStartArray("predictions"u8);
        foreach (var prediction in predictions)
        {
            Of(writer, prediction);
        }

        writer.WriteEndArray();
    }

    public static void Explanation(Utf8JsonWriter writer, string version, Explanation explanation)
    {
        Row(writer, version, explanation.Prediction);
        writer.WriteString("output"u8, explanation.Output);
        writer.WriteStartArray("contributions"u8);
        foreach (var one in explanation.Contributions)
        {
            writer.WriteStartObject();
            writer.WriteString("column"u8, one.Column);
            writer.WriteString("value"u8, one.Value);
            writer.WriteNumber("contribution"u8, one.Contribution);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Health(Utf8JsonWriter writer, ServedVersion now)
    {
        writer.WriteString("status"u8, "ok");
        writer.WriteString("version"u8, now.Version);
        writer.WriteString("predicts"u8, now.Pipeline.Target.Name);
        writer.WriteStartArray("columns"u8);
        foreach (var column in now.Pipeline.Encoding.Columns)
        {
            writer.WriteStringValue(column.Name);
        }

        writer.WriteEndArray();
    }

    /// <summary>Problem details (RFC 9457).</summary>
    public static Task Problem(HttpContext context, int status, string title, string detail) =>
        Write(context, status, "application/problem+json", writer =>
        {
            writer.WriteString("title"u8, title);
            writer.WriteNumber("status"u8, status);
            writer.WriteString("detail"u8, detail);
        });

    /// <summary>Problem details with "errors": a list of messages a column.</summary>
    public static Task Refused(HttpContext context, IReadOnlyCollection<RowFault> faults) =>
        Write(context, StatusCodes.Status400BadRequest, "application/problem+json", writer =>
        {
            writer.WriteString("title"u8, "The row cannot be predicted.");
            writer.WriteNumber("status"u8, StatusCodes.Status400BadRequest);
            writer.WriteStartObject("errors"u8);
            foreach (var column in faults.GroupBy(fault => fault.Column, StringComparer.Ordinal))
            {
                writer.WriteStartArray(column.Key);
                foreach (var fault in column)
                {
                    writer.WriteStringValue(fault.Message);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        });

    private static void Of(Utf8JsonWriter writer, Prediction prediction)
    {
        writer.WriteStartObject();
        if (prediction.Class is { } name)
        {
            writer.WriteString("class"u8, name);
            writer.WriteStartObject("probabilities"u8);
            foreach (var one in prediction.Probabilities)
            {
                writer.WriteNumber(one.Name, one.Probability);
            }

            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNumber("value"u8, prediction.Value);
        }

        writer.WriteEndObject();
    }

    private static async Task Write(HttpContext context, int status, string type, Action<Utf8JsonWriter> write)
    {
        var (response, body) = (context.Response, new ArrayBufferWriter<byte>(UsualBytes));
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        (response.StatusCode, response.ContentType, response.ContentLength) = (status, type, body.WrittenCount);
        await response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
