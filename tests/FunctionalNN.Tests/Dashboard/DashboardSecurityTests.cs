using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Who may ask a dashboard for what.</summary>
public sealed class DashboardSecurityTests : IDisposable
{
    private readonly Dashboard dashboard = new(console: PageReader.Silent());
    private readonly PageReader page;

    public DashboardSecurityTests() => page = new PageReader(dashboard);

    private int Port => new Uri(dashboard.Link).Port;

    [Fact]
    public async Task The_page_and_its_parts_come_by_the_link()
    {
        foreach (var (path, type) in new[] { ("", "text/html"), ("dashboard.css", "text/css"), ("dashboard.js", "text/javascript"),
            ("figures.js", "text/javascript") })
        {
            using var answer = await page.SendAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", string.Join("", answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", string.Join("", answer.Headers.GetValues("Referrer-Policy")));
            Assert.StartsWith("default-src 'none'; script-src 'self'", string.Join("", answer.Headers.GetValues("Content-Security-Policy")),
                StringComparison.Ordinal);
            Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 500);
        }
    }

    [Fact]
    public async Task Scripts_are_never_in_the_page_itself()
    {
        var html = await page.Client.GetStringAsync("");
        Assert.All(html.Split("<script").Skip(1), script => Assert.StartsWith(" src=\"", script, StringComparison.Ordinal));
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:PORT")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.evil.example:PORT")]
    [InlineData("localhost.evil.example:PORT")]
    [InlineData("0.0.0.0:PORT")]
    public async Task A_name_that_was_made_to_point_here_is_refused(string host)
    {
        using var answer = await page.SendAsync("", headers => headers.Host = host.Replace("PORT", $"{Port}", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal($"requests are answered for 127.0.0.1:{Port} and localhost:{Port} only", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Localhost_is_another_name_for_it()
    {
        using var answer = await page.SendAsync("", headers => headers.Host = $"localhost:{Port}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "https://127.0.0.1:PORT")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_site_is_refused(string header, string value)
    {
        foreach (var path in new[] { "", "events", "dashboard.js" })
        {
            using var answer =
                await page.SendAsync(path,
                    headers => headers.TryAddWithoutValidation(header, value.Replace("PORT", $"{Port}", StringComparison.Ordinal)));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.StartsWith("requests from other sites are refused", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Origin", "http://127.0.0.1:PORT")]
    [InlineData("Origin", "http://localhost:PORT")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task The_page_itself_is_not(string header, string value)
    {
        using var answer =
            await page.SendAsync("",
                headers => headers.TryAddWithoutValidation(header, value.Replace("PORT", $"{Port}", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task It_can_only_be_read(string method)
    {
        using var answer = await page.SendAsync("", method: new HttpMethod(method));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("GET", string.Join("", answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task A_run_is_stopped_by_its_own_page_alone()
    {
        var data = Generate.Moons(samples: 20, noise: 0.1, seed: 0);
        var run = new Network(2, [new Dense(2), new Softmax()]).Initialize(1).Train(new Sgd(0.1))
            .Epochs(data.Shuffled(10), new CategoricalCrossEntropy()).Watch(dashboard);
        using var states = run.GetEnumerator();
        Assert.True(states.MoveNext());
        using (var reading = await page.SendAsync("stop"))
        {
            Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (reading.StatusCode, string.Join("", reading.Content.Headers.Allow)));
        }

        using (var other = await page.SendAsync("stop", headers => headers.TryAddWithoutValidation("Origin", "http://evil.example"),
            HttpMethod.Post))
        {
            Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        }

        using (var other = await page.SendAsync("stop", headers => headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site"),
            HttpMethod.Post))
        {
            Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        }

        Assert.True(states.MoveNext());
        Assert.True(states.Current.Stopped.IsNone);
        using var stop = await page.SendAsync("stop", method: HttpMethod.Post);
        Assert.Equal(HttpStatusCode.NoContent, stop.StatusCode);
        Assert.True(states.MoveNext());
        Assert.StartsWith("stopped on the page", states.Current.Stopped.IfNone(""), StringComparison.Ordinal);
        Assert.Equal(2, states.Current.Epoch);
        Assert.False(states.MoveNext());

        // The next run on the page is not stopped.
        Assert.Equal(3, run.Take(3).Last().Epoch);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/events")]
    [InlineData("/00000000000000000000000000000000/")]
    [InlineData("/00000000000000000000000000000000/events")]
    [InlineData("TOKEN")]
    [InlineData("TOKEN/nothing")]
    [InlineData("TOKEN/../../etc/passwd")]
    [InlineData("TOKEN/..%2f..%2fetc%2fpasswd")]
    [InlineData("TOKEN/dashboard.html")]
    [InlineData("//etc/passwd")]
    public async Task Nothing_else_is_there(string path)
    {
        // By hand: HttpClient would tidy the path.
        var token = new Uri(dashboard.Link).AbsolutePath.TrimEnd('/');
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path.Replace("TOKEN", token, StringComparison.Ordinal)} HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\nConnection: "
                + $"close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void It_listens_on_the_loopback_address_only()
    {
        Assert.StartsWith("http://127.0.0.1:", dashboard.Link, StringComparison.Ordinal);
        var listeners = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(listener => listener.Port == Port);
        Assert.All(listeners, listener => Assert.True(IPAddress.IsLoopback(listener.Address)));
    }

    [Fact]
    public void Each_link_is_another()
    {
        using var other = new Dashboard(console: PageReader.Silent());
        Assert.NotEqual(new Uri(dashboard.Link).AbsolutePath, new Uri(other.Link).AbsolutePath);
        Assert.Matches("^/[0-9a-f]{32}/$", new Uri(other.Link).AbsolutePath);
    }

    public void Dispose()
    {
        page.Dispose();
        dashboard.Dispose();
    }
}
