using System.Numerics;

namespace FunctionalNN.Tests;

[Trait("Duration", "Long")]
public sealed class EmissionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_network_for_digits_is_one_small_file_that_allocates_nothing()
    {
        var model = new Network(784, [new Dense(128), new Relu(), new Dense(10), new Softmax()]).Initialize(seed: 1);
        var source = model.EmitCSharp("Digits", "Models").OrThrow();
        Assert.InRange(source.Length, 1_000_000, 1_700_000);
        var predict = Emitted.Compile<float>(source, "Models.Digits");
        var (input, expected, found) = (new float[784], new float[10], new float[10]);
        var key = new Key(4);
        for (var i = 0; i < input.Length; i++)
        {
            input[i] = key.Below(256, i) / 255f;
        }

        model.Predict(input, expected);
        predict(input, found);
        Assert.Equal(expected, found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            predict(input, found);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_wide_network_keeps_its_rows_off_the_stack_and_allocates_nothing_after_the_first_row()
    {
        var model = new Network(20_000, [new Tanh(), new Softmax()]).Initialize(seed: 1);
        var predict = Emitted.Compile<float>(model.EmitCSharp("Wide").OrThrow(), "Wide");
        var (input, expected, found) = (new float[20_000], new float[20_000], new float[20_000]);
        input[7] = 3;
        model.Predict(input, expected);
        predict(input, found);
        Assert.Equal(expected, found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        predict(input, found);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Every_number_in_the_source_is_exact()
    {
        float[] singles =
            [0, -0f, float.Epsilon, float.MaxValue, float.MinValue, 1 / 3f, 1e-5f, 16777217, float.NaN, float.PositiveInfinity,
                float.NegativeInfinity, 1.17549435e-38f, 123456792f];
        double[] doubles =
            [0, -0.0, double.Epsilon, double.MaxValue, 1 / 3.0, 1e22, 5e-324, double.NaN, double.NegativeInfinity, 0.1 + 0.2];
        AssertExact(singles);
        AssertExact(doubles);
        var key = new Key(1);
        AssertExact([.. Enumerable.Range(0, 2000).Select(i => BitConverter.UInt32BitsToSingle((uint)key.Below(int.MaxValue, i)))]);
    }

    [Fact]
    public void The_wrong_widths_throw()
    {
        var predict = Emitted.Compile<float>(new Network(3, [new Dense(2)]).Initialize(1).EmitCSharp("Net").OrThrow(), "Net");
        Assert.Equal("2 inputs and room for 2 outputs were given, the network takes 3 and gives 2",
            Assert.Throws<ArgumentException>(() => predict(new float[2], new float[2])).Message);
    }

    [Fact]
    public void What_cannot_be_emitted_is_all_named()
    {
        var model =
            new Network(3, [new Dense(2), new Opaque(new Relu()) { Name = "mine" }, new Residual(new Opaque(new Tanh()))]).Initialize(1);
        Assert.Equal(
            [
                "mine (Relu) cannot be emitted as C#: it is neither one of the library's layers nor an activation of one formula, so its "
                    + "code is not known; leave it out, or predict with the library",
                "residual1.tanh1 (Tanh) cannot be emitted as C#: it is neither one of the library's layers nor an activation of one "
                    + "formula, so its code is not known; leave it out, or predict with the library",
                "'1st' cannot be the name of the class: give a letter, then letters and digits, such as Digits",
                "'a b' cannot be the namespace: give words of letters and digits with dots between them, such as MyApp.Models",
            ],
            WeightImportTests.Faults(model.EmitCSharp("1st", "a b")));
        Assert.Equal(
            ["'Multiply' cannot be the name of the class, as something in it has it: give a letter, then letters and digits, such as "
                + "Digits"],
            WeightImportTests.Faults(new Network(3, [new Dense(2)]).Initialize(1).EmitCSharp("Multiply")));
    }

    [Fact]
    public void A_layers_name_never_becomes_code()
    {
        const string Name = "x\n}} #error \u2028\u0085\r static int 1 */ \" é";
        var model =
            new Network(3,
                [new Dense(2) { Name = Name }, new Dense(2) { Name = "1" }, new Dense(2) { Name = "?" },
                    new Tanh { Name = "Tanh" }]).Initialize(1);
        var predict = Emitted.Compile<float>(model.EmitCSharp("class", "namespace.Inner").OrThrow(), "namespace.Inner.class");
        var (expected, found) = (new float[2], new float[2]);
        model.Predict([1, 2, 3], expected);
        predict([1, 2, 3], found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Saving_is_whole_or_not_at_all()
    {
        var model = new Network(3, [new Dense(2)]).Initialize(1);
        model.SaveCSharp(folder["Net.cs"], "Net").Good();
        Assert.Equal(model.EmitCSharp("Net").OrThrow(), File.ReadAllText(folder["Net.cs"]));
        Assert.Equal(["Net.cs"], folder.Entries);
        Assert.StartsWith("'?' cannot be the name of the class", model.SaveCSharp(folder["Other.cs"], "?").Fault(),
            StringComparison.Ordinal);
        Assert.StartsWith($"{folder.FullName} cannot be written", model.SaveCSharp(folder.FullName, "Net").Fault(),
            StringComparison.Ordinal);
        Assert.Equal(["Net.cs"], folder.Entries);
    }

    /// <summary>A slope for each number: of an input of −1 the output is the number with the other sign.</summary>
    private static void AssertExact<T>(T[] numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = new Network(numbers.Length, [new PRelu()]);
        var model = network.Initialize<T>(1) with { Parameters = new ParameterVector<T>(network.ParameterLayout, numbers) };
        var predict = Emitted.Compile<T>(model.EmitCSharp("Net").OrThrow(), "Net");
        var found = new T[numbers.Length];
        predict([.. numbers.Select(_ => -T.One)], found);
        Assert.Equal(numbers.Select(number => (-number).ToString()), found.Select(number => number.ToString()));
        Assert.True(numbers.Zip(found).All(pair => (-pair.Item1).Equals(pair.Item2)));
    }
}
