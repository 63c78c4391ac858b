#!/usr/bin/env dotnet
#:project ../src/FunctionalNN/FunctionalNN.csproj

// From a file to a served prediction: makes a table of customers with gaps, dates and categories, learns who leaves, saves one file, and
// predicts a row by name in a second process, from that file alone. Needs no data.
//   dotnet run -c Release examples/table-to-prediction.cs [-- --rows 4000] [--short]

using System.Diagnostics;
using System.Globalization;
using FunctionalNN;

if (args is ["serve", var file])
{
    // The second process: nothing of the training is here but the file.
    var served = Pipeline.Load(file).OrThrow();
    Console.WriteLine(served.ContentHash());
    Console.WriteLine(served.Predict(Row()).Probability.ToString("R", CultureInfo.InvariantCulture));
    return 0;
}

var isShort = args.Contains("--short");
var rows = args.SkipWhile(arg => arg != "--rows").Skip(1).FirstOrDefault() is { } count
    ? int.Parse(count, CultureInfo.InvariantCulture)
    : isShort ? 600 : 4000;
var folder = Directory.CreateTempSubdirectory("table-to-prediction-").FullName;
try
{
    var csv = Path.Combine(folder, "customers.csv");
    File.WriteAllLines(csv, Customers(rows));

    // Split first; then look at the training rows alone, and take from them what the columns need.
    var table = Table.Read(csv).OrThrow();
    var (train, validation, test) = table.Split("churned", validationFraction: 0.2, testFraction: 0.2, seed: 1);
    var recipe = TableRecipe.Propose(train, "churned").OrThrow();
    Console.WriteLine($"{table}\n\nproposed:\n{recipe}\n");
    recipe = recipe.With(new NumberColumn("income") { Log = true, Gaps = Gaps.Median, MarksGaps = true });
    var pipeline = Pipeline.Of(recipe.Fit(train).OrThrow(), [new Dense(32), new Relu(), new Dropout(0.2)], seed: 7);

    // The same fold as for any model: the states' model is the pipeline's.
    var best = pipeline.Epochs(train, new Adam(0.003), batchSize: 64)
        .Validate(pipeline.Encode(validation))
        .StopEarly(patience: 10)
        .Take(isShort ? 10 : 100)
        .Last();
    pipeline = pipeline.With(best).Calibrated(validation).WithThreshold(validation, new MistakeCost(FalseAlarm: 1, Miss: 4));
    Console.WriteLine($"{best}\n\n{pipeline}\n\n{pipeline.Report(test)}\n\n{pipeline.Importance(test)}\n\n{pipeline.Explain(Row())}\n");

    var path = Path.Combine(folder, "customers.safetensors");
    pipeline.Save(path).OrThrow();
    Console.WriteLine($"saved {new FileInfo(path).Length} bytes; {pipeline.Verify(train, tunedOn: validation)}");

    var answer = SecondProcess(path);
    var here = pipeline.Predict(Row());
    Console.WriteLine($"here: {here}; there: {string.Join(", ", answer)}");
    var isSame = answer is [var hash, var probability] && hash == pipeline.ContentHash()
        && double.Parse(probability, CultureInfo.InvariantCulture) == here.Probability;
    Console.WriteLine($"served equals trained: {(isSame ? "yes" : "no")}");
    return isSame ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static Customer Row() => new(Age: 52, Income: 31_500m, Plan: "premium", Country: "NO", Signup: new DateOnly(2023, 11, 5), SupportCalls: 4,
    Newsletter: false);

static string[] SecondProcess(string path)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
    if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
    {
        start.ArgumentList.Add(typeof(Customer).Assembly.Location);
    }

    start.ArgumentList.Add("serve");
    start.ArgumentList.Add(path);
    using var process = Process.Start(start)!;
    var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    process.WaitForExit();
    return lines;
}

static IEnumerable<string> Customers(int rows)
{
    var random = new Random(1);
    yield return "id,age,income,plan,country,signup,support_calls,newsletter,churned";
    for (var i = 1; i <= rows; i++)
    {
        var age = random.Next(18, 80);
        var income = Math.Exp(9.5
            + (0.8 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
        var plan = random.NextDouble() switch { < 0.6 => "basic", < 0.9 => "premium", _ => "trial" };
        var country = "NO SE DK DE FR IT ES"[(random.Next(7) * 3)..][..2];
        var signup = new DateOnly(2019, 1, 1).AddDays(random.Next(1900));
        var (calls, newsletter) = (random.Next(6), random.NextDouble() < 0.35);
        var score = -2.2 + (0.5 * calls) + (plan == "trial" ? 1.5 : plan == "premium" ? -0.8 : 0) - (newsletter ? 0.9 : 0)
            + (signup.Year == 2023 ? 1.1 : 0) + (income < 8000 ? 0.8 : 0);
        var churned = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? "yes" : "no";
        yield return string.Join(',', i, Gap(0.08, $"{age}"), Gap(0.1, income.ToString("F2", CultureInfo.InvariantCulture)), plan,
            Gap(0.03, country), Gap(0.02, signup.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), calls, newsletter ? "yes" : "no",
            churned);
    }

    string Gap(double share, string text) => random.NextDouble() < share ? "" : text;
}

/// <summary>A row as a program holds it: Signup and SupportCalls are the columns signup and support_calls.</summary>
internal sealed record Customer(double? Age, decimal? Income, string? Plan, string? Country, DateOnly? Signup, int SupportCalls,
    bool? Newsletter);
