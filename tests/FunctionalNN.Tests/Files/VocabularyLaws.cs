using System.Collections.Immutable;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;

namespace FunctionalNN.Tests;

/// <summary>No record of the library, and no setting of one, is left out of files. Tests may look with reflection; the library does
/// not.</summary>
public class VocabularyLaws
{
    private static readonly Type[] Families =
        [typeof(Layer), typeof(Loss), typeof(Optimizer), typeof(LearningRateSchedule), typeof(Initializer), typeof(Penalty),
            typeof(Constraint), typeof(Slots), typeof(PlateauProgress), typeof(Augmentation)];

    /// <summary>Some records of each kind.</summary>
    public static IEnumerable<object> Samples =>
    [
        .. LayerGenerators.Table.Values.SelectMany(entry => entry.Any.Sample(10, new Rnd(1, 1), 30)),
        .. LossGenerators.Table.Values.SelectMany(any => any.Sample(10, new Rnd(1, 1), 30)).Select(objective => objective.Loss),
        .. OptimizerGenerators.Table.Values.SelectMany(any => any.Sample(10, new Rnd(1, 1), 30)),
        .. ScheduleGenerators.Table.Values.SelectMany(any => any.Sample(10, new Rnd(1, 1), 30)),
        .. typeof(Initializer).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null)!),
        .. InitializerGenerators.Samples,
        .. (object[])[Penalty.None, Penalty.L1(0.1), Penalty.ElasticNet(0.1, 0.2) with { SlopeAtZero = -1 }],
        .. (object[])[Constraint.None, Constraint.UnitNorm, Constraint.NonNegative, Constraint.MaxNorm(3), Constraint.MaxNorm(1)],
        .. (object[])[Slots.Of(), Slots.BiasesAndScales, new PlateauProgress(), new PlateauProgress(0.1, double.NaN, 3, 4),
            new PlateauProgress(1, -0.0)],
        .. (object[])[new RandomFlip(new ImageSize(2, 3)), new RandomNoise(0.5),
            new RandomRotation(new ImageSize(3, 2, 4), 5) { Background = 0.5 }, new RandomShift(new ImageSize(1, 2), 3),
            new RandomVerticalFlip(new ImageSize(2, 3)), new RandomCrop(new ImageSize(2, 3, 3), 0.25),
            new Cutout(new ImageSize(4, 3), 2) { Background = 0.5 }],
    ];

    [Fact]
    public void Every_record_is_in_the_vocabulary()
    {
        var known = Samples.Select(sample => sample.GetType()).ToHashSet();
        var all = typeof(Layer).Assembly.GetTypes().Where(type => type.IsSealed && !type.IsNotPublic && Families.Any(type.IsAssignableTo))
            .ToArray();
        Assert.Empty(all.Where(type => !known.Contains(type)).Select(type => $"{type.Name}: no sample, so its settings are not tested"));
        Assert.Empty(Unwritable(Samples));
        Assert.True(all.Length > 80, $"{all.Length} records were found");
    }

    [Fact]
    public void The_law_sees_a_record_that_is_not() =>
        Assert.Contains("Opaque is not in the vocabulary", Assert.Single(Unwritable([new Opaque(new Relu()), new Relu()])),
            StringComparison.Ordinal);

    [Fact]
    public void Every_record_comes_back() => Assert.All(Samples, sample => Assert.Equal(sample, Again(sample)));

    /// <summary>A setting that is not written would come back as it is in a blank record.</summary>
    [Fact]
    public void Every_setting_of_every_record_comes_back()
    {
        var changes = 0;
        foreach (var sample in Samples)
        {
            foreach (var property in sample.GetType().GetProperties()
                .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0))
            {
                var clone = sample.GetType().GetMethod("<Clone>$")!.Invoke(sample, null)!;
                property.SetValue(clone, Other(property, property.GetValue(sample)));
                if (sample is Constraint or Initializer)
                {
                    continue; // These are made by functions that check and name; Every_record_comes_back has them.
                }

                Assert.NotEqual(sample, clone);
                Assert.True(clone.Equals(Again(clone)),
                    $"{sample.GetType().Name}.{property.Name}: {property.GetValue(clone)} came back as {property.GetValue(Again(clone))}. "
                        + $"Is it in src/FunctionalNN/Files/Vocabulary?");
                changes++;
            }
        }

        Assert.True(changes > 500, $"{changes} settings were changed");
    }

    [Fact]
    public void Numbers_come_back_to_the_last_bit()
    {
        foreach (var rate in (double[])[0, -0.0, 0.1, 1.0 / 3, double.Epsilon, double.MaxValue, -double.MaxValue, double.NaN,
            double.PositiveInfinity, double.NegativeInfinity, 1e-7, 5e-324, 9007199254740993])
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(rate), BitConverter.DoubleToInt64Bits(((Constant)Again(new Constant(rate))).Rate));
        }
    }

    [Fact]
    public void Choices_that_have_no_name_are_refused() => Assert.All(
        ["\"7\"", "\"outsideRoot\"", "\"OutsideRoot, InsideRoot\"", "0", "null"],
        place =>
            Assert.Contains("expected one of BeforeCorrection, InsideRoot, OutsideRoot",
                Fault<Optimizer>(Vocabulary.Standard.Write<Optimizer>(new Adam())
                    .Replace("\"OutsideRoot\"", place, StringComparison.Ordinal)), StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"kind":"Adam"}""", "optimizer: Adam lacks the setting \"learningRate\"")]
    [InlineData("""{"kind":"System.Diagnostics.Process"}""",
        "optimizer: found \"System.Diagnostics.Process\", which is not in the vocabulary")]
    [InlineData("""{"kind":"Relu"}""", "optimizer: found \"Relu\", expected one of Accumulate, Adadelta")]
    [InlineData("""{"$type":"Adam"}""", "optimizer: found an object, expected a name, or an object with a \"kind\"")]
    [InlineData("""{"kind":"Lion","learningRate":{"kind":"Constant","rate":1},"decay":0,"beta1":0.9,"beta2":0.9,"beta3":1}""",
        "optimizer: Lion has the unknown setting \"beta3\", expected learningRate, decay, beta1, beta2")]
    [InlineData("""{"kind":"Lion","learningRate":{"kind":"Constant","rate":1e999},"decay":0,"beta1":0.9,"beta2":0.9}""",
        "optimizer.learningRate.rate: found 1e999, expected a number")]
    [InlineData("""{"kind":"Lion","learningRate":0.1,"decay":0,"beta1":0.9,"beta2":0.9}""",
        "optimizer.learningRate: found 0.1, expected a name, or an object")]
    [InlineData("""{"kind":"Lion","kind":"Lion"}""", "optimizer: this is not valid JSON: Duplicate property 'kind'")]
    [InlineData("null", "optimizer: found null, expected a name")]
    [InlineData("", "optimizer: this is not valid JSON")]
    [InlineData("[[[[[[[[[[", "optimizer: this is not valid JSON")]
    [InlineData("\"\\ud800\"", "optimizer: ")]
    public void Wrong_text_gives_an_error_that_names_the_place(string text, string expected) =>
        Assert.StartsWith(expected, Fault<Optimizer>(text), StringComparison.Ordinal);

    [Fact]
    public void What_a_record_itself_refuses_is_an_error() => Assert.StartsWith(
        "initializer.standardDeviation: the standardDeviation is -1, expected a finite number of 0 or more",
        Fault<Initializer>("""{"kind":"Normal","standardDeviation":-1}""", "initializer"), StringComparison.Ordinal);

    [Fact]
    public void Too_deep_a_record_is_an_error_both_ways()
    {
        Optimizer deep = new Sgd(0.1);
        for (var i = 0; i < 1000; i++)
        {
            deep = deep.ScaleRate(1);
        }

        Assert.Contains("more than 200 deep", Assert.Throws<FileFault>(() => Vocabulary.Standard.Write(deep)).Message,
            StringComparison.Ordinal);
        Assert.Contains("not valid JSON", Fault<Optimizer>(string.Concat(Enumerable.Repeat("{\"kind\":\"ScaleRate\",\"inner\":", 100_000))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_given_once()
    {
        Assert.StartsWith("the vocabulary has a \"Relu\" already",
            Assert.Throws<ArgumentException>(() => Vocabulary.Standard.With(Term.Layer("Relu", new Opaque(new Relu())))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("Swish has a setting \"name\" already",
            Assert.Throws<ArgumentException>(() => Term.Layer("Swish", new Opaque(new Relu()))
                .With("name", layer => layer.Inner, (layer, value) => layer with { Inner = value })).Message, StringComparison.Ordinal);
        Assert.StartsWith("a setting of type Decimal cannot be stored; possible are enums and Augmentation, Boolean, CategoryColumn, ",
            Assert.Throws<ArgumentException>(() => Term.Layer("Swish", new Opaque(new Relu()))
                .With("a", _ => 1m, (layer, _) => layer)).Message, StringComparison.Ordinal);
    }

    private static object Again(object value) => value switch
    {
        Layer layer => Again(layer),
        Loss loss => Again(loss),
        Optimizer optimizer => Again(optimizer),
        LearningRateSchedule schedule => Again(schedule),
        Initializer initializer => Again(initializer),
        Penalty penalty => Again(penalty),
        Constraint constraint => Again(constraint),
        Slots slots => Again(slots),
        PlateauProgress progress => Again(progress),
        Augmentation augmentation => Again(augmentation),
        _ => throw new ArgumentException(value.ToString()),
    };

    private static object Again<TFamily>(TFamily value)
        where TFamily : notnull => Vocabulary.Standard.Read<TFamily>(Vocabulary.Standard.Write(value), "sample");

    private static string Fault<TFamily>(string text, string place = "optimizer")
        where TFamily : notnull
    {
        var fault = Assert.Throws<FileFault>(() => Vocabulary.Standard.Read<TFamily>(text, place)).In("f");
        Assert.StartsWith("f, ", fault, StringComparison.Ordinal);
        return fault[3..];
    }

    private static IEnumerable<string> Unwritable(IEnumerable<object> samples)
    {
        foreach (var sample in samples)
        {
            string? fault = null;
            try
            {
                Vocabulary.Standard.TermFor(sample);
            }
            catch (FileFault found)
            {
                fault = found.Message;
            }

            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    private static object Other(PropertyInfo property, object? value) => value switch
    {
        double number => number == 0.125 ? 0.25 : 0.125,
        int number => number + 1,
        long number => number + 1,
        bool flag => !flag,
        string text => text + "x",
        null when property.PropertyType == typeof(string) => "named",
        null when property.PropertyType == typeof(double?) => 0.5,
        null when property.PropertyType == typeof(Layer) => new Tanh(),
        null when property.PropertyType == typeof(FormulaGraph) => FormulaGraph.Of(new Tanh()),
        null when property.PropertyType == typeof(Slots) => Slots.Of("a", "b"),
        Slots => Slots.Of("c"),
        Enum choice => Enum.GetValues(property.PropertyType).Cast<object>().First(other => !other.Equals(choice)),
        LearningRateSchedule schedule => schedule.Then(3, 0.1),
        Optimizer optimizer => optimizer.Equals(new Lion(0.3)) ? new Lion(0.4) : new Lion(0.3),
        Initializer initializer => initializer.Equals(Initializer.Ones) ? Initializer.Zeros : Initializer.Ones,
        Penalty penalty => penalty with { Squared = penalty.Squared + 1 },
        Constraint constraint => constraint.Equals(Constraint.UnitNorm) ? Constraint.NonNegative : Constraint.UnitNorm,
        PlateauProgress progress => progress with { Stale = progress.Stale + 1 },
        null when property.PropertyType == typeof(Layer) => new Tanh(),
        Padding padding => padding.IsSame ? Padding.Of(1, 0, 2, 0) : Padding.Same,
        ImageSize size => size with { Width = size.Width + 1 },
        FormulaGraph graph => graph.Equals(FormulaGraph.Of(new Tanh())) ? FormulaGraph.Of(new Silu()) : FormulaGraph.Of(new Tanh()),
        ImmutableArray<EmbeddedColumn> columns => columns.Add(new EmbeddedColumn(5, 6, 7) { Name = "d", TakesUnknown = true }),
        ImmutableArray<Layer> layers => layers.Add(new Tanh()),
        ImmutableArray<double> numbers => numbers.Add(0.5),
        ImmutableArray<long> numbers => numbers.Add(7),
        ImmutableArray<string> texts => texts.Add("d"),
        _ => throw new InvalidOperationException($"no other value for {property.DeclaringType?.Name}.{property.Name}: add one here"),
    };
}
