using System.Globalization;

namespace FunctionalNN.Tests;

/// <summary>
/// The tabular sets and MNIST as references/tabular.py reads them: the same columns, the same test rows, inputs (and targets, in
/// regression) standardised by the training rows, missing numbers the training rows' mean, text one-hot in sorted order.
/// </summary>
internal sealed record TabularSet(DataSet<float> Train, DataSet<float> Test)
{
    private static readonly Dictionary<string, (string Target, string[] Inputs, bool IsRegression)> Sets = new()
    {
        ["breast-cancer-wisconsin"] = ("diagnosis", ["id*", "diagnosis*"], false),
        ["california-housing"] = ("median_house_value", ["median_house_value*"], true),
        ["iris"] = ("species", ["species*"], false),
        ["titanic"] = ("survived", ["pclass", "sex", "age", "sibsp", "parch", "fare", "embarked"], false),
        ["wine"] = ("class", ["class*"], false),
        ["winequality-red"] = ("quality", ["quality*"], false),
    };

    /// <summary>250 points an arm and noise 0.25, as NumPy draws them.</summary>
    public static TabularSet Moons => new(Generate.Moons(250, noise: 0.25, seed: 1), Generate.Moons(250, noise: 0.25, seed: 2));

    public static TabularSet Read(string name) =>
        name == "moons" ? Moons : name == "mnist" ? Mnist() : Read(Path.Combine(RealData.FolderOf("tabular")!, name + ".csv"), name);

    /// <summary>The score of a set with scikit-learn's defaults.</summary>
    public (double Score, int Epochs) Fit(int seed, int maxIter = 200) => Train.Targets is ClassLabels
        ? new MlpClassifier { RandomState = seed, MaxIter = maxIter }.Fit(Train) is var classifier
        ? (classifier.Score(Test), classifier.NIter)
        : default
        : new MlpRegressor { RandomState = seed, MaxIter = maxIter }.Fit(Train) is var regressor
        ? (regressor.Score(Test), regressor.NIter)
        : default;

    private static TabularSet Read(string path, string name)
    {
        string[][] lines = [.. File.ReadLines(path).Select(line => line.Split(','))];
        var (header, rows, (target, inputs, isRegression)) = (lines[0], lines[1..], Sets[name]);
        int[] kept =
            [.. Enumerable.Range(0, header.Length)
                .Where(column => inputs[0].EndsWith('*') ? !inputs.Contains(header[column] + "*") : inputs.Contains(header[column]))];
        var isTest = Enumerable.Range(1, rows.Length).Select(row => (uint)(row * 2654435761) < 1u << 30).ToArray();
        var columns = kept.SelectMany(column => Column([.. rows.Select(row => row[column])], isTest)).ToArray();
        var matrix = Matrix.Create(rows.Length, columns.Length, (row, column) => (float)columns[column][row]);
        var answers = rows.Select(row => row[Array.IndexOf(header, target)]).ToArray();
        var data = new DataSet<float>(matrix, isRegression
            ? new RealTargets<float>(Matrix.Create(rows.Length, 1, (row, _) => float.Parse(answers[row], CultureInfo.InvariantCulture)))
            : LabelCodec.Fit(answers).Encode(answers).Good());
        var (train, test) = (data.Pick([.. Rows(false)]), data.Pick([.. Rows(true)]));
        var scaler = Scaler.Standard(train);
        (train, test) = (scaler.Apply(train).InMemory(), scaler.Apply(test).InMemory());
        if (isRegression)
        {
            var targets = Scaler.Targets(train);
            (train, test) = (targets.Apply(train), targets.Apply(test));
        }

        return new TabularSet(train, test);

        IEnumerable<int> Rows(bool wanted) => Enumerable.Range(0, rows.Length).Where(row => isTest[row] == wanted);
    }

    private static IEnumerable<double[]> Column(string[] texts, bool[] isTest)
    {
        if (texts.All(text => text.Length == 0 || double.TryParse(text, CultureInfo.InvariantCulture, out _)))
        {
            var mean = texts.Where((text, row) => !isTest[row] && text.Length > 0)
                .Average(text => double.Parse(text, CultureInfo.InvariantCulture));
            return [[.. texts.Select(text => text.Length == 0 ? mean : double.Parse(text, CultureInfo.InvariantCulture))]];
        }

        // A missing category is a row of zeros.
        var codec = OneHotCodec.Fit(texts.Where(text => text.Length > 0)) with { UnknownIsZeros = true };
        var oneHot = codec.Encode<double>(texts).Good();
        return Enumerable.Range(0, codec.Width)
            .Select(column => Enumerable.Range(0, texts.Length).Select(row => oneHot[row, column]).ToArray());
    }

    private static TabularSet Mnist()
    {
        var folder = RealData.FolderOf("mnist")!;
        return new TabularSet(Images("train"), Images("t10k"));

        DataSet<float> Images(string part) => IdxFile.ReadImages(
            Path.Combine(folder, part + "-images-idx3-ubyte.gz"), Path.Combine(folder, part + "-labels-idx1-ubyte.gz"),
            Enumerable.Range(0, 10).Select(digit => $"{digit}")).Good();
    }
}
