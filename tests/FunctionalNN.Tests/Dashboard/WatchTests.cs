using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>What a watched run shows, and that watching changes nothing in it.</summary>
public class WatchTests
{
    private static readonly DataSet<float> Spiral = Generate.Spiral(samples: 20, classes: 3, seed: 0);
    private static readonly DataSet<float> HeldOut = Generate.Spiral(samples: 20, classes: 3, seed: 1);
    private static readonly TrainingState<float> Start =
        new Network(2, [new Dense(8), new Relu(), new Dense(3), new Softmax()]).Initialize(1).Train(new Adam(0.01), seed: 3);

    private static IEnumerable<TrainingState<float>> Run => Start.Epochs(Spiral.Shuffled(16), new CategoricalCrossEntropy());

    private static Dashboard Open(TextWriter? writer = null, int port = 0) => new(port, PageReader.Silent(writer));

    private static string StateOf(JsonElement news) => news.GetProperty("state").GetString()!;

    private static bool IsOver(JsonElement news) => StateOf(news) is "ended" or "failed";

    private static JsonElement Figure(JsonElement news, string name) =>
        news.GetProperty("figures").EnumerateArray().Single(figure => figure.GetProperty("name").GetString() == name).GetProperty("figure");

    private static double[] Xs(JsonElement news, string name) =>
        [.. Figure(news, name).GetProperty("data")[0].GetProperty("x").EnumerateArray().Select(x => x.GetDouble())];

    [Fact]
    public void The_states_are_those_of_the_run()
    {
        using var dashboard = Open();
        var seen = Run.Validate(HeldOut).Watch(dashboard, HeldOut, epochs: 5).Take(5).ToArray();
        Assert.Equal(Run.Validate(HeldOut).Take(5).Select(state => state.ToString()), seen.Select(state => state.ToString()));
        Assert.Equal(Run.Take(5).Last().Model, seen[^1].Model);
    }

    [Fact]
    public async Task A_page_opened_after_the_run_has_all_of_it()
    {
        using var dashboard = Open();
        var last = Run.Validate(HeldOut).Take(7).Watch(dashboard, HeldOut, epochs: 7).Last();
        using var page = new PageReader(dashboard);
        var news = await page.FirstAsync(_ => true);
        Assert.Equal("ended", StateOf(news));
        Assert.Equal("the sequence ended", news.GetProperty("reason").GetString());
        Assert.Equal("", news.GetProperty("problem").GetString());
        Assert.Equal(7, news.GetProperty("epoch").GetInt32());
        Assert.Equal(last.Training.Loss, news.GetProperty("training").GetProperty("loss").GetDouble(), 1e-3);
        Assert.Equal(last.Validation.IfNone(default(Metrics)).Accuracy, news.GetProperty("validation").GetProperty("accuracy").GetDouble(),
            1e-3);
        Assert.Equal(last.LearningRate, news.GetProperty("rate").GetDouble(), 1e-6);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], Xs(news, "loss"));
        Assert.Equal(2, Figure(news, "accuracy").GetProperty("data").GetArrayLength());
        Assert.Equal(["dense1", "relu1", "dense2"],
            news.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("name").GetString()));
        Assert.Equal(["loss", "accuracy", "regions", "surface", "rate"],
            news.GetProperty("figures").EnumerateArray().Select(figure => figure.GetProperty("name").GetString()));
        Assert.All(news.GetProperty("figures").EnumerateArray(),
            figure => Assert.NotEqual(0, figure.GetProperty("figure").GetProperty("data").GetArrayLength()));
    }

    [Fact]
    public async Task Updates_come_while_the_run_goes_on_to_two_pages_and_to_a_reload()
    {
        using var dashboard = Open();
        using var first = new PageReader(dashboard);
        using var second = new PageReader(dashboard);
        using var enough = new CancellationTokenSource();
        var run = Task.Run(() => Run.Watch(dashboard, HeldOut).Until(enough.Token).Last());
        var news = await Task.WhenAll(first.FirstAsync(IsAfter(3)), second.FirstAsync(IsAfter(3)));
        Assert.All(news, one => Assert.Equal("running", StateOf(one)));

        // A reload has the whole history, from the first epoch to later than before.
        var reloaded = await first.FirstAsync(IsAfter(news[0].GetProperty("epoch").GetInt32() + 1));
        Assert.Equal(1, Xs(reloaded, "loss")[0]);
        Assert.Equal(reloaded.GetProperty("epoch").GetInt32(), Xs(reloaded, "loss")[^1]);

        await enough.CancelAsync();
        await run;
        var over = await first.FirstAsync(IsOver);
        Assert.StartsWith("cancelled ", over.GetProperty("reason").GetString(), StringComparison.Ordinal);

        static Func<JsonElement, bool> IsAfter(int epoch) => news => news.TryGetProperty("epoch", out var now) && now.GetInt32() > epoch;
    }

    [Fact]
    public async Task A_page_that_does_not_read_and_one_that_leaves_do_not_stop_the_run()
    {
        using var dashboard = Open();
        var (uri, begun) = (new Uri(dashboard.Link), new TaskCompletionSource());
        using var slow = new TcpClient { ReceiveBufferSize = 1024 };
        var run = Task.Run(() => Run.Watch(dashboard, HeldOut).Do(_ => begun.TrySetResult()).Take(3000).Last());
        await begun.Task;
        await slow.ConnectAsync(IPAddress.Loopback, uri.Port);
        await slow.GetStream()
            .WriteAsync(Encoding.ASCII.GetBytes($"GET {uri.AbsolutePath}events HTTP/1.1\r\nHost: 127.0.0.1:{uri.Port}\r\n\r\n"));
        using (var leaving = new PageReader(dashboard))
        {
            await leaving.FirstAsync(_ => true);
        }

        Assert.Equal(3000, (await run).Epoch);
    }

    [Fact]
    public async Task An_exception_in_the_run_is_shown_and_thrown()
    {
        using var dashboard = Open();
        var failing = Run.Select(state => state.Epoch < 3 ? state : throw new InvalidDataException("row 7 is damaged"));
        var thrown = Assert.Throws<InvalidDataException>(() => failing.Watch(dashboard, HeldOut).Last());
        Assert.Equal("row 7 is damaged", thrown.Message);
        using var page = new PageReader(dashboard);
        var news = await page.FirstAsync(_ => true);
        Assert.Equal(("failed", "InvalidDataException: row 7 is damaged"), (StateOf(news), news.GetProperty("reason").GetString()));
        Assert.Equal(2, news.GetProperty("epoch").GetInt32());
    }

    [Fact]
    public async Task Leaving_early_a_verb_that_stops_and_a_divergence_are_shown()
    {
        using var dashboard = Open();
        using var page = new PageReader(dashboard);
        foreach (var state in Run.Watch(dashboard, HeldOut))
        {
            if (state.Epoch == 2)
            {
                break;
            }
        }

        Assert.Equal("the program took no more states", (await page.FirstAsync(IsOver)).GetProperty("reason").GetString());

        _ = Run.Take(4).Best(Watched.TrainingLoss).Watch(dashboard).Last();
        var best = await page.FirstAsync(IsOver);
        Assert.StartsWith("best state, epoch ", best.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal([1, 2, 3, 4], Xs(best, "loss"));
        Assert.Equal(2, best.GetProperty("run").GetInt32());

        var wild = Start with { Optimizer = new Sgd(1e30) };
        _ = wild.Epochs(Spiral.Shuffled(16), new CategoricalCrossEntropy()).Watch(dashboard, HeldOut).Last();
        var diverged = await page.FirstAsync(IsOver);
        Assert.Equal("failed", StateOf(diverged));
        Assert.StartsWith("diverged at ", diverged.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_painted_is_a_word_on_the_page()
    {
        using var dashboard = Open();
        var wide = Generate.Spiral(samples: 5, classes: 4, seed: 2);
        Assert.Equal(2, Run.Watch(dashboard, wide).Take(2).Last().Epoch);
        using var page = new PageReader(dashboard);
        var news = await page.FirstAsync(_ => true);
        Assert.NotEqual("", news.GetProperty("problem").GetString());
        Assert.Equal([1, 2], Xs(news, "loss"));
    }

    [Fact]
    public void Interruptions_from_further_down_reach_the_run()
    {
        using var dashboard = Open();
        using var enough = new CancellationTokenSource();
        var last = Run.Watch(dashboard, HeldOut).Do(state => Cancel(state, enough)).Until(enough.Token).Last();
        Assert.Equal("cancelled after epoch 3", last.Stopped.IfNone(""));

        static void Cancel(TrainingState<float> state, CancellationTokenSource enough)
        {
            if (state.Epoch == 3)
            {
                enough.Cancel();
            }
        }
    }

    [Fact]
    public async Task The_short_form_opens_says_where_gives_the_end_and_closes()
    {
        using var text = new StringWriter();
        var (ended, reading) = ("", Task.CompletedTask);
        var begun = new TaskCompletionSource();
        var link = "";
        foreach (var state in Run.Take(50).Watch(HeldOut, epochs: 50, console: PageReader.Silent(text)))
        {
            if (state.Epoch == 1)
            {
                link = text.ToString().Trim().Split("dashboard: ")[1];
                reading = Task.Run(async () =>
                {
                    using var client = new HttpClient();
                    using var reader = new StreamReader(await client.GetStreamAsync(new Uri(link + "events")));
                    while (await reader.ReadLineAsync() is { } line)
                    {
                        begun.TrySetResult();
                        ended = line.Length > 0 ? line : ended;
                    }
                });
                await begun.Task;
            }
        }

        await reading;
        Assert.Contains("\"state\":\"ended\",\"reason\":\"the sequence ended\"", ended, StringComparison.Ordinal);
        using var late = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(() => late.ConnectAsync(IPAddress.Loopback, new Uri(link).Port));
    }

    [Fact]
    public void A_port_in_use_gives_another_and_a_word()
    {
        using var first = Open();
        using var text = new StringWriter();
        var port = new Uri(first.Link).Port;
        using var second = Open(text, port);
        Assert.NotEqual(port, new Uri(second.Link).Port);
        Assert.Equal(
            [$"port {port} cannot be had: the dashboard is on port {new Uri(second.Link).Port}", $"dashboard: {second.Link}"],
            text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void A_port_asked_for_is_taken()
    {
        int port;
        using (var probe = Open())
        {
            port = new Uri(probe.Link).Port;
        }

        using var dashboard = Open(port: port);
        Assert.Equal(port, new Uri(dashboard.Link).Port);
    }

    [Fact]
    public void Wrong_calls_say_so_at_once()
    {
        using var dashboard = Open();
        Assert.StartsWith("there is no port 70000, expected 1 … 65535, or 0 for a free one",
            Assert.Throws<ArgumentOutOfRangeException>(() => Run.Watch(port: 70000)).Message, StringComparison.Ordinal);
        Assert.StartsWith("a run of 0 epochs cannot be watched, expected 1 or more",
            Assert.Throws<ArgumentOutOfRangeException>(() => Run.Watch(dashboard, epochs: 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Run.Watch(dashboard: null!));
    }
}
