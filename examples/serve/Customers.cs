using System.Globalization;

namespace FunctionalNN.Serve;

/// <summary>Generated customers, some of whom leave, and a pipeline that has learned who.</summary>
internal static class Customers
{
    public static Pipeline<float> Train(int rows, int epochs, int seed)
    {
        var table = Table.Of(Rows(rows, seed));
        var (train, validation) = table.Split("churned", testFraction: 0.2, seed: 1);
        var recipe = new TableRecipe
        {
            Columns =
            [
                new NumberColumn("age") { Gaps = Gaps.Median, MarksGaps = true }, new CategoryColumn("plan"),
                new DateColumn("signup") { Gaps = Gaps.Median }, new FlagColumn("newsletter"),
            ],
            LeftOut = [new LeftOutColumn("id")],
            Target = TargetColumn.OfClasses("churned"),
        };
        var fresh = Pipeline.Of(recipe.Fit(train).OrThrow(), [new Dense(16), new Relu()], seed);
        return fresh.With(fresh.Epochs(train, new Adam(0.005)).Take(epochs).Last()).Calibrated(validation);
    }

    /// <summary>A row in JSON.</summary>
    public static string Json(int i)
    {
        var (age, plan) = (i % 7 == 0 ? "null" : (18 + (i % 60)).ToString(CultureInfo.InvariantCulture), i % 3 == 0 ? "trial" : "basic");
        var signup = new DateOnly(2020, 1, 1).AddDays(i % 1500).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var newsletter = i % 2 == 0 ? "true" : "false";
        return $$"""{"id": {{i}}, "age": {{age}}, "plan": "{{plan}}", "signup": "{{signup}}", "newsletter": {{newsletter}} }""";
    }

    private static IEnumerable<Dictionary<string, object?>> Rows(int rows, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < rows; i++)
        {
            var (trial, news, year) = (random.Next(3) == 0, random.Next(2) == 0, random.Next(2020, 2024));
            var score = (trial ? 1.5 : -1) - (news ? 1 : 0) + (year == 2023 ? 1 : 0);
            yield return new Dictionary<string, object?>
            {
                ["id"] = i,
                ["age"] = random.Next(10) == 0 ? null : random.Next(18, 80),
                ["plan"] = trial ? "trial" : "basic",
                ["signup"] = random.Next(20) == 0 ? null : new DateOnly(year, random.Next(1, 13), random.Next(1, 28)),
                ["newsletter"] = news,
                ["churned"] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? "yes" : "no",
            };
        }
    }
}
