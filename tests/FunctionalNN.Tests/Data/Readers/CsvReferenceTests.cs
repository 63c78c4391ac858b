namespace FunctionalNN.Tests;

/// <summary>Real files, compared with what Python's csv module reads from them: csv-references.py printed the numbers.</summary>
public class CsvReferenceTests
{
    private static readonly CsvOptions Titanic = new() { Label = "survived", Ignore = ["alive", "deck"], Categories = ["pclass"] };

    [RealDataFact("tabular")]
    public void Iris() => AssertTable(
        Csv.Read(Path("iris"), new CsvOptions { Label = "species" }).Good(),
        150,
        "setosa 50, versicolor 50, virginica 50",
        "sepal_length 5.843333, sepal_width 3.057333, petal_length 3.758000, petal_width 1.199333");

    [RealDataFact("tabular")]
    public void Wine() => AssertTable(
        Csv.Read(Path("wine"), new CsvOptions { Label = ^1 }).Good(),
        178,
        "1 59, 2 71, 3 48",
        "alcohol 13.000618, malic_acid 2.336348, ash 2.366517, alcalinity_of_ash 19.494944, magnesium 99.741573, total_phenols 2.295112, "
            + "flavanoids 2.029270, nonflavanoid_phenols 0.361854, proanthocyanins 1.590899, color_intensity 5.058090, hue 0.957449, "
            + "od280_od315 2.611685, proline 746.893258");

    [RealDataFact("tabular")]
    public void Titanic_with_means()
    {
        var table = Csv.Read<double>(Path("titanic"), Titanic with { Missing = Missing.Mean }).Good();
        AssertTable(
            table,
            891,
            "0 549, 1 342",
            "pclass=1 0.242424, pclass=2 0.206510, pclass=3 0.551066, sex=female 0.352413, sex=male 0.647587, age 29.699118, sibsp "
                + "0.523008, parch 0.381594, fare 32.204208, embarked=C 0.188976, embarked=Q 0.086614, embarked=S 0.724409, class=First "
                + "0.242424, class=Second 0.206510, class=Third 0.551066, who=child 0.093154, who=man 0.602694, who=woman 0.304153, "
                + "adult_male=False 0.397306, adult_male=True 0.602694, embark_town=Cherbourg 0.188976, embark_town=Queenstown 0.086614, "
                + "embark_town=Southampton 0.724409, alone=False 0.397306, alone=True 0.602694");
        Assert.Equal((181, 0), (table.MissingValues.Sum(), table.DroppedRows));
        Assert.DoesNotContain(table.Data.Numbers(), double.IsNaN);
    }

    [RealDataFact("tabular")]
    public void Titanic_without_rows_that_have_gaps()
    {
        var table = Csv.Read<double>(Path("titanic"), Titanic with { Missing = Missing.DropRow }).Good();
        AssertTable(
            table,
            712,
            "0 424, 1 288",
            "pclass=1 0.258427, pclass=2 0.242978, pclass=3 0.498596, sex=female 0.363764, sex=male 0.636236, age 29.642093, sibsp "
                + "0.514045, parch 0.432584, fare 34.567251, embarked=C 0.182584, embarked=Q 0.039326, embarked=S 0.778090, class=First "
                + "0.258427, class=Second 0.242978, class=Third 0.498596, who=child 0.116573, who=man 0.580056, who=woman 0.303371, "
                + "adult_male=False 0.419944, adult_male=True 0.580056, embark_town=Cherbourg 0.182584, embark_town=Queenstown 0.039326, "
                + "embark_town=Southampton 0.778090, alone=False 0.435393, alone=True 0.564607");
        Assert.Equal((181, 179), (table.MissingValues.Sum(), table.DroppedRows));
    }

    [RealDataFact("tabular")]
    public void California()
    {
        var table =
            Csv.Read<double>(Path("california-housing"), new CsvOptions { Targets = ["median_house_value"], Missing = Missing.Mean })
                .Good();
        AssertTable(
            table,
            20640,
            "",
            "longitude -119.569704, latitude 35.631861, housing_median_age 28.639486, total_rooms 2635.763081, total_bedrooms "
                + "537.870553, population 1425.476744, households 499.539680, median_income 3.870671, ocean_proximity=<1H OCEAN "
                + "0.442636, ocean_proximity=INLAND 0.317393, ocean_proximity=ISLAND 0.000242, ocean_proximity=NEAR BAY 0.110950, "
                + "ocean_proximity=NEAR OCEAN 0.128779");
        Assert.Equal(206855.816909, Assert.IsType<RealTargets<double>>(table.Data.Targets).Values.Values.ToArray().Average(), 1e-6);
        Assert.Equal(207, table.MissingValues.Sum());
    }

    [RealDataFact("digits-csv", "mnist")]
    public void The_digits_are_those_of_the_IDX_files()
    {
        var path = System.IO.Path.Combine(RealData.FolderOf("digits-csv")!, "digits.csv.gz");
        var digits = Csv.ReadBytes(path, new CsvOptions { Label = "label" }).Good();
        var mnist = Mnist.Load(RealData.FolderOf("mnist")!).Good().Training;
        Assert.Equal(10_000, digits.Count);
        Assert.Equal(((ClassLabels)mnist.Targets).Values[..10_000].ToArray(), digits.Labels());
        var (bytes, expected) = (Assert.IsType<ByteRows<float>>(digits.Inputs), Assert.IsType<ByteRows<float>>(mnist.Inputs));
        for (var row = 0; row < digits.Count; row++)
        {
            Assert.True(bytes.Row(row).SequenceEqual(expected.Row(row)));
        }

        Assert.Equal(expected.Row(77).ToArray().Select(x => (float)x),
            Csv.Read(path, new CsvOptions { Label = "label" }).Good().Data.InputsOf(77).Values.ToArray());
    }

    private static void AssertTable<T>(CsvTable<T> table, int rows, string classes, string means)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Assert.Equal(rows, table.Data.Count);
        Assert.Equal(classes,
            string.Join(", ",
                table.Data.Targets is ClassLabels labels
                    ? table.ClassNames.Zip(labels.Frequencies(), (name, count) => $"{name} {count}")
                    : []));
        Assert.Equal(table.Data.Inputs.Width, table.InputNames.Length);
        var expected = means.Split(", ")
            .Select(part =>
                (Name: part[..part.LastIndexOf(' ')],
                    Mean: double.Parse(part[(part.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture))).ToArray();
        Assert.Equal(expected.Select(pair => pair.Name), table.InputNames.ToArray());
        Assert.All(expected.Zip(table.Encoding.Features.SelectMany(feature => feature.Means)),
            pair => Assert.Equal(pair.Item1.Mean, pair.Item2, 1e-6 * Math.Max(1, Math.Abs(pair.Item1.Mean))));
    }

    private static string Path(string name) => System.IO.Path.Combine(RealData.FolderOf("tabular")!, $"{name}.csv");
}
