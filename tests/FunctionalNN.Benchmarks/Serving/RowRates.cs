using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FunctionalNN.Benchmarks;

/// <summary>One row by name: time above the network's own, and memory.</summary>
internal static class RowRates
{
    private const int Calls = 20_000;

    public static int Run(int rounds)
    {
        var pipeline = MeasuredRow.Train();
        var (map, row, outputs) = (pipeline.Map<MeasuredRow>(), MeasuredRow.Of(new Key(1)), new double[3]);
        var dictionary = MeasuredRow.Names.Zip(row.ToArray(), KeyValuePair.Create)
            .ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(row, MeasuredJson.Default.MeasuredRow));
        var (inputs, raw) = (new float[pipeline.Encoding.Width], new float[3]);
        (string Name, Action Call)[] forms =
        [
            ("the network alone, encoded numbers", () => pipeline.Model.Predict(inputs, raw)),
            ("prepared row type, into a span", () => map.Predict(row, outputs)),
            ("prepared row type, a Prediction", () => map.Predict(row)),
            ("a record", () => pipeline.Predict(row)),
            ("a dictionary", () => pipeline.Predict(dictionary)),
            ("JSON", () => pipeline.PredictJson(json)),
        ];
        var times = forms.Select(_ => new double[rounds]).ToArray();
        for (var round = -3; round < rounds; round++)
        {
            for (var i = 0; i < forms.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                for (var call = 0; call < Calls; call++)
                {
                    forms[i].Call();
                }

                if (round >= 0)
                {
                    times[i][round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
                }
            }
        }

        Console.WriteLine(Machine.Line());
        Console.WriteLine($"ten numbers by name, 10-32-16-3: medians of {rounds} rounds of {Calls:N0} calls in turn");
        Console.WriteLine($"{"",-38}{"µs",8}{"above",8}{"bytes",8}");
        for (var i = 0; i < forms.Length; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var call = 0; call < 1000; call++)
            {
                forms[i].Call();
            }

            var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
            var above = times[i].Zip(times[0], (own, network) => own - network).Order().ElementAt(rounds / 2);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{forms[i].Name,-38}{times[i].Order().ElementAt(rounds / 2),8:F2}{above,8:F2}{bytes,8}"));
        }

        return 0;
    }
}
