using System.Globalization;

namespace FunctionalNN.Benchmarks;

/// <summary>A table to learn from, with its columns by kind.</summary>
/// <param name="Name">The set.</param>
/// <param name="Csv">The file.</param>
/// <param name="Target">What is to be predicted.</param>
/// <param name="IsQuantity">Whether that is a number.</param>
/// <param name="Epochs">How long is trained.</param>
/// <param name="Numbers">The columns of numbers.</param>
/// <param name="Categories">The columns of categories.</param>
internal sealed record TableSet(string Name, string Csv, string Target, bool IsQuantity, int Epochs, string[] Numbers, string[] Categories);

/// <summary>Six sets that are known, and three that are made, with categories and gaps.</summary>
internal static class TableSets
{
    private const int ManyEpochs = 60;
    private const int FewEpochs = 30;

    /// <summary>The sets, those that are made written into a folder.</summary>
    public static IEnumerable<TableSet> All(string data, string folder)
    {
        foreach (var (name, target, numbers, categories) in new (string, string, string, string)[]
        {
            ("iris", "species", "*", ""), ("wine", "class", "*", ""), ("breast-cancer-wisconsin", "diagnosis", "*", ""),
            ("winequality-red", "quality", "*", ""), ("titanic", "survived", "age,sibsp,parch,fare", "pclass,sex,embarked"),
            ("california-housing", "median_house_value", "*", "ocean_proximity"),
        })
        {
            var path = Path.Combine(data, "tabular", $"{name}.csv");
            if (!File.Exists(path))
            {
                Console.WriteLine($"{path}: there is no such file, so that {name} is left out");
                continue;
            }

            string[] others = categories.Length == 0 ? [] : categories.Split(',');
            string[] all = [.. File.ReadLines(path).First().Split(',').Where(column => column != target && column != "id")];
            yield return new TableSet(name, path, target, name == "california-housing", all.Length > 0 && name == "california-housing"
                ? FewEpochs : ManyEpochs, numbers == "*" ? [.. all.Except(others)] : numbers.Split(','), others);
        }

        yield return new TableSet("loans (made)", Written(folder, "loans", Loans(4000)), "defaulted", false, FewEpochs,
            ["amount", "income", "years"], ["purpose", "region", "owner"]);
        yield return new TableSet("rents (made)", Written(folder, "rents", Rents(3000)), "rent", true, FewEpochs,
            ["area", "rooms", "built"],
            ["district", "heating"]);
        yield return new TableSet("tickets (made)", Written(folder, "tickets", Tickets(4000)), "team", false, FewEpochs,
            ["words", "hour", "attachments"], ["product", "channel", "country"]);
    }

    /// <summary>Whether a loan defaults: a gap in income tells something, and region works with purpose.</summary>
    private static IEnumerable<string> Loans(int rows)
    {
        yield return "amount,income,years,purpose,region,owner,defaulted";
        for (var i = 0; i < rows; i++)
        {
            var draw = new Draw(new Key(101).Fold(i));
            var (amount, income, years) = (Math.Exp(8 + draw.Normal()), Math.Exp(10 + (0.6 * draw.Normal())), (int)(30 * draw.Uniform()));
            var (purpose, region) = (draw.Of("car", "house", "study", "travel", "other"), draw.Of("north", "east", "south", "west"));
            var owner = draw.Of("rent", "own", "mortgage");
            var hides = draw.Uniform() < (income < 15000 ? 0.35 : 0.05);
            var score = (0.9 * Math.Log(amount / income * 4)) - (0.05 * years) + (owner == "rent" ? 0.7 : -0.2)
                + (purpose == "travel" && region is "south" or "west" ? 1.4 : 0);
            yield return Line(draw.Gap(0.05, amount), hides ? "" : Text(income), draw.Gap(0.1, years), draw.Gap(0.04, purpose), region,
                draw.Gap(0.08, owner), draw.Uniform() < 1 / (1 + Math.Exp(-score)) ? "yes" : "no");
        }
    }

    /// <summary>Rents: a price of the area that differs from district to district.</summary>
    private static IEnumerable<string> Rents(int rows)
    {
        string[] districts = [.. Enumerable.Range(0, 12).Select(i => $"d{i:00}")];
        yield return "area,rooms,built,district,heating,rent";
        for (var i = 0; i < rows; i++)
        {
            var draw = new Draw(new Key(102).Fold(i));
            var (area, district) = (25 + (120 * draw.Uniform() * draw.Uniform()), draw.Of(districts));
            var (rooms, built) = (1 + (int)(area / 30), 1900 + (int)(124 * draw.Uniform()));
            var heating = draw.Of("gas", "district", "pump", "oil");
            var rent = (area * (8 + (0.9 * Array.IndexOf(districts, district) % 5))) + (built > 2000 ? 150 : built < 1930 ? 60 : 0)
                + (heating == "pump" ? 40 : 0) + (60 * draw.Normal());
            yield return Line(draw.Gap(0.03, area), draw.Gap(0.08, rooms), draw.Gap(0.15, built), draw.Gap(0.05, district),
                draw.Gap(0.1, heating), Text(rent));
        }
    }

    /// <summary>Which of three teams a ticket goes to: by product of thirty, channel and hour.</summary>
    private static IEnumerable<string> Tickets(int rows)
    {
        string[] products = [.. Enumerable.Range(0, 30).Select(i => $"p{i:00}")];
        yield return "words,hour,attachments,product,channel,country,team";
        for (var i = 0; i < rows; i++)
        {
            var draw = new Draw(new Key(103).Fold(i));
            var (words, hour) = ((int)Math.Exp(4 + draw.Normal()), (int)(24 * draw.Uniform()));
            var (product, channel) = (draw.Of(products), draw.Of("mail", "phone", "chat"));
            var (country, attachments) = (draw.Of("de", "fr", "it", "pl", "se"), draw.Uniform() < 0.7 ? 0 : 1 + (int)(3 * draw.Uniform()));
            var group = Array.IndexOf(products, product) % 3;
            var team = draw.Uniform() < 0.12 ? draw.Of("billing", "repair", "sales")
                : hour is < 7 or > 20 ? "repair"
                : channel == "chat" && words < 60 ? "sales"
                : attachments > 1 && group == 2 ? "billing"
                : ((string[])["billing", "repair", "sales"])[group];
            yield return Line(draw.Gap(0.05, words), draw.Gap(0.05, hour), draw.Gap(0.1, attachments), draw.Gap(0.06, product),
                draw.Gap(0.05, channel), draw.Gap(0.05, country), team);
        }
    }

    private static string Written(string folder, string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, $"{name}.csv");
        File.WriteAllLines(path, lines);
        return path;
    }

    private static string Line(params string[] cells) => string.Join(',', cells);

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>Numbers drawn one after the other.</summary>
    private sealed class Draw(Key key)
    {
        private int drawn;

        public double Uniform() => key.Uniform(drawn++);

        public double Normal() => key.Fold(++drawn).Normal(0);

        public string Of(params string[] names) => names[(int)(names.Length * Uniform())];

        public string Gap(double share, double value) => Gap(share, Text(value));

        public string Gap(double share, string value) => Uniform() < share ? "" : value;
    }
}
