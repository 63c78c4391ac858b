using System.Text;

namespace FunctionalNN.Tests;

/// <summary>A recipe is fitted on training rows alone, by name, and what does not fit is refused with the fix.</summary>
public sealed class TableRecipeTests : IDisposable
{
    private const string People = """
        id,age,city,member,joined,note,plan
        1,41,Oslo,yes,2024-01-05,quick,basic
        2,,Rome,no,2024-02-07,slow,premium
        3,35,Oslo,yes,2024-03-09,late,basic
        4,52,Bonn,no,2024-04-11,first,basic
        5,29,Rome,yes,2024-05-13,second,premium
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_proposal_reads_the_data()
    {
        var recipe = TableRecipe.Propose(Read(People), "plan").OrThrow();
        Assert.Equal(new NumberColumn("age") { Gaps = Gaps.Median, MarksGaps = true }, recipe["age"]);
        Assert.IsType<CategoryColumn>(recipe["city"]);
        Assert.Equal(new FlagColumn("member"), recipe["member"]);
        Assert.Equal(new DateColumn("joined"), recipe["joined"]);
        Assert.Equal(TargetColumn.OfClasses("plan"), recipe.Target);
        Assert.Equal(["id"], recipe.LeftOut.Select(column => column.Name));
        Assert.Contains("a key: all different", recipe.ToString(), StringComparison.Ordinal);
        Assert.Contains("median, marked", recipe.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proposal_is_changed_by_name()
    {
        var recipe = TableRecipe.Propose(Read(People), "plan").OrThrow();
        var changed = recipe.With(new NumberColumn("age") { Gaps = Gaps.Mean, Log = true }).Without("city");
        Assert.True(((NumberColumn)changed["age"]).Log);
        Assert.Equal(recipe.Columns.Length - 1, changed.Columns.Length);
        Assert.Contains(changed.LeftOut, column => column.Name == "city");
        Assert.Equal(recipe.With(new CategoryColumn("id")).Columns.Length, recipe.Columns.Length + 1);
        Assert.Contains("the recipe has no column \"town\"", Assert.Throws<KeyNotFoundException>(() => recipe.Without("town")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_of_gaps_and_texts_among_numbers_are_not_guessed()
    {
        var marks = Faults(() => TableRecipe.Propose(Read("a,b,y\n1,Oslo,0\n2,NA,1\n?,Rome,0\n4,Oslo,1\n"), "y").OrThrow());
        Assert.Contains("column \"a\": found \"?\" in 1 rows", marks, StringComparison.Ordinal);
        Assert.Contains("column \"b\": found \"NA\" in 1 rows", marks, StringComparison.Ordinal);
        var recipe = TableRecipe.Propose(
            Read("a,b,y\n1,Oslo,0\n2,NA,1\n?,Rome,0\n4,Oslo,1\n", new CsvOptions { MissingValues = ["?", "NA"] }), "y").OrThrow();
        Assert.Equal(Gaps.Median, recipe["a"].Gaps);
        Assert.Contains("line 4, column \"a\": found \"three\", expected a number",
            Faults(() => TableRecipe.Propose(Read("a,y\n1,0\n2,1\nthree,0\n4,1\n5,0\n"), "y").OrThrow()), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_in_another_notation_name_the_option()
    {
        Assert.Contains("DecimalMark = ','",
            Faults(() => TableRecipe.Propose(Read("a;y\n1,5;0\n2,5;1\n", new CsvOptions { Separator = ';' }), "y").OrThrow()),
            StringComparison.Ordinal);
        var table = Read("a;y\n1.234,5;0\n2,5;1\n3;0\n",
            new CsvOptions { Separator = ';', DecimalMark = ',', ThousandsMark = '.' });
        var encoding = new TableRecipe { Columns = [new NumberColumn("a") { Scaling = Scaling.None }] }.Fit(table).OrThrow();
        Assert.Equal([1234.5, 2.5, 3], encoding.Matrix<double>(table).OrThrow().Values.ToArray());
    }

    [Fact]
    public void Dates_in_another_format_name_it()
    {
        var german = Read("d,y\n31.05.2024,0\n01.06.2024,1\n02.06.2024,0\n");
        Assert.Equal(["dd.MM.yyyy"], ((DateColumn)TableRecipe.Propose(german, "y").OrThrow()["d"]).Formats.ToArray());
        Assert.Contains("line 2: found \"31.05.2024\", expected a date as yyyy-MM-dd (ISO 8601): set Formats = [\"dd.MM.yyyy\"]",
            Faults(() => new TableRecipe { Columns = [new DateColumn("d")] }.Fit(german).OrThrow()), StringComparison.Ordinal);
        var either = TableRecipe.Propose(Read("d,y\n01/02/2024,0\n03/04/2024,1\n"), "y").OrThrow();
        Assert.Contains("MM/dd/yyyy and dd/MM/yyyy", Assert.Single(either.LeftOut).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_a_recipe_come_at_once()
    {
        var text = Faults(() => new TableRecipe
        {
            Columns =
            [
                new NumberColumn("agee"), new CategoryColumn("city") { Gaps = Gaps.Mean }, new NumberColumn("age") { ClipShare = 0.7 },
                new CategoryColumn("note") { Encoding = CategoryEncoding.Ordinal }, new NumberColumn("plan"),
            ],
            Interactions = [new Interaction("age", "town")],
            Target = TargetColumn.OfClasses("plan"),
        }.Fit(Read(People)).OrThrow());
        Assert.Contains("there is no column \"agee\" in the table; did you mean \"age\"?", text, StringComparison.Ordinal);
        Assert.Contains("column \"city\": Gaps is Mean", text, StringComparison.Ordinal);
        Assert.Contains("ClipShare is 0.7", text, StringComparison.Ordinal);
        Assert.Contains("an ordinal encoding needs an order", text, StringComparison.Ordinal);
        Assert.Contains("the recipe has 2 columns \"plan\"", text, StringComparison.Ordinal);
        Assert.Contains("names \"town\", which is no column of the recipe", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_is_an_error_by_default_and_names_the_row() =>
        Assert.Contains("line 3, column \"age\": the value is missing: give one, or say in the recipe what stands for it",
            Faults(() => new TableRecipe { Columns = [new NumberColumn("age")] }.Fit(Read(People)).OrThrow()), StringComparison.Ordinal);

    [Fact]
    public void Rows_with_a_gap_are_left_out_where_it_is_said_so()
    {
        var recipe = new TableRecipe
        {
            Columns = [new NumberColumn("age") { Gaps = Gaps.DropRow, Scaling = Scaling.None }],
            Target = TargetColumn.OfClasses("plan"),
        };
        var encoding = recipe.Fit(Read(People)).OrThrow();
        Assert.Equal([41.0, 35, 52, 29], encoding.Encode<double>(Read(People)).OrThrow().InputsOf(0, 1, 2, 3).Values.ToArray());
        Assert.Contains("line 3, column \"age\": the value is missing", encoding.Matrix<double>(Read(People)).Match(_ => "", e =>
            e.Message),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Unseen_and_rare_categories_are_handled_as_the_column_says()
    {
        var table = Read("c,y\na,0\na,1\na,0\nb,1\nb,0\nc,1\n");
        double[] Of(CategoryColumn column, string value) => new TableRecipe { Columns = [column] }.Fit(table).OrThrow()
            .Matrix<double>(Read($"c\n{value}\n")).Match(inputs => inputs.Values.ToArray(), error =>
                throw new InvalidDataException(error.Message));
        Assert.Equal([0, 1, 0], Of(new CategoryColumn("c"), "b"));
        Assert.Contains("column \"c\": found \"d\", expected one of a, b, c",
            Assert.Throws<InvalidDataException>(() => Of(new CategoryColumn("c"), "d")).Message, StringComparison.Ordinal);
        Assert.Equal([0, 0, 0], Of(new CategoryColumn("c") { Unseen = UnseenCategory.Zeros }, "d"));
        Assert.Equal([0, 0, 0, 1], Of(new CategoryColumn("c") { Unseen = UnseenCategory.Other }, "d"));
        Assert.Equal([0, 0, 1], Of(new CategoryColumn("c") { RareBelow = 2 }, "c"));
        Assert.Equal([2.0 / 3], Of(new CategoryColumn("c") { Encoding = CategoryEncoding.Ordinal, Categories = ["c", "b", "a"] }, "b"));
    }

    [Fact]
    public void Nothing_is_fitted_on_held_out_rows_or_before_a_split()
    {
        var table = Read(People);
        var (train, test) = table.Split("plan", 0.4, seed: 1);
        Assert.Contains("the recipe of a table is fitted on training data",
            Assert.Throws<ArgumentException>(() => TableRecipe.Propose(test, "plan")).Message, StringComparison.Ordinal);
        var recipe = new TableRecipe
        {
            Columns = [new CategoryColumn("city") { Unseen = UnseenCategory.Zeros }],
            Target = TargetColumn.OfClasses("plan", "basic", "premium")
        };
        Assert.Throws<ArgumentException>(() => recipe.Fit(test));
        var encoding = recipe.Fit(train).OrThrow();
        Assert.Equal(DataPart.Training, encoding.Encode<float>(train).OrThrow().Part);
        Assert.Equal(DataPart.Test, encoding.Encode<float>(test).OrThrow().Part);
        var leaked = recipe.Fit(table).OrThrow();
        Assert.Contains("was fitted before the split",
            Assert.Throws<ArgumentException>(() => leaked.Encode<float>(test)).Message, StringComparison.Ordinal);
        Assert.Contains("before the split",
            Assert.Throws<ArgumentException>(() => leaked.Encode<float>(table).OrThrow().Split(0.5, 1)).Message, StringComparison.Ordinal);
        Assert.Equal(5, table.KFold("plan", 2).Sum(fold => fold.HeldOut.Count));
    }

    [Fact]
    public void A_missing_target_is_never_made_up()
    {
        var table = Read("a,y\n1,2.5\n2,\n3,7\n");
        var recipe = new TableRecipe { Columns = [new NumberColumn("a")], Target = TargetColumn.OfQuantity("y") };
        Assert.Contains("leave such rows out with table.Having(\"y\")", Faults(() =>
            recipe.Fit(table).OrThrow()), StringComparison.Ordinal);
        Assert.Equal(2, recipe.Fit(table.Having("y")).OrThrow().Rows);
    }

    private static string Faults(Action action) => Assert.Throws<InvalidOperationException>(action).Message;

    private Table Read(string text, CsvOptions? options = null) =>
        Table.Read(folder.Write($"{Guid.NewGuid():N}.csv", Encoding.UTF8.GetBytes(text)), options).OrThrow();
}
