using System.Data;
using System.Text;
using System.Text.Json;

namespace FunctionalNN.Tests;

/// <summary>A pipeline answers rows in every form with the same bits, is saved as one file, and refuses what does not fit.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_form_of_a_row_gives_the_bits_of_the_table()
    {
        var (pipeline, _) = Trained(out var table);
        var all = pipeline.Predict(table);
        var customers = Customers.Of(table.Count, 1).ToArray();
        var prepared = pipeline.Map<Customers.Customer>();
        var functions = pipeline.Map<Customers.Customer>(columns => columns
            .Number("age", row => row.Age).Number("income", row => (double?)row.Income).Text("plan", row => row.Plan)
            .Date("signup_date", row => row.SignupDate?.ToDateTime(TimeOnly.MinValue)).Flag("newsletter", row => row.Newsletter));
        Span<double> room = new double[2];
        for (var i = 0; i < table.Count; i++)
        {
            var customer = customers[i].Customer;
            Assert.Equal(all[i], pipeline.Predict(table.Row(i)));
            Assert.Equal(all[i], pipeline.Predict(customer));
            Assert.Equal(all[i], functions.Predict(customer));
            Assert.Equal(all[i], pipeline.Predict(new
            {
                age = customer.Age,
                income = customer.Income,
                plan = customer.Plan,
                signup_date = customer.SignupDate?.ToDateTime(TimeOnly.MinValue),
                newsletter = customer.Newsletter,
            }));
            Assert.Equal(all[i].Class, pipeline.Target.Classes[prepared.Predict(customer, room)]);
            Assert.Equal(all[i].Probabilities.Select(one => one.Probability), room.ToArray());
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, table.Count).Select(table.Row));
        Assert.Equal(all.ToArray(), pipeline.PredictJson(json).ToArray());
    }

    [Fact]
    public void A_data_reader_gives_the_same()
    {
        var (pipeline, _) = Trained(out var table);
        using var rows = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        rows.Columns.Add("age", typeof(double));
        rows.Columns.Add("income", typeof(decimal));
        rows.Columns.Add("plan", typeof(string));
        rows.Columns.Add("signup_date", typeof(DateTime));
        rows.Columns.Add("newsletter", typeof(bool));
        foreach (var (customer, _, _) in Customers.Of(table.Count, 1))
        {
            rows.Rows.Add(customer.Age ?? (object)DBNull.Value, customer.Income ?? (object)DBNull.Value,
                customer.Plan ?? (object)DBNull.Value,
                customer.SignupDate?.ToDateTime(TimeOnly.MinValue) ?? (object)DBNull.Value, customer.Newsletter ?? (object)DBNull.Value);
        }

        using var reader = rows.CreateDataReader();
        Assert.Equal(pipeline.Predict(table).ToArray(), pipeline.PredictRows(reader).ToArray());
        using var again = rows.CreateDataReader();
        Assert.Equal(pipeline.Predict(table).ToArray(), pipeline.Predict(Table.Read(again)).ToArray());
    }

    [Fact]
    public void A_prepared_row_allocates_nothing()
    {
        var (pipeline, _) = Trained(out _);
        var map = pipeline.Map<Customers.Customer>();
        var customer = new Customers.Customer(41.5, 30000.5m, "basic", new DateOnly(2021, 3, 4), true);
        var room = new double[2];
        for (var i = 0; i < 200; i++)
        {
            map.Predict(customer, room);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            map.Predict(customer, room);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void One_file_holds_all_of_it()
    {
        var (pipeline, parts) = Trained(out var table);
        pipeline = pipeline.Calibrated(parts.Validation).WithThreshold(parts.Validation, new MistakeCost(1, 3));
        pipeline.Save(folder["p.safetensors"]).OrThrow();
        var again = Pipeline.Load(folder["p.safetensors"]).OrThrow();
        Assert.Equal(pipeline, again);
        Assert.Equal(pipeline.ContentHash(), again.ContentHash());
        Assert.Equal(pipeline.Predict(table).ToArray(), again.Predict(table).ToArray());
        var verified = again.Verify(parts.Training, tunedOn: parts.Validation);
        Assert.True(verified.IsSame, $"{verified}");
        Assert.Contains("same temperature; tuning anew gave the same threshold", verified.Reason, StringComparison.Ordinal);
        Assert.False(again.Verify(parts.Training.Take(parts.Training.Count - 1)).IsSame);
        Assert.Equal(pipeline.Model, Model.Load<float>(folder["p.safetensors"]).OrThrow());
        Assert.Contains("holds a pipeline and no training state",
            TrainingState.Load<float>(folder["p.safetensors"]).Match(_ => "", error => error.Message), StringComparison.Ordinal);
        pipeline.Model.Save(folder["m.safetensors"]).OrThrow();
        Assert.Contains("holds a model and no pipeline",
            Pipeline.Load(folder["m.safetensors"]).Match(_ => "", error => error.Message), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_is_another_for_every_part()
    {
        var (pipeline, parts) = Trained(out _);
        string[] hashes =
        [
            pipeline.ContentHash(), (pipeline with { Temperature = 1.5 }).ContentHash(),
            (pipeline with { Decision = new Decision(0.3) }).ContentHash(),
            pipeline.With(pipeline.Epochs(parts.Training, new Adam(0.01)).First()).ContentHash(),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void All_that_is_wrong_with_a_row_comes_at_once()
    {
        var (pipeline, _) = Trained(out _);
        var row = new Dictionary<string, object?>
        {
            ["agee"] = 41,
            ["income"] = "1.234,50",
            ["plan"] = "platinum",
            ["signup_date"] = "31.05.2024",
            ["churned"] = "yes",
            ["id"] = 7,
        };
        var faults = Assert.Throws<RowException>(() => pipeline.Predict(row)).Faults;
        Assert.Equal(["agee", "age", "newsletter", "income", "plan", "signup_date"], faults.Select(fault => fault.Column));
        Assert.Contains("did you mean \"age\"?", faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("it is not given: give a value, or null", faults[1].Message, StringComparison.Ordinal);
        row.Remove("agee");
        (row["age"], row["newsletter"]) = (double.PositiveInfinity, "perhaps");
        faults = Assert.Throws<RowException>(() => pipeline.Predict(row)).Faults;
        Assert.Equal(["age", "income", "plan", "signup_date", "newsletter"], faults.Select(fault => fault.Column));
        Assert.Contains("expected a finite number", faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("DecimalMark = ','", faults[1].Message, StringComparison.Ordinal);
        Assert.Contains("expected one of basic, premium, trial", faults[2].Message, StringComparison.Ordinal);
        Assert.Contains("dd.MM.yyyy", faults[3].Message, StringComparison.Ordinal);
        Assert.Contains("expected one of true, yes", faults[4].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"age": 41""", "this is no JSON of rows")]
    [InlineData("""{"age": 41, "age": 42}""", "this is no JSON of rows")]
    [InlineData("""[[[[[[[[[[1]]]]]]]]]]""", "this is no JSON of rows")]
    [InlineData("""41""", "found 41, expected an object with a property a column")]
    [InlineData("""[{"age": 41}]""", "it is not given: give a value, or null where none is known (row 0)")]
    [InlineData("""{"age": [1], "income": 1, "plan": "basic", "signup_date": null, "newsletter": true}""", "found a list, expected a text")]
    public void Json_of_another_form_is_refused(string json, string expected)
    {
        var (pipeline, _) = Trained(out _);
        Assert.Contains(expected, Assert.Throws<RowException>(() => pipeline.PredictJson(Encoding.UTF8.GetBytes(json))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_lacks_a_column_is_refused_once()
    {
        var (pipeline, _) = Trained(out _);
        var message = Assert.Throws<ArgumentException>(() => pipeline.Predict(new
        {
            age = 1,
            income = 2,
            plans = "basic",
            signup_date = TimeSpan.Zero,
            newsletter = true
        })).Message;
        Assert.Contains("the row has no property for the column \"plan\"; did you mean \"plans\"?", message, StringComparison.Ordinal);
        Assert.Contains("the property signup_date is a TimeSpan", message, StringComparison.Ordinal);
        Assert.Contains("a dictionary", Assert.Throws<ArgumentException>(() => pipeline.Predict(41)).Message, StringComparison.Ordinal);
        Assert.Contains("the column \"age\" has no function",
            Assert.Throws<ArgumentException>(() => pipeline.Map<string>(columns => columns.Text("agee", row => row))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_gets_a_new_column()
    {
        var (pipeline, _) = Trained(out var table);
        Assert.Equal(table.Count, pipeline.PredictFile(folder["c.csv"], folder["out.csv"]).OrThrow());
        var written = Table.Read(folder["out.csv"]).OrThrow();
        Assert.Equal([.. table.Names, "predicted churned", "P(churned=no)", "P(churned=yes)"], written.Names.ToArray());
        Assert.Equal(pipeline.Predict(table).Select(prediction => prediction.Class),
            Enumerable.Range(0, table.Count).Select(row => (string?)written.Row(row)["predicted churned"]));
        Assert.Contains("line 2, column \"plan\"", pipeline.PredictFile(
            folder.Write("bad.csv", Encoding.UTF8.GetBytes("age,income,plan,signup_date,newsletter\n1,2,gold,2024-01-01,yes\n")),
            folder["none.csv"]).Match(_ => "", error => error.Message), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["none.csv"]));
    }

    [Fact]
    public void Columns_in_another_order_are_found_by_name_and_missing_ones_are_named()
    {
        var (pipeline, _) = Trained(out _);
        var one = Table.Read(folder.Write("a.csv", Encoding.UTF8.GetBytes(
            "age,income,plan,signup_date,newsletter\n41,30000,basic,2024-01-01,yes\n"))).OrThrow();
        var other = Table.Read(folder.Write("b.csv", Encoding.UTF8.GetBytes(
            "newsletter,x,plan,age,signup_date,income\nyes,?,basic,41,2024-01-01,30000\n"))).OrThrow();
        Assert.Equal(pipeline.Predict(one)[0], pipeline.Predict(other)[0]);
        var lacking = Table.Read(folder.Write("d.csv", Encoding.UTF8.GetBytes("Age,income\n41,30000\n"))).OrThrow();
        var message = Assert.Throws<ArgumentException>(() => pipeline.Predict(lacking)).Message;
        Assert.Contains("there is no column \"age\" in the table; did you mean \"Age\"?", message, StringComparison.Ordinal);
        Assert.Contains("there is no column \"plan\"", message, StringComparison.Ordinal);
    }

    private (Pipeline<float> Pipeline, TableParts Parts) Trained(out Table table)
    {
        table = Table.Read(folder.Write("c.csv", Encoding.UTF8.GetBytes(Customers.Csv(200, 1)))).OrThrow();
        return Customers.Trained(table);
    }
}
