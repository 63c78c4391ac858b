namespace FunctionalNN.Benchmarks;
internal static class TableScores { public static int Run(string data, string python, string[] sets) => 0; }
