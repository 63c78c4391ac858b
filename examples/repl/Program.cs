// A C# session with FunctionalNN, a data set and a trained model in it; or scripts, each in a session of its own.
//   dotnet run -c Release --project examples/repl [-- SCRIPT.csx …]
// Without scripts it reads lines until #exit or the end of the input. Ends with 1 when something in a script, or in redirected input, went
// wrong.

using System.Globalization;
using FunctionalNN.Repl;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

if (args.Length == 0)
{
    var setup = Path.Combine(AppContext.BaseDirectory, "repl", "setup.csx");
    return await new Prompt(Console.In, Console.Out, !Console.IsInputRedirected).RunAsync(setup);
}

foreach (var path in args)
{
    if (!File.Exists(path))
    {
        Console.Error.WriteLine($"there is no script {path}");
        return 1;
    }

    if (await new Session(Console.Error).RunFileAsync(Path.GetFullPath(path)) is { Succeeded: false })
    {
        return 1;
    }
}

return 0;
