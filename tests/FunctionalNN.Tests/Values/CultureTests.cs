using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FunctionalNN.Tests;

/// <summary>All text that the library makes is the same in every culture.</summary>
public class CultureTests
{
    public static TheoryData<string> Cultures => ["de-DE", "tr-TR", "fa-IR", "sv-SE"];

    private static Assembly[] Assemblies { get; } =
        [typeof(Network).Assembly, typeof(OnnxFile).Assembly, typeof(Figure).Assembly, typeof(Dashboard).Assembly, typeof(Law).Assembly];

    private static object[] Values { get; } =
    [
        new Adam(0.05) { Beta1 = 0.85 }, new Sgd(0.1) { Momentum = 0.5, Decay = 1e-3 }.ClipByGlobalNorm(1.5).ReduceOnPlateau(0.5, 2),
        new AdamW(0.01), new Lion(), new Rprop(),
        new Huber(0.5), new CategoricalCrossEntropy { LabelSmoothing = 0.1 }, new BinaryFocalCrossEntropy { Alpha = 0.25 },
        new MeanSquaredError { Factor = 0.5 },
        new Elu { Alpha = 0.5 }, new LeakyRelu(-0.25), new Dropout(0.5), new GaussianNoise(0.25), new BatchNormalization { Momentum = 0.9 },
        new PRelu(),
        new CosineDecay(0.1, 100), new OneCycle(0.5, 100), new PolynomialDecay(0.1, 10) { Power = 1.5 }, new RandomNoise(0.25),
        new MlpClassifier { Alpha = 0.5, Tol = 1e-3 }, new MlpRegressor { Momentum = 0.5 }, Penalty.ElasticNet(0.1, 0.2),
        Initializer.Normal(0.01), Constraint.MaxNorm(1.5),
        new Metrics(4, 1.5, 0.5, 3, 4), new Divergence(1, "loss", "value", 0, -1.5), new CalibrationBin(0.25, 0.5, 1.5, 0.5, 0.75),
        new RocPoint(0.5, 0.25, 0.75),
        new PrecisionRecallPoint(0.5, 0.25, 0.75), new ClassScores(0.5, 0.25, 0.75, 4), new LearningRatePoint(0.5, 1.5, 1.25),
        new LayerVitals("a", 0.5, 0.25, 0.125, 1.5),
        new HardRow(1, 1.5, "a", "b"), new TrialPoint(1, new Metrics(4, 1.5, 0.5, 3, 4), default), new PlateauProgress(0.5, 1.5),
        Matrix.Of(new[,] { { -1.5, 2.25 } }),
        new CsvOptions { CategoryLimit = 1000, Label = -0 }, RegressionErrors.Empty,
    ];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Values_print_the_same(string culture)
    {
        var expected = Array.ConvertAll(Values, value => value.ToString());
        Assert.Equal(expected, In(culture, () => Array.ConvertAll(Values, value => value.ToString())));
        Assert.Contains(expected, text => text!.Contains("0.85", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Messages_are_the_same(string culture)
    {
        Func<string>[] mistakes =
        [
            () => Assert.ThrowsAny<ArgumentException>(() => Generate.Moons(10, 0.1, 1).Split(-1.5, 1)).Message,
            () => Assert.ThrowsAny<ArgumentException>(() => Generate.Moons(10, -0.5, 1)).Message,
            () => Assert.ThrowsAny<ArgumentException>(() => new ClassLabels([-1], 2)).Message,
            () => Assert.ThrowsAny<ArgumentException>(() => Matrix.Zeros<float>(2, 2)[-1, 0]).Message,
            () => Assert.ThrowsAny<ArgumentException>(() =>
                new Network(2, [new Dropout(-1.5), new Dense(-3), new Elu { Alpha = -0.5 }])).Message,
            () => Assert.ThrowsAny<ArgumentException>(() => new Network(1, [new Dense(1)]).Initialize(1)
                .Train(new Adam(-0.5) { Beta1 = 1.5 })).Message,
        ];
        var expected = mistakes.Select(mistake => mistake()).ToArray();
        Assert.Equal(expected, In(culture, () => mistakes.Select(mistake => mistake()).ToArray()));
    }

    [Fact]
    public void No_public_record_is_printed_by_the_culture()
    {
        var odd = Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsAbstract && IsPrintedByTheCompiler(type)).Select(type => type.FullName);
        Assert.Equal("", string.Join(", ", odd));
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Files_read_back_as_written(string culture)
    {
        using var folder = new TemporaryFolder();
        var state = new Network(2, [new Dense(3), new LeakyRelu(0.25), new Dense(2), new Softmax()]).Initialize(1)
            .Train(new Adam(0.05) { Beta1 = 0.85 }).Epochs(Generate.Moons(10, 0.1, 1).Shuffled(8), new CategoricalCrossEntropy()).First();
        state.Save(folder["invariant"]).OrThrow();
        state.Model.SaveOnnx(folder["invariant.onnx"]).OrThrow();
        In(culture, () =>
        {
            state.Save(folder["other"]).OrThrow();
            state.Model.SaveOnnx(folder["other.onnx"]).OrThrow();
            Assert.Equal(state, TrainingState.Load<float>(folder["invariant"]).OrThrow());
            Assert.Equal([1.5f, -2.25f],
                Csv.Read(folder.WriteText("a.csv", "a,y\n1.5,0\n-2.25,1\n"), new CsvOptions { Label = "y" }).OrThrow().Data.Numbers());
            return 0;
        });
        Assert.Equal(File.ReadAllBytes(folder["invariant"]), File.ReadAllBytes(folder["other"]));
        Assert.Equal(File.ReadAllBytes(folder["invariant.onnx"]), File.ReadAllBytes(folder["other.onnx"]));
    }

    /// <summary>Whether the compiler wrote ToString, and a member is a number that may be negative or have a fraction.</summary>
    private static bool IsPrintedByTheCompiler(Type type)
    {
        var text = type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, []);
        return text!.GetCustomAttribute<CompilerGeneratedAttribute>(inherit: false) is not null
            && type.GetProperties().Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
                .Any(kind => kind == typeof(double) || kind == typeof(float));
    }

    private static TResult In<TResult>(string culture, Func<TResult> action)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = TestCulture.Named(culture);
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
