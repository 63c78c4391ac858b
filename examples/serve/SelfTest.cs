using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FunctionalNN.Serve;

/// <summary>Starts the server on a free port, asks it from eight connections while its model is replaced again and again, sends it what is
/// wrong, and stops it. Every answer is compared with the pipeline's own.</summary>
internal static class SelfTest
{
    private const int Connections = 8;
    private const int RowsAConnection = 400;
    private const int Reloads = 20;

    public static async Task<int> Run()
    {
        var folder = Directory.CreateTempSubdirectory("serve-test-").FullName;
        try
        {
            return await Run(Path.Combine(folder, "model.safetensors"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Serves a file that another process wrote, asks one row, and prints how long after the start of the process it is
    /// answered. The first call writes the file.</summary>
    public static async Task<int> FirstAnswer()
    {
        var path = Path.Combine(Path.GetTempPath(), "functionalnn-first-answer.safetensors");
        if (!File.Exists(path))
        {
            Customers.Train(800, 3, seed: 1).Save(path).OrThrow();
            Console.WriteLine($"{path} written: once more for the time");
            return 0;
        }

        await using var app = Server.Build(path, "http://127.0.0.1:0");
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var answer = await client.PostAsync("/predict", Json(Customers.Json(1)));
        using var process = Process.GetCurrentProcess();
        var time = DateTime.Now - process.StartTime;
        Console.WriteLine($"{(int)answer.StatusCode} after {time.TotalMilliseconds:F0} ms, {process.WorkingSet64 / 1e6:F0} MB: "
            + await answer.Content.ReadAsStringAsync());
        return answer.IsSuccessStatusCode ? 0 : 1;
    }

    private static async Task<int> Run(string path)
    {
        Pipeline<float>[] pipelines = [Customers.Train(800, 3, seed: 1), Customers.Train(800, 3, seed: 2)];
        var byVersion = pipelines.ToDictionary(pipeline => pipeline.ContentHash());
        pipelines[0].Save(path).OrThrow();
        long counted = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "FunctionalNN.Serve" && instrument.Name == "serve.rows")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, rows, _, _) => Interlocked.Add(ref counted, rows));
        listener.Start();
        await using var app = Server.Build(path, "http://127.0.0.1:0");
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var tally = new Tally();

        await Task.WhenAll([.. Enumerable.Range(0, Connections).Select(Rows), Replacements()]);
        var rows = Connections * RowsAConnection;
        tally.Add(Interlocked.Read(ref counted) == rows, $"{counted} rows were counted, expected {rows}");
        await Batch();
        await Wrong("/predict", """{"agee": 1, "plan": "gold", "signup": "31.12.2023", "newsletter": true}""", 400, "agee", "age");
        await Wrong("/predict", """{"age": 1, "plan": "gold", "signup": "31.12.2023", "newsletter": true}""", 400, "\"plan\"",
            "dd.MM.yyyy");
        await Wrong("/predict", """{"age": 1, "age": 2}""", 400, "no JSON");
        await Wrong("/predict", """{"age": """, 400, "no JSON");
        await Wrong("/predict", new string('[', 50) + new string(']', 50), 400, "no JSON");
        await Wrong("/predict", "[]", 400, "expected an object");
        await Wrong("/predict", $"\"{new string('a', new ServeOptions().MaxBytes)}\"", 413, "too large");
        await Wrong("/predict/batch", "{}", 400, "expected a list");
        await Wrong("/predict/batch", $"[{Customers.Json(1)}, {{\"age\": \"old\"}}]", 400, "[1].age", "[1].plan");
        using (var explained = await client.PostAsync("/explain", Json(Customers.Json(3))))
        {
            tally.Add(explained.IsSuccessStatusCode
                && (await explained.Content.ReadAsStringAsync()).Contains("contributions", StringComparison.Ordinal),
                "explain");
        }

        // A file that is damaged, and one that is none: the version before goes on.
        var version = await Version();
        await File.WriteAllBytesAsync(path, File.ReadAllBytes(path)[..^40]);
        await Wrong("/reload", "", 409, version);
        File.Delete(path);
        await Wrong("/reload", "", 409, "there is no such file");
        tally.Add(await Version() == version, "the version changed");
        using (var answer = await client.PostAsync("/predict", Json(Customers.Json(5))))
        {
            tally.Add(answer.IsSuccessStatusCode, "no answer after a failed reload");
        }

        await app.StopAsync();
        Console.WriteLine($"versions {string.Join(", ", tally.Versions.Select(pair => $"{pair.Key[..12]} {pair.Value} answers"))}");
        Console.WriteLine($"{tally.Requests} requests, {tally.Failed} failed");
        return tally.Failed == 0 ? 0 : 1;

        async Task Rows(int connection)
        {
            using var own = new HttpClient { BaseAddress = new Uri(address) };
            for (var i = 0; i < RowsAConnection; i++)
            {
                var row = Customers.Json((connection * RowsAConnection) + i);
                using var answer = await own.PostAsync("/predict", Json(row));
                using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                var isRight = answer.IsSuccessStatusCode
                    && IsRight(row, VersionOf(body), body.RootElement.GetProperty("prediction"));
                tally.Add(isRight, $"{row}: {answer.StatusCode}", isRight ? VersionOf(body) : null);
            }
        }

        // Each save is whole or not at all, so the server may read whenever it likes.
        async Task Replacements()
        {
            for (var i = 1; i <= Reloads; i++)
            {
                pipelines[i % 2].Save(path).OrThrow();
                using var answer = await client.PostAsync("/reload", null);
                tally.Add(answer.IsSuccessStatusCode
                    && await Version() == pipelines[i % 2].ContentHash(), $"reload {i}: {answer.StatusCode}");
            }
        }

        async Task Batch()
        {
            string[] batch = [.. Enumerable.Range(0, 200).Select(Customers.Json)];
            using var answer = await client.PostAsync("/predict/batch", Json($"[{string.Join(",", batch)}]"));
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            tally.Add(answer.IsSuccessStatusCode && body.RootElement.GetProperty("predictions").EnumerateArray().Index()
                .All(one => IsRight(batch[one.Index], VersionOf(body), one.Item)), "batch");
        }

        async Task Wrong(string place, string json, int status, params string[] words)
        {
            using var answer = await client.PostAsync(place, Json(json));
            var text = await answer.Content.ReadAsStringAsync();
            tally.Add((int)answer.StatusCode == status && answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
                && words.All(word => JsonText(text).Contains(word, StringComparison.Ordinal)),
                $"{place} {json[..Math.Min(60, json.Length)]}: {(int)answer.StatusCode} {text}");
        }

        async Task<string> Version()
        {
            using var body = JsonDocument.Parse(await client.GetStringAsync("/health"));
            return VersionOf(body);
        }

        bool IsRight(string row, string served, JsonElement given)
        {
            var expected = byVersion[served].PredictJson(Encoding.UTF8.GetBytes(row))[0];
            return given.GetProperty("class").GetString() == expected.Class && expected.Probabilities.All(one =>
                given.GetProperty("probabilities").GetProperty(one.Name).GetDouble() == one.Probability);
        }
    }

    private static string VersionOf(JsonDocument body) => body.RootElement.GetProperty("version").GetString()!;

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>A body with its escapes read.</summary>
    private static string JsonText(string text) => System.Text.RegularExpressions.Regex.Unescape(text);

    private sealed class Tally
    {
        private readonly Lock gate = new();

        public int Requests { get; private set; }

        public int Failed { get; private set; }

        public SortedDictionary<string, int> Versions { get; } = new(StringComparer.Ordinal);

        public void Add(bool isRight, string what, string? version = null)
        {
            lock (gate)
            {
                Requests++;
                if (version is not null)
                {
                    Versions[version] = Versions.GetValueOrDefault(version) + 1;
                }

                if (!isRight)
                {
                    Failed++;
                    Console.WriteLine($"FAILED: {what}");
                }
            }
        }
    }
}
