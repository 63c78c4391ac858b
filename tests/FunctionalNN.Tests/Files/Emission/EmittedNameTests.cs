namespace FunctionalNN.Tests;

/// <summary>Whatever layers are called, the emitted source compiles and predicts the same.</summary>
public class EmittedNameTests
{
    public static TheoryData<string[]> Names =>
    [
        ["class", "int", "void"], ["new", "await", "record"], ["my layer", "my_layer", "my-layer"], ["1st", "2", "3.5"],
        ["größe", "東京", "e\u0301"], ["Predict", "room", "input"], ["output", "MathF", "System"], ["a b", "a  b", "a\tb"],
        ["\uD83D\uDE00", "*/", "//"], ["dense", "Dense", "DENSE"], ["@class", "\\u0041", "\"x\""], ["_", "__", "-"],
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_names_compile(string[] names)
    {
        Layer[] layers =
        [
            new Dense(3) { Name = names[0] }, new GraphActivation(names[1], FormulaGraph.Of(new Tanh())) { Name = names[1] },
            new BatchNormalization { Name = names[2] },
        ];
        var model = new Network(3, [.. layers]).Initialize(1);
        var predict = Emitted.Compile<float>(model.EmitCSharp("Net").OrThrow(), "Net");
        var (expected, found) = (new float[3], new float[3]);
        model.Predict([1, 2, 3], expected);
        predict([1, 2, 3], found);
        Assert.Equal(expected, found);
    }
}
