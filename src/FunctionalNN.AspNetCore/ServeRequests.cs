using System.Text.Json;
using LanguageExt;
using Microsoft.AspNetCore.Http;

namespace FunctionalNN;

/// <summary>What each endpoint does.</summary>
internal sealed class ServeRequests(ServedPipeline served, ServeOptions options, ServeMetrics metrics)
{
    public Task Predict(HttpContext context) => WithJson(context, json =>
    {
        var (now, start) = (served.Current, metrics.Now);
        return now.Pipeline.TryPredict(json).Match(
            prediction =>
            {
                metrics.Predicted(1, start);
                return ServeAnswers.Write(context, writer => ServeAnswers.Row(writer, now.Version, prediction));
            },
            faults => Refused(context, [.. faults], now));
    });

    public Task PredictBatch(HttpContext context) => WithJson(context, json =>
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return ServeAnswers.Problem(context, 400, "The body is no batch.", "expected a list of rows: [{…}, {…}]");
        }

        if (json.GetArrayLength() > options.MaxRows)
        {
            return ServeAnswers.Problem(context, 400, "The batch is too long.",
                $"found {json.GetArrayLength()} rows, expected a list of at most {options.MaxRows} rows: send them in parts");
        }

        var (now, start) = (served.Current, metrics.Now);
        List<Prediction> predictions = [];
        List<RowFault> wrong = [];
        foreach (var (i, row) in json.EnumerateArray().Index())
        {
            now.Pipeline.TryPredict(row).Match(
                predictions.Add,
                faults => wrong.AddRange(faults.Map(fault => fault with { Column = $"[{i}].{fault.Column}" })));
        }

        if (wrong.Count > 0)
        {
            return Refused(context, wrong, now);
        }

        metrics.Predicted(predictions.Count, start);
        return ServeAnswers.Write(context, writer => ServeAnswers.Batch(writer, now.Version, predictions));
    });

    public Task Explain(HttpContext context) => WithJson(context, json =>
    {
        var now = served.Current;
        try
        {
            var explanation = now.Pipeline.Explain(json);
            return ServeAnswers.Write(context, writer => ServeAnswers.Explanation(writer, now.Version, explanation));
        }
        catch (RowException wrong)
        {
            return Refused(context, wrong.Faults, now);
        }
    });

    public Task Health(HttpContext context)
    {
        var now = served.Current;
        return ServeAnswers.Write(context, writer => ServeAnswers.Health(writer, now));
    }

    public Task Reload(HttpContext context) => served.Reload().Match(
        next =>
        {
            metrics.Reloaded(isServed: true);
            return ServeAnswers.Write(context, writer => ServeAnswers.Health(writer, next));
        },
        fault =>
        {
            metrics.Reloaded(isServed: false);
            return ServeAnswers.Problem(context, 409, "The new model cannot be served.",
                $"{fault.Message}; version {served.Current.Version} goes on");
        });

    private async Task WithJson(HttpContext context, Func<JsonElement, Task> answer)
    {
        JsonDocument json;
        try
        {
            json = await ServeBody.Read(context, options.MaxBytes).ConfigureAwait(false);
        }
        catch (JsonException fault)
        {
            await ServeAnswers.Problem(context, 400, "The body is no JSON of a row.", fault.Message).ConfigureAwait(false);
            return;
        }
        catch (BadHttpRequestException fault)
        {
            await ServeAnswers.Problem(context, fault.StatusCode, "The body cannot be read.", fault.Message).ConfigureAwait(false);
            return;
        }

        using (json)
        {
            await answer(json.RootElement).ConfigureAwait(false);
        }
    }

    private Task Refused(HttpContext context, IReadOnlyCollection<RowFault> faults, ServedVersion now)
    {
        foreach (var fault in faults)
        {
            metrics.Refused(fault, now.Pipeline);
        }

        return ServeAnswers.Refused(context, faults);
    }
}
