// Serves a pipeline: one row or a batch in JSON, problems by column, health, metrics, and a new model without a dropped request.
//   dotnet run -c Release --project examples/serve -- --model customers.safetensors [--urls http://127.0.0.1:5080]
//   dotnet run -c Release --project examples/serve -- --test
//   dotnet run -c Release --project examples/serve -- --first-answer     (ms from the start of the process, and memory)
// Without a model it trains one on generated customers first. Published ahead of time: dotnet publish -c Release -p:PublishAot=true
// examples/serve

using FunctionalNN;
using FunctionalNN.Serve;

if (args.Contains("--test"))
{
    return await SelfTest.Run();
}

if (args.Contains("--first-answer"))
{
    return await SelfTest.FirstAnswer();
}

var path = args.SkipWhile(arg => arg != "--model").Skip(1).FirstOrDefault();
if (path is null)
{
    path = Path.Combine(Path.GetTempPath(), "functionalnn-serve.safetensors");
    Customers.Train(rows: 2000, epochs: 10, seed: 1).Save(path).OrThrow();
    Console.WriteLine($"no --model was given: trained one on generated customers, {path}");
}

await using var app = Server.Build(path, args.SkipWhile(arg => arg != "--urls").Skip(1).FirstOrDefault() ?? "http://127.0.0.1:5080");
await app.RunAsync();
return 0;
