using System.Diagnostics;

namespace FunctionalNN;

/// <summary>
/// A browser without a window, with a profile of its own that goes with it, and no traffic of its own. It is told what to do through its
/// debugging port on the loopback address (https://chromedevtools.github.io/devtools-protocol).
/// </summary>
internal sealed class ChromiumProcess : IDisposable
{
    private const string Announcement = "DevTools listening on ";
    private readonly Process process;
    private readonly string folder;

    private ChromiumProcess(Process process, string folder, Uri debugger) =>
        (this.process, this.folder, Debugger) = (process, folder, debugger);

    /// <summary>Where it is told what to do.</summary>
    public Uri Debugger { get; }

    /// <exception cref="ChromiumFault">It does not start.</exception>
    public static async Task<ChromiumProcess> StartAsync(string program, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("functionalnn-").FullName;
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                ArgumentList =
                {
                    "--headless", "--remote-debugging-port=0", $"--user-data-dir={folder}", "--no-first-run", "--no-default-browser-check",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
                    "--mute-audio", "--hide-scrollbars",
                    "--force-color-profile=srgb", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader",
                },
            },
        };
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            // The sandbox of Chromium does not start for root; the page shown is our own.
            process.StartInfo.ArgumentList.Add("--no-sandbox");
        }

        process.StartInfo.ArgumentList.Add("about:blank");
        try
        {
            process.Start();
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            return new ChromiumProcess(process, folder, await DebuggerOf(process, cancellation));
        }
        catch (Exception fault)
        {
            End(process, folder);
            throw fault is System.ComponentModel.Win32Exception
                ? new ChromiumFault($"{program} cannot be started: {fault.Message}")
                : fault;
        }
    }

    public void Dispose() => End(process, folder);

    private static async Task<Uri> DebuggerOf(Process process, CancellationToken cancellation)
    {
        var (found, said) = (new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously), "");
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                found.TrySetException(
                    new ChromiumFault($"{process.StartInfo.FileName} ended at once{(said.Length > 0 ? $": {said}" : "")}"));
            }
            else if (line.Data.StartsWith(Announcement, StringComparison.Ordinal))
            {
                found.TrySetResult(new Uri(line.Data[Announcement.Length..].Trim()));
            }
            else
            {
                said = line.Data.Length > 0 ? line.Data : said;
            }
        };
        process.BeginErrorReadLine();
        return await found.Task.WaitAsync(cancellation);
    }

    private static void End(Process process, string folder)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It never ran, or has ended by itself.
        }

        process.Dispose();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A part of the browser still has a file open: the system's temporary folder is cleared by the system.
        }
    }
}
