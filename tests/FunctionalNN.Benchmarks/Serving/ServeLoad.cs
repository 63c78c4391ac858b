using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FunctionalNN.Benchmarks;

/// <summary>One server on loopback with the same model behind several endpoints, asked in turn from eight connections: requests a second
/// and the 99 % quantile of the time to an answer.</summary>
internal static class ServeLoad
{
    private const int Connections = 8;
    private static readonly string[] Classes = ["high", "low", "middle"];

    public static async Task<int> Run(int rounds, double seconds)
    {
        var folder = Directory.CreateTempSubdirectory("serve-load-").FullName;
        try
        {
            return await Run(rounds, seconds, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> Run(int rounds, double seconds, string folder)
    {
        var pipeline = MeasuredRow.Train();
        var file = Path.Combine(folder, "model.safetensors");
        pipeline.Save(file).OrThrow();
        using var rivals = new ServeRivals(pipeline, Path.Combine(folder, "model.onnx"));
        (string Name, string Place)[] forms =
        [
            ("nothing predicted", "/none"), ("FunctionalNN, prepared row type", "/ours"), ("FunctionalNN, MapPipeline", "/predict"),
            ("ONNX Runtime", "/onnx"), ("ML.NET, pool of engines", "/ml"),
        ];
        await using var app = Build(rivals, file);
        await app.StartAsync();
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        string[] bodies = [.. Enumerable.Range(0, 64).Select(i =>
            JsonSerializer.Serialize(MeasuredRow.Of(new Key(9).Fold(i)), MeasuredJson.Default.MeasuredRow))];
        if (await Differences(port, bodies, [.. forms.Skip(1).Select(form => form.Place)]) is { } difference)
        {
            Console.WriteLine(difference);
            return 1;
        }

        Console.WriteLine(Machine.Line());
        Console.WriteLine($"{Connections} connections, {rounds} rounds of {seconds} s each in turn; server and client share the machine");
        var results = forms.Select(_ => new List<LoadResult>()).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < forms.Length; i++)
            {
                var result = await LoadClient.Run(port, forms[i].Place, bodies, Connections, TimeSpan.FromSeconds(seconds));
                if (round >= 0)
                {
                    results[i].Add(result);
                }
            }
        }

        var onnx = results[3];
        Console.WriteLine($"{"",-34}{"requests/s",12}{"p50 µs",9}{"p99 µs",9}   beside ONNX Runtime: requests, p99 (medians of rounds)");
        foreach (var ((name, _), all) in forms.Zip(results))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-34}{Median(all.Select(one => one.Rate)),12:F0}{Median(all.Select(one => one.Middle)),9:F0}"
                    + $"{Median(all.Select(one => one.Late)),9:F0}   {Median(all.Zip(onnx, (a, b) => a.Rate / b.Rate)):F2}, "
                    + $"{Median(all.Zip(onnx, (a, b) => a.Late / b.Late)):F2}"));
        }

        return 0;
    }

    private static WebApplication Build(ServeRivals rivals, string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPipeline(file);
        var app = builder.Build();
        app.MapPipeline();
        app.MapPost("/none", Endpoint((_, probabilities) => probabilities.Fill(1.0 / 3)));
        app.MapPost("/ours", Endpoint(rivals.Ours));
        app.MapPost("/onnx", Endpoint(rivals.OnnxRuntime));
        app.MapPost("/ml", Endpoint(rivals.MlNet));
        return app;
    }

    /// <summary>Reads a row, predicts, and writes class and probabilities: the same for all.</summary>
    private static RequestDelegate Endpoint(RowPredictor predict) => async context =>
    {
        var row = await JsonSerializer.DeserializeAsync(context.Request.Body, MeasuredJson.Default.MeasuredRow, context.RequestAborted);
        var probabilities = new double[3];
        predict(row!, probabilities);
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new MeasuredAnswer(Classes[Array.IndexOf(probabilities, probabilities.Max())], probabilities),
            MeasuredJson.Default.MeasuredAnswer);
        (context.Response.ContentType, context.Response.ContentLength) = ("application/json", json.Length);
        await context.Response.BodyWriter.WriteAsync(json, context.RequestAborted);
    };

    /// <summary>What differs between the answers to the same rows by more than 1e-5; null for nothing.</summary>
    private static async Task<string?> Differences(int port, string[] bodies, string[] places)
    {
        using var client = new HttpClient();
        foreach (var body in bodies)
        {
            double[]? expected = null;
            foreach (var place in places)
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{port}{place}"), content);
                using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                double[] found = json.RootElement.TryGetProperty("prediction", out var prediction)
                    ? [.. Classes.Select(name => prediction.GetProperty("probabilities").GetProperty(name).GetDouble())]
                    : [.. json.RootElement.GetProperty("probabilities").EnumerateArray().Select(one => one.GetDouble())];
                expected ??= found;
                if (found.Zip(expected, (a, b) => Math.Abs(a - b)).Max() > 1e-5)
                {
                    return $"{place} answers {body} with {string.Join(", ", found)}, expected {string.Join(", ", expected)}";
                }
            }
        }

        return null;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
