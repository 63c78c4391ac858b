using System.Globalization;
using System.Reflection;

namespace FunctionalNN.Tests;

/// <summary>An emitted pipeline takes a row with the columns' names and answers with the bits of the library.</summary>
[Trait("Duration", "Long")]
public sealed class PipelineEmissionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds => new(MixedPipelines.All().Select(one => one.Name));

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_emitted_code_gives_the_same_bits(string kind)
    {
        var (_, pipeline, table) = MixedPipelines.All().First(one => one.Name == kind);
        var run = Run(pipeline);
        var expected = pipeline.Predict(table);
        for (var row = 0; row < table.Count; row++)
        {
            var values = table.Row(row);
            var found = (double[])run.Invoke(null, [Values(pipeline.Encoding, values)])!;
            Assert.Equal(pipeline.Target.Column.IsQuantity
                ? [0, expected[row].Value]
                : [pipeline.Target.Classes.IndexOf(expected[row].Class!), .. expected[row].Probabilities.Select(one => one.Probability)],
                    found);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_column()
    {
        var (_, pipeline, table) = MixedPipelines.All().First(one => one.Name == "three classes");
        var (run, values) = (Run(pipeline), Values(pipeline.Encoding, table.Row(0)));
        Assert.Contains("column \"b\": the value is missing", Fault(1, null), StringComparison.Ordinal);
        Assert.Contains("column \"n\": found -3, expected a finite number above -1", Fault(0, -3.0), StringComparison.Ordinal);
        Assert.Contains("column \"size\": found huge, expected one of", Fault(5, "huge"), StringComparison.Ordinal);

        string Fault(int at, object? value) => Assert.IsType<ArgumentException>(Assert.Throws<TargetInvocationException>(() =>
            run.Invoke(null, [values.Select((known, i) => i == at ? value : known).ToArray()])).InnerException).Message;
    }

    [Fact]
    public void Names_of_columns_become_names_of_properties()
    {
        var table = Table.Of(Enumerable.Range(0, 8).Select(i => new Dictionary<string, object?>
        {
            ["support calls"] = (double)i,
            ["support_calls"] = (double)-i,
            ["2nd <b>"] = i % 2 == 0,
            ["ToString"] = "\"\n*/"[..(1 + (i % 3))],
            ["y"] = i % 3 == 0 ? "p\"" : "q\\",
        }));
        var recipe = new TableRecipe
        {
            Columns = [new NumberColumn("support calls"), new NumberColumn("support_calls"), new FlagColumn("2nd <b>"),
                new CategoryColumn("ToString") { Unseen = UnseenCategory.Zeros, Gaps = Gaps.Zeros }],
            Target = TargetColumn.OfClasses("y"),
        };
        var pipeline = Pipeline.Of(recipe.Fit(table).OrThrow(), [], seed: 1);
        var source = pipeline.EmitCSharp("Calls", "My.Models").OrThrow();
        Assert.Contains(
            "public sealed record Row(double? SupportCalls, double? SupportCallsColumn1, bool? Column2, string? ToStringColumn3);",
            source, StringComparison.Ordinal);
        Assert.NotNull(Emitted.Compile(source, "My.Models.Calls", "Predict"));
        pipeline.SaveCSharp(folder["Calls.cs"], "Calls", "My.Models").OrThrow();
        Assert.Equal(source, File.ReadAllText(folder["Calls.cs"]));
        Assert.Contains("cannot be the name of the class", pipeline.EmitCSharp("1st").Match(_ => "", errors => errors[0].Message),
            StringComparison.Ordinal);
    }

    /// <summary>A method from the values of a row to the number of the class and the outputs.</summary>
    private static MethodInfo Run(Pipeline<float> pipeline)
    {
        var arguments = pipeline.Encoding.Columns.Select((column, i) => $"({TypeOf(column)})values[{i}]");
        return Emitted.Compile(pipeline.EmitCSharp("Emitted").OrThrow() + $$"""

            public static class Harness
            {
                public static double[] Run(object?[] values)
                {
                    var outputs = new double[Emitted.Outputs];
                    var label = Emitted.Predict(new Emitted.Row({{string.Join(", ", arguments)}}), outputs);
                    return [label, .. outputs];
                }
            }
            """, "Harness", "Run");

        static string TypeOf(FittedColumn column) => column switch
        {
            FittedCategory => "string?",
            FittedFlag => "bool?",
            FittedDate => "DateTime?",
            _ => "double?",
        };
    }

    private static object?[] Values(TableEncoding encoding, IReadOnlyDictionary<string, object?> row) =>
    [
        .. encoding.Columns.Select(column => row[column.Name] is not { } value || value is "" ? null : column switch
        {
            FittedCategory => $"{value}",
            FittedFlag => value is string flag ? flag == "yes" : value,
            FittedDate => DateTime.Parse($"{value}", CultureInfo.InvariantCulture),
            _ => (object)Convert.ToDouble(value, CultureInfo.InvariantCulture),
        }),
    ];
}
