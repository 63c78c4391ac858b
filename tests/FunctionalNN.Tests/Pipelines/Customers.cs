using System.Globalization;
using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Customers with gaps, dates and categories, by seed.</summary>
internal static class Customers
{
    /// <summary>A row as a program would hold it.</summary>
    public sealed record Customer(double? Age, decimal? Income, string? Plan, DateOnly? SignupDate, bool? Newsletter);

    public static string Csv(int rows, int seed)
    {
        var text = new StringBuilder("id,age,income,plan,signup_date,newsletter,churned\n");
        foreach (var (customer, churned, id) in Of(rows, seed))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{id},{customer.Age},{customer.Income},{customer.Plan},{customer.SignupDate:yyyy-MM-dd},{Flag(customer.Newsletter)},");
            text.Append(churned ? "yes\n" : "no\n");
        }

        return text.ToString();

        static string Flag(bool? flag) => flag switch { null => "", true => "yes", false => "no" };
    }

    public static IEnumerable<(Customer Customer, bool Churned, int Id)> Of(int rows, int seed)
    {
        var key = new Key((ulong)seed);
        for (var i = 0; i < rows; i++)
        {
            double Draw(int place) => key.Fold(i).Below(1_000_000, place) / 1e6;
            var age = Math.Round(18 + (60 * Draw(0)), 1);
            var plan = Draw(1) switch { < 0.5 => "basic", < 0.8 => "premium", _ => "trial" };
            var signup = new DateOnly(2020, 1, 1).AddDays((int)(1500 * Draw(2)));
            var income = Math.Round((decimal)Math.Exp(9 + (2 * Draw(3))), 2);
            var newsletter = Draw(4) < 0.4;
            var score = (plan == "trial" ? 1.5 : 0) - (newsletter ? 1 : 0) + ((age - 48) / 30) + (signup.Year >= 2023 ? 1.2 : 0);
            yield return (new Customer(
                Draw(5) < 0.1 ? null : age, Draw(6) < 0.1 ? null : income, Draw(7) < 0.05 ? null : plan, Draw(8) < 0.05 ? null : signup,
                Draw(9) < 0.05 ? null : newsletter), Draw(10) < 1 / (1 + Math.Exp(-2 * score)), i);
        }
    }

    /// <summary>A pipeline that has learned a little, and the three parts.</summary>
    public static (Pipeline<float> Pipeline, TableParts Parts) Trained(Table table, int epochs = 5)
    {
        var parts = table.Split("churned", 0.2, 0.2, seed: 1);
        var encoding = TableRecipe.Propose(parts.Training, "churned").OrThrow().Fit(parts.Training).OrThrow();
        var fresh = Pipeline.Of(encoding, [new Dense(8), new Relu()], seed: 3);
        return (fresh.With(fresh.Epochs(parts.Training, new Adam(0.01), seed: 4).Take(epochs).Last()), parts);
    }
}
