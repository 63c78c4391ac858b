using System.Diagnostics;
using System.Text.Json;

namespace FunctionalNN.Serve;

/// <summary>The endpoints.</summary>
internal static class Server
{
    public const int MaxBytes = 1_000_000;
    public const int MaxRows = 1000;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public static WebApplication Build(string path, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = MaxBytes);
        builder.WebHost.UseUrls(url);
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default));
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(new ServedPipeline(path, Served.Load(path).OrThrow()));
        builder.Services.AddSingleton<ServeMetrics>();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.MapPost("/predict", Predict);
        app.MapPost("/predict/batch", PredictBatch);
        app.MapPost("/explain", Explain);
        app.MapPost("/reload", Reload);
        app.MapGet("/health", (ServedPipeline served) => TypedResults.Ok(new Health("ok", served.Current.Version,
            [.. served.Current.Pipeline.Encoding.Columns.Select(column => column.Name)])));
        return app;
    }

    private static Task<IResult> Predict(HttpRequest request, ServedPipeline served, ServeMetrics metrics) =>
        WithJson(request, json =>
        {
            var (now, start) = (served.Current, Stopwatch.GetTimestamp());
            return now.Pipeline.TryPredict(json).Match<IResult>(
                prediction =>
                {
                    metrics.Predicted(1, Stopwatch.GetElapsedTime(start));
                    return TypedResults.Ok(new RowAnswer(now.Version, Answer.Of(prediction)));
                },
                faults => Refused(faults, metrics));
        });

    /// <summary>A list of rows: all are answered, or none, with all that is wrong under names such as [3].age.</summary>
    private static Task<IResult> PredictBatch(HttpRequest request, ServedPipeline served, ServeMetrics metrics) =>
        WithJson(request, json =>
        {
            if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > MaxRows)
            {
                return TypedResults.Problem($"expected a list of at most {MaxRows} rows", statusCode: StatusCodes.Status400BadRequest);
            }

            var (now, start) = (served.Current, Stopwatch.GetTimestamp());
            List<Answer> answers = [];
            List<RowFault> wrong = [];
            foreach (var (i, row) in json.EnumerateArray().Index())
            {
                now.Pipeline.TryPredict(row).Match(
                    prediction => answers.Add(Answer.Of(prediction)),
                    faults => wrong.AddRange(faults.Map(fault => fault with { Column = $"[{i}].{fault.Column}" })));
            }

            if (wrong.Count > 0)
            {
                return Refused(wrong, metrics);
            }

            metrics.Predicted(answers.Count, Stopwatch.GetElapsedTime(start));
            return TypedResults.Ok(new BatchAnswer(now.Version, [.. answers]));
        });

    private static Task<IResult> Explain(HttpRequest request, ServedPipeline served, ServeMetrics metrics) =>
        WithJson(request, json =>
        {
            var now = served.Current;
            try
            {
                var explanation = now.Pipeline.Explain(json);
                return TypedResults.Ok(new ExplanationAnswer(now.Version, Answer.Of(explanation.Prediction), explanation.Output,
                    [.. explanation.Contributions]));
            }
            catch (RowException wrong)
            {
                return Refused(wrong.Faults, metrics);
            }
        });

    private static IResult Reload(ServedPipeline served, ServeMetrics metrics) => served.Reload().Match<IResult>(
        next =>
        {
            metrics.Reloaded(isServed: true);
            return TypedResults.Ok(new Health("ok", next.Version, [.. next.Pipeline.Encoding.Columns.Select(column => column.Name)]));
        },
        fault =>
        {
            metrics.Reloaded(isServed: false);
            return TypedResults.Problem($"{fault.Message}; version {served.Current.Version} goes on",
                statusCode: StatusCodes.Status409Conflict,
                title: "The new model cannot be served.");
        });

    private static async Task<IResult> WithJson(HttpRequest request, Func<JsonElement, IResult> answer)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, Reading, request.HttpContext.RequestAborted);
            return answer(json.RootElement);
        }
        catch (JsonException fault)
        {
            return TypedResults.Problem(fault.Message, statusCode: StatusCodes.Status400BadRequest, title: "The body is no JSON of a row.");
        }
        catch (BadHttpRequestException fault)
        {
            return TypedResults.Problem(fault.Message, statusCode: fault.StatusCode, title: "The body cannot be read.");
        }
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ValidationProblem Refused(IEnumerable<RowFault> faults, ServeMetrics metrics)
    {
        RowFault[] all = [.. faults];
        Array.ForEach(all, metrics.Refused);
        return TypedResults.ValidationProblem(
            all.GroupBy(fault => fault.Column).ToDictionary(group => group.Key, group => group.Select(fault => fault.Message).ToArray()),
            title: "The row cannot be predicted.");
    }
}
