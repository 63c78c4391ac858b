using System.Diagnostics;

namespace FunctionalNN.Tests;

/// <summary>
/// What a law starts in a process of its own: <c>fingerprints N</c> trains with N threads and prints digests, <c>idle N</c> trains
/// and then prints in how many milliseconds of doing nothing how many milliseconds of processor went by.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["fingerprints", var threads]:
                Console.WriteLine(Fingerprints.Vectors);
                foreach (var line in Fingerprints.Lines(int.Parse(threads, null)))
                {
                    Console.WriteLine(line);
                }

                return 0;
            case ["idle", var threads]:
                Console.WriteLine(Idle(int.Parse(threads, null)));
                return 0;
            default:
                Console.Error.WriteLine("run the tests with: dotnet test");
                return 1;
        }
    }

    /// <summary>The quietest of several windows: the compiler may still be at work in the first.</summary>
    private static double Idle(int threads)
    {
        const int Windows = 8;
        ThreadLaws.Wide(nameof(MeanSquaredError), 64, 100).Trained<float>(threads);
        using var process = Process.GetCurrentProcess();
        return Enumerable.Range(0, Windows).Min(_ =>
        {
            var before = process.TotalProcessorTime;
            Thread.Sleep(200);
            process.Refresh();
            return (process.TotalProcessorTime - before).TotalMilliseconds;
        });
    }
}
