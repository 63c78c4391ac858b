using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace FunctionalNN;

/// <summary>Tries laws with FsCheck and puts what it found into words.</summary>
/// <param name="subject">What the laws are about.</param>
/// <param name="call">How the user called, for the replay: "Laws.Layer(layer".</param>
/// <param name="simpler">Simpler cases that are still about the subject.</param>
internal sealed class LawRunner(string subject, string call, Func<TrainingCase, IEnumerable<TrainingCase>> simpler)
{
    public LawReport Run(ImmutableArray<Law> laws, LawSettings settings)
    {
        var replay = settings.Replay is { } text ? LawReplay.Parse(text) : null;
        Require(laws, settings.Without);
        Require(laws, replay is null ? [] : [replay.Law]);
        return new LawReport(subject,
        [
            .. laws.Where(law => replay is null ? !settings.Without.Contains(law.Name) : law.Name == replay.Law)
                .Select(law => Run(law, law.IsLarge ? Math.Max(1, settings.Cases / 10) : settings.Cases, replay)),
        ]);
    }

    private LawResult Run(Law law, int cases, LawReplay? replay)
    {
        var recorder = new Recorder();
        var config = Config.Quick.WithRunner(recorder).WithMaxTest(cases).WithEndSize(40);
        Check.One(
            replay is null ? config : config.WithReplay(replay.Seed, replay.Gamma, replay.Size),
            Prop.ForAll(Arb.From(law.Cases, simpler), law.Check));
        return recorder.Result switch
        {
            TestResult.Failed failed => throw Broken(law, failed),
            TestResult.Passed passed => new LawResult(law.Name, law.Statement, passed.Item1.NumberOfTests),
            var other => throw new InvalidOperationException($"FsCheck reported {other}"),
        };
    }

    private LawBrokenException Broken(Law law, TestResult.Failed failed)
    {
        var (first, smallest) = ((TrainingCase)failed.Item2[0], (TrainingCase)failed.Item3[0]);
        var cause = ((Outcome.Failed)failed.Item4).Item;
        var finding = cause is LawFailure ? cause.Message : $"{cause.GetType().Name}: {cause.Message}";
        var replay = LawReplay.Of(law.Name, failed.Item6, failed.Item7).ToString();
        string[] lines =
        [
            $"{subject} breaks the law \"{law.Name}\": {law.Statement}.",
            $"Found: {finding}",
            $"The smallest case on which it fails, found in case {failed.Item1.NumberOfTests} and made smaller "
                + $"{failed.Item1.NumberOfShrinks} times:{smallest}",
            .. first == smallest ? Array.Empty<string>() : [$"First found on:{first}"],
            $"Try this case again with {call}, new LawSettings {{ Replay = \"{replay}\" }})",
        ];
        return new LawBrokenException(string.Join(Environment.NewLine, lines), law.Name, finding, smallest, replay, cause);
    }

    private static void Require(ImmutableArray<Law> laws, IEnumerable<string> names)
    {
        if (names.FirstOrDefault(name => laws.All(law => law.Name != name)) is { } unknown)
        {
            throw new ArgumentException($"there is no law \"{unknown}\" here; there is {string.Join(", ", laws.Select(law => law.Name))}");
        }
    }

    private sealed class Recorder : IRunner
    {
        public TestResult? Result { get; private set; }

        public void OnStartFixture(Type type)
        {
        }

        public void OnArguments(int test, FSharpList<object> arguments, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> describe)
        {
        }

        public void OnShrink(FSharpList<object> arguments, FSharpFunc<FSharpList<object>, string> describe)
        {
        }

        public void OnFinished(string name, TestResult result) => Result = result;
    }
}
