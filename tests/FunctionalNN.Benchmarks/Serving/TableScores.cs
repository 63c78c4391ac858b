using System.Diagnostics;
using System.Globalization;

namespace FunctionalNN.Benchmarks;

/// <summary>
/// Scores on held-out rows, fold by fold of five: our pipeline, scikit-learn's with the same steps (tables.py), and LightGBM by ML.NET as a
/// stranger, on the same columns. Accuracy of classes, R² of quantities.
/// </summary>
internal static class TableScores
{
    private const int Folds = 5;
    private const int Hidden = 50;
    private const double Rate = 0.003;

    public static int Run(string data, string python, string[] only)
    {
        var folder = Directory.CreateTempSubdirectory("table-scores-").FullName;
        try
        {
            Console.WriteLine("| set | rows | score | FunctionalNN | scikit-learn | difference, in its spreads | LightGBM |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var set in TableSets.All(data, folder).Where(set => only.Length == 0 || only.Any(set.Name.StartsWith)))
            {
                var (ours, trees, rows) = Scores(set);
                var theirs = Peer(set, python);
                Console.WriteLine($"| {set.Name} | {rows} | {(set.IsQuantity ? "R²" : "accuracy")} | {Text(ours)} | {Text(theirs)} | "
                    + $"{(theirs.Length == 0 ? "" : Number((ours.Average() - theirs.Average()) / Spread(theirs), "+0.0;−0.0;0.0"))} | "
                    + $"{Text(trees)} |");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double[] Ours, double[] Trees, int Rows) Scores(TableSet set)
    {
        var table = Table.Read(set.Csv).OrThrow().Having(set.Target);
        var recipe = new TableRecipe
        {
            Columns =
            [
                .. set.Numbers.Select(name => new NumberColumn(name) { Gaps = Gaps.Median }),
                .. set.Categories.Select(name => new CategoryColumn(name) { Gaps = Gaps.MostFrequent, Unseen = UnseenCategory.Zeros }),
            ],
            Target = set.IsQuantity ? TargetColumn.OfQuantity(set.Target) : TargetColumn.OfClasses(set.Target),
        };
        var (ours, trees) = (new double[Folds], new double[Folds]);
        for (var fold = 0; fold < Folds; fold++)
        {
            var (train, test) = (Pick(row => FoldOf(row) != fold), Pick(row => FoldOf(row) == fold));
            var pipeline = Pipeline.Of(recipe.Fit(train).OrThrow(), [new Dense(Hidden), new Relu()], seed: fold);
            pipeline = pipeline.With(pipeline.Epochs(train, new Adam(Rate), batchSize: 32, seed: fold).Take(set.Epochs).Last());
            ours[fold] = pipeline.Report(test) switch
            {
                ClassificationReport classes => classes.Accuracy,
                RegressionReport numbers => numbers.R2,
                var other => throw new InvalidOperationException($"there is no score in {other.GetType().Name}"),
            };
            trees[fold] = BoostedTrees.Score(pipeline.Encode(train), pipeline.Encode(test));
        }

        return (ours, trees, table.Count);

        Table Pick(Func<int, bool> isPicked) => table.Pick([.. Enumerable.Range(0, table.Count).Where(isPicked)]);
    }

    /// <summary>A row's fold, as tables.py has it.</summary>
    private static int FoldOf(int row) => (int)(((((long)row + 1) * 2654435761L) % (1L << 32)) * Folds >> 32);

    private static double[] Peer(TableSet set, string python)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true };
        foreach (var argument in (string[])[Script(), set.Csv, set.Target, set.IsQuantity ? "quantity" : "classes",
            set.Epochs.ToString(CultureInfo.InvariantCulture), string.Join(',', set.Numbers), string.Join(',', set.Categories)])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0 ? [.. lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture))] : [];
    }

    private static string Script([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "tables.py");

    private static string Text(double[] scores) =>
        scores.Length == 0 ? "not to be had" : $"{Number(scores.Average(), "F4")} ± {Number(Spread(scores), "F4")}";

    private static double Spread(double[] scores) =>
        Math.Sqrt(scores.Sum(score => Math.Pow(score - scores.Average(), 2)) / (scores.Length - 1));

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
