using System.Security.Cryptography;
using Spectre.Console;

namespace FunctionalNN;

/// <summary>
/// A page in the browser that shows runs while they go on, one after another: <c>states.Watch(dashboard, heldOut)</c>. It is open until it
/// is disposed, so that the page can be opened and reloaded after a run too.
/// </summary>
/// <remarks>
/// The page is read by its link, which has 128 random bits, on this machine, with the GET method; requests that other sites make the
/// browser send are refused. It can end the run that it shows and nothing else, and there are no files behind it. Settings of ASP.NET Core
/// in files and environment variables have no influence.
/// </remarks>
/// <example><code>
/// using var dashboard = new Dashboard();
/// var trained = states.Watch(dashboard, heldOut, epochs: 500).Take(500).Last();
/// dashboard.WaitForEnter();
/// </code></example>
public sealed class Dashboard : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);
    private readonly IAnsiConsole console;
    private readonly PageServer server;
    private bool isDisposed;

    /// <summary>Starts the server and prints the page's link.</summary>
    /// <param name="port">The port on 127.0.0.1, 1 … 65535, or 0 for a free one. Where it is in use a free one is taken, and a line says
    /// so.</param>
    /// <param name="console">Where the link goes; the terminal by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such port.</exception>
    /// <exception cref="IOException">No port could be opened.</exception>
    public Dashboard(int port = 0, IAnsiConsole? console = null)
    {
        RequirePort(port);
        this.console = console ?? AnsiConsole.Console;
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
#pragma warning disable RS0030 // Waited for away from the caller's context, which may have one thread only.
        server = Task.Run(() => PageServer.StartAsync(port, token, Board)).GetAwaiter().GetResult();
#pragma warning restore RS0030
        if (port != 0 && server.Port != port)
        {
            Say($"port {port} cannot be had: the dashboard is on port {server.Port}");
        }

        Say($"dashboard: {Link}");
    }

    /// <summary>The page's address.</summary>
    public string Link => server.Link;

    internal Board Board { get; } = new();

    /// <summary>Waits until Enter is pressed, so that the page can be looked at before the program ends; without a keyboard (input from a
    /// file or a pipe) not at all.</summary>
    public void WaitForEnter()
    {
        if (!Console.IsInputRedirected)
        {
            Say("Enter closes the dashboard");
            Console.ReadLine();
        }
    }

    /// <summary>Waits until nobody looks any more, or a key is pressed: at once where there is no keyboard.</summary>
    internal void WaitForReader(IAnsiConsole terminal)
    {
        if (Console.IsInputRedirected || !Board.IsWatched)
        {
            return;
        }

        Say(terminal, "the page stays until it is closed or a key is pressed");
        while (!Board.Emptied.Wait(Beat))
        {
            if (Console.KeyAvailable)
            {
                Console.ReadKey(intercept: true);
                return;
            }
        }
    }

    /// <summary>Closes the page's server: open pages keep what they show. They get the last pictures first, unless they take longer than a
    /// second.</summary>
    public void Dispose()
    {
        if (!isDisposed)
        {
            isDisposed = true;
#pragma warning disable RS0030 // As above.
            Task.Run(CloseAsync).GetAwaiter().GetResult();
#pragma warning restore RS0030
        }
    }

    /// <summary>The address.</summary>
    public override string ToString() => $"dashboard {Link}";

    internal static void RequirePort(int port)
    {
        if (port is < 0 or > 65535)
        {
            throw new ArgumentOutOfRangeException(nameof(port), $"there is no port {port}, expected 1 … 65535, or 0 for a free one");
        }
    }

    /// <summary>Above a progress bar where there is one, and never wrapped: a link must stay whole.</summary>
    internal static void Say(IAnsiConsole console, string text)
    {
        if (console.Profile.Capabilities.Interactive && text.Length < console.Profile.Width)
        {
            console.WriteLine(text);
        }
        else
        {
            console.Profile.Out.Writer.WriteLine(text);
        }
    }

    private void Say(string text) => Say(console, text);

    private async Task CloseAsync()
    {
        try
        {
            await Board.CloseAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            // A browser that does not read is not waited for.
        }

        await server.DisposeAsync();
    }
}
