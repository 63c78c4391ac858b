using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FunctionalNN.Tests;

/// <summary>A pipeline behind HTTP: right answers, named faults, and a file that is replaced.</summary>
public sealed class ServerTests : IAsyncLifetime, IDisposable
{
    private const string Row = """{"age": 41, "income": 20000, "plan": "trial", "signup_date": "2023-05-31", "newsletter": false}""";

    private readonly TemporaryFolder folder = new();
    private WebApplication app = null!;
    private HttpClient client = null!;
    private Pipeline<float> pipeline = null!;

    public static TheoryData<string, int, string[]> Wrong => new()
    {
        { """{"agee": 1}""", 400, ["agee", "did you mean \"age\"?", "it is not given", "income", "plan"] },
        { Row.Replace("41", "\"old\"", StringComparison.Ordinal), 400, ["age", "found \"old\", expected a number"] },
        { Row.Replace("20000", "\"20.000,00\"", StringComparison.Ordinal), 400, ["income", "decimal comma"] },
        { Row.Replace("2023-05-31", "31.05.2023", StringComparison.Ordinal), 400, ["signup_date", "dd.MM.yyyy"] },
        { Row.Replace("trial", "gold", StringComparison.Ordinal), 400, ["plan", "found \"gold\"", "basic"] },
        { Row.Replace("false", "2", StringComparison.Ordinal), 400, ["newsletter", "expected one of"] },
        { Row.Replace("41", "[41]", StringComparison.Ordinal), 400, ["age", "found a list"] },
        { Row.Replace("41", "{}", StringComparison.Ordinal), 400, ["age", "found an object"] },
        { Row.Replace("41", "NaN", StringComparison.Ordinal), 400, ["no JSON"] },
        { Row.Replace("41", "1e999", StringComparison.Ordinal), 400, ["age", "expected a finite number"] },
        { Row.Replace("\"age\": 41", "\"age\": 41, \"age\": 42", StringComparison.Ordinal), 400, ["no JSON", "age"] },
        { Row[..^1], 400, ["no JSON"] },
        { "", 400, ["no JSON"] },
        { "[]", 400, ["expected an object"] },
        { "null", 400, ["expected an object"] },
        { new string('[', 50) + new string(']', 50), 400, ["no JSON", "depth"] },
        { Row.Replace("trial", new string('a', 200_000), StringComparison.Ordinal), 413, ["too large", "100000"] },
    };

    public async Task InitializeAsync()
    {
        var table = Table.Read(folder.Write("rows.csv", Encoding.UTF8.GetBytes(Customers.Csv(400, 1)))).OrThrow();
        pipeline = Customers.Trained(table).Pipeline;
        pipeline.Save(Model).OrThrow();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPipeline(Model, new ServeOptions { MaxBytes = 100_000, MaxRows = 20 });
        app = builder.Build();
        app.MapPipeline();
        app.MapPipelineReload();
        app.MapGroup("/other").MapPipeline(ServedPipeline.Open(Model).OrThrow());
        await app.StartAsync();
        client = new HttpClient
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    private string Model => Path.Combine(folder.FullName, "model.safetensors");

    [Fact]
    public async Task A_row_is_answered_with_the_pipelines_own_numbers_and_its_version()
    {
        foreach (var place in new[] { "/predict", "/other/predict" })
        {
            var (status, body, type) = await Post(place, Row);
            Assert.Equal((HttpStatusCode.OK, "application/json"), (status, type));
            Assert.Equal(pipeline.ContentHash(), body.GetProperty("version").GetString());
            IsRight(Row, body.GetProperty("prediction"));
        }
    }

    [Fact]
    public async Task A_batch_is_answered_in_order_or_not_at_all()
    {
        string[] rows = [.. Enumerable.Range(20, 20).Select(age => Row.Replace("41", $"{age}", StringComparison.Ordinal))];
        var (_, body, _) = await Post("/predict/batch", $"[{string.Join(',', rows)}]");
        var answers = body.GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(rows.Length, answers.Length);
        Assert.All(rows.Zip(answers), pair => IsRight(pair.Item1, pair.Item2));
        Assert.Equal(0, (await Post("/predict/batch", "[]")).Body.GetProperty("predictions").GetArrayLength());
        await IsRefused("/predict/batch", $"[{Row},{Row.Replace("trial", "gold", StringComparison.Ordinal)}]", 400, ["[1].plan"]);
        await IsRefused("/predict/batch", Row, 400, ["expected a list of rows"]);
        await IsRefused("/predict/batch", $"[{string.Join(',', Enumerable.Repeat(Row, 21))}]", 400, ["found 21 rows", "at most 20"]);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_does_not_fit_is_named_and_the_server_goes_on(string row, int status, string[] words)
    {
        foreach (var place in new[] { "/predict", "/explain" })
        {
            await IsRefused(place, row, status, words);
        }

        Assert.Equal(HttpStatusCode.OK, (await Post("/predict", Row)).Status);
    }

    [Fact]
    public async Task An_explanation_names_columns()
    {
        var (_, body, _) = await Post("/explain", Row);
        IsRight(Row, body.GetProperty("prediction"));
        Assert.Equal(pipeline.Encoding.Columns.Select(column => column.Name).Order(),
            body.GetProperty("contributions").EnumerateArray().Select(one => one.GetProperty("column").GetString()!).Order());
    }

    [Fact]
    public async Task A_file_that_cannot_be_served_leaves_the_version_before()
    {
        var (version, bytes) = (pipeline.ContentHash(), await File.ReadAllBytesAsync(Model));
        foreach (var (content, word) in new (byte[], string)[] { (bytes[..^40], "model.safetensors"), ("none"u8.ToArray(), "safetensors") })
        {
            await File.WriteAllBytesAsync(Model, content);
            await IsRefused("/reload", "", 409, [word, $"version {version} goes on"]);
        }

        File.Delete(Model);
        await IsRefused("/reload", "", 409, ["there is no such file"]);

        var other = Table.Of([.. Enumerable.Range(0, 20).Select(i => new Dictionary<string, object?> { ["x"] = i, ["y"] = i % 2 })]);
        var recipe = new TableRecipe { Columns = [new NumberColumn("x")], Target = TargetColumn.OfClasses("y") };
        Pipeline.Of(recipe.Fit(other).OrThrow(), [], seed: 1).Save(Model).OrThrow();
        await IsRefused("/reload", "", 409, ["the columns x → y (0, 1)", "churned (no, yes)"]);
        Assert.Equal(version, (await Get("/health")).GetProperty("version").GetString());

        var next = pipeline with { Temperature = 2 };
        next.Save(Model).OrThrow();
        Assert.Equal(HttpStatusCode.OK, (await Post("/reload", "")).Status);
        Assert.Equal(next.ContentHash(), (await Get("/health")).GetProperty("version").GetString());
    }

    [Fact]
    public async Task Rows_and_refusals_are_counted_and_unknown_names_make_no_tags()
    {
        var (rows, tags) = (0L, new List<string>());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "FunctionalNN.Serve"
                    && instrument.Meter.Scope == app.Services.GetRequiredService<IMeterFactory>())
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, all, _) =>
        {
            lock (tags)
            {
                rows += instrument.Name == "serve.rows" ? value : 0;
                foreach (var tag in all)
                {
                    tags.Add($"{tag.Value}");
                }
            }
        });
        listener.Start();
        await Post("/predict", Row);
        await Post("/predict/batch", $"[{Row},{Row}]");
        await Post("/predict", Row.Replace("41}", "41, \"made_up\": 1}", StringComparison.Ordinal)
            .Replace("\"age\"", "\"made_up\"", StringComparison.Ordinal));
        Assert.Equal(3, rows);
        Assert.Equal(["(unknown)", "age"], tags.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_server_without_a_model_does_not_start()
    {
        var fault = Assert.Throws<InvalidDataException>(() => new ServiceCollection().AddPipeline("none.safetensors"));
        Assert.Contains("none.safetensors", fault.Message, StringComparison.Ordinal);
        Assert.Contains("AddPipeline", Assert.Throws<InvalidOperationException>(() =>
            WebApplication.CreateSlimBuilder().Build().MapPipeline()).Message, StringComparison.Ordinal);
    }

    private async Task IsRefused(string place, string json, int status, string[] words)
    {
        var (found, body, type) = await Post(place, json);
        Assert.Equal((status, "application/problem+json"), ((int)found, type));
        Assert.Equal(status, body.GetProperty("status").GetInt32());
        var text = System.Text.RegularExpressions.Regex.Unescape(body.GetRawText());
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body, string? Type)> Post(string place, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(place, UriKind.Relative), content);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, body.RootElement.Clone(), answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<JsonElement> Get(string place)
    {
        using var body = JsonDocument.Parse(await client.GetStringAsync(new Uri(place, UriKind.Relative)));
        return body.RootElement.Clone();
    }

    private void IsRight(string row, JsonElement given)
    {
        var expected = pipeline.PredictJson(Encoding.UTF8.GetBytes(row))[0];
        Assert.Equal(expected.Class, given.GetProperty("class").GetString());
        Assert.All(expected.Probabilities, one =>
            Assert.Equal(one.Probability, given.GetProperty("probabilities").GetProperty(one.Name).GetDouble()));
    }
}
