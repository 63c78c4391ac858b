using System.Globalization;

namespace FunctionalNN.Tests;

/// <summary>Columns as scikit-learn 1.2.1 prepares them: SimpleImputer(strategy="median") and then a scaler, on ten rows with a
/// gap.</summary>
public sealed class TableReferenceTests
{
    private static readonly double[] Numbers = [1, 2, 2, 5, double.NaN, 100, -3, 7.5, 2, 5.25];
    private static readonly double[] Others = [-10, -3, 1.5, 2, 2.5, 6, 99, 1000];

    [Theory]
    [InlineData(Gaps.Mean, 13.527777777777779)]
    [InlineData(Gaps.Median, 2.0)]
    [InlineData(Gaps.MostFrequent, 2.0)]
    public void Gaps_are_filled_as_by_SimpleImputer(Gaps gaps, double expected)
    {
        var encoding = Fit(new NumberColumn("x") { Gaps = gaps, Scaling = Scaling.None });
        Assert.Equal(expected, ((FittedNumber)encoding.Columns[0]).Filling, 1e-12);
        Assert.Equal(expected, encoding.Matrix<double>(Of([double.NaN])).OrThrow()[0, 0], 1e-12);
    }

    [Theory]
    [InlineData(Scaling.Standard, new[] { -0.7628301130480692, -0.5241793514240922, -0.37076100466582135, -0.35371452169268014,
        -0.33666803871953893, -0.21734265790755045, 2.953303175096715, 33.671065492697174 })]
    [InlineData(Scaling.MinMax, new[] { -0.06796116504854367, 0.0, 0.04368932038834951, 0.04854368932038834, 0.053398058252427175,
        0.08737864077669902, 0.9902912621359222, 9.737864077669903 })]
    [InlineData(Scaling.Robust, new[] { -3.764705882352941, -1.5686274509803921, -0.1568627450980392, 0.0, 0.1568627450980392,
        1.2549019607843137, 30.431372549019606, 313.0980392156863 })]
    [InlineData(Scaling.Quantile, new[] { 0.0, 0.0, 0.16666666666666666, 0.3888888888888889, 0.5740740740740741, 0.8148148148148148,
        0.9987987987987988, 1.0 })]
    [InlineData(Scaling.None, new[] { -10, -3, 1.5, 2, 2.5, 6, 99, 1000 })]
    public void Scales_are_those_of_its_scalers(Scaling scaling, double[] expected)
    {
        var encoding = Fit(new NumberColumn("x") { Gaps = Gaps.Median, Scaling = scaling });
        var inputs = encoding.Matrix<double>(Of(Others)).OrThrow();
        Assert.All(expected.Index(), number => Assert.Equal(number.Item, inputs[number.Index, 0], 1e-12));
    }

    [Fact]
    public void Bins_are_those_of_KBinsDiscretizer()
    {
        var encoding = Fit(new NumberColumn("x") { Gaps = Gaps.Median, Bins = 3 });
        Assert.Equal([2, 5], ((FittedNumber)encoding.Columns[0]).Edges.ToArray());
        Assert.Equal(["x < 2", "2 ≤ x < 5", "x ≥ 5"], encoding.InputNames.ToArray());
        var inputs = encoding.Matrix<double>(Of(Others)).OrThrow();
        int[] bins = [0, 0, 0, 1, 1, 2, 2, 2];
        Assert.All(bins.Index(), bin => Assert.Equal(bin.Item, Array.IndexOf(inputs.Row(bin.Index).ToArray(), 1.0)));
        Assert.All(Enumerable.Range(0, 8), row => Assert.Equal(1, inputs.Row(row).ToArray().Sum()));
    }

    [Fact]
    public void A_logarithm_and_bounds_come_before_the_scale()
    {
        var encoding = TableRecipeOf(new NumberColumn("x") { Log = true, ClipShare = 0.1, Scaling = Scaling.None })
            .Fit(Of([.. Enumerable.Range(0, 101).Select(i => (double)i)])).OrThrow();
        var inputs = encoding.Matrix<double>(Of([0, 50, 1000])).OrThrow();
        Assert.Equal(Math.Log(11), inputs[0, 0], 1e-12);
        Assert.Equal(Math.Log(51), inputs[1, 0], 1e-12);
        Assert.Equal(Math.Log(91), inputs[2, 0], 1e-12);
    }

    [Fact]
    public void A_column_that_never_changes_keeps_its_spread_at_1()
    {
        foreach (var scaling in Enum.GetValues<Scaling>().Where(scaling => scaling is not (Scaling.None or Scaling.Quantile)))
        {
            var encoding = TableRecipeOf(new NumberColumn("x") { Scaling = scaling }).Fit(Of([0.1, 0.1, 0.1])).OrThrow();
            Assert.Equal(0, encoding.Matrix<double>(Of([0.1])).OrThrow()[0, 0]);
            Assert.Equal(1, encoding.Matrix<double>(Of([1.1])).OrThrow()[0, 0], 1e-12);
        }
    }

    [Fact]
    public void A_date_becomes_its_parts()
    {
        var column = new DateColumn("d")
        {
            Parts = DateParts.Age | DateParts.Year | DateParts.Weekend | DateParts.YearCycle | DateParts.WeekCycle | DateParts.DayCycle,
            Reference = new DateOnly(2024, 1, 11),
        };
        var table = Table.Of([Row("2024-01-01"), Row("2024-01-06T12:00:00"), Row(new DateOnly(2023, 12, 27))]);
        var encoding = TableRecipeOf(column).Fit(table).OrThrow();
        Assert.Equal(["d: age in days", "d: year", "d: weekend", "d: sine of the year", "d: cosine of the year", "d: sine of the week",
            "d: cosine of the week", "d: sine of the day", "d: cosine of the day"], encoding.InputNames.ToArray());
        var inputs = encoding.Matrix<double>(table).OrThrow();

        // Ages 10, 4.5 and 15; 1 January 2024 was a Monday.
        double[] ages = [10, 4.5, 15];
        var (mean, spread) = (ages.Average(), Math.Sqrt(ages.Select(age => Math.Pow(age - ages.Average(), 2)).Average()));
        Assert.All(ages.Index(), age => Assert.Equal((age.Item - mean) / spread, inputs[age.Index, 0], 1e-12));
        Assert.Equal([0, 1, 0], Enumerable.Range(0, 3).Select(row => inputs[row, 2]));
        Assert.Equal([0, 1, 0, 1, 0, 1], inputs.Row(0)[3..].ToArray());
        Assert.Equal(Math.Sin(2 * Math.PI * 5.5 / 366), inputs[1, 3], 1e-12);
        Assert.Equal(Math.Sin(2 * Math.PI * 5.5 / 7), inputs[1, 5], 1e-12);
        Assert.Equal(0, inputs[1, 7], 1e-12);
        Assert.Equal(-1, inputs[1, 8], 1e-12);

        static Dictionary<string, object?> Row(object date) => new() { ["d"] = date };
    }

    [Fact]
    public void Interactions_are_products_of_the_inputs()
    {
        Dictionary<string, object?>[] rows =
            [new() { ["a"] = 1.0, ["c"] = "x" }, new() { ["a"] = 3.0, ["c"] = "y" }, new() { ["a"] = 2.0, ["c"] = "y" }];
        var recipe = TableRecipeOf(new NumberColumn("a") { Scaling = Scaling.None }, new CategoryColumn("c")) with
        {
            Interactions = [new Interaction("a", "c")],
        };
        var encoding = recipe.Fit(Table.Of(rows)).OrThrow();
        Assert.Equal(["a", "c=x", "c=y", "a × c=x", "a × c=y"], encoding.InputNames.ToArray());
        Assert.Equal([3, 0, 1, 0, 3], encoding.Matrix<double>(Table.Of(rows[1..2])).OrThrow().Values.ToArray());
    }

    private static TableEncoding Fit(Column column) => TableRecipeOf(column).Fit(Of(Numbers)).OrThrow();

    private static TableRecipe TableRecipeOf(params Column[] columns) => new() { Columns = [.. columns] };

    private static Table Of(double[] numbers) => Table.Of(numbers.Select(number => new Dictionary<string, object?>
    {
        ["x"] = double.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture),
    }));
}
