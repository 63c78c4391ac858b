using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>
/// What a search tries: parameters by name, each with its values or the range it is drawn from, and how it is set on an estimator, so that
/// whatever a description has can be searched: hidden sizes, rates, penalties, the scaling of a column.
/// </summary>
/// <example><code>
/// var space = new ParameterSpace&lt;MlpClassifier&gt;()
///     .Over&lt;LayerSizes&gt;("HiddenLayerSizes", [[16], [32, 16]], (mlp, value) => mlp with { HiddenLayerSizes = value })
///     .LogUniform("Alpha", 1e-6, 1e-1, (mlp, value) => mlp with { Alpha = value });
/// </code></example>
/// <typeparam name="TEstimator">The description that is searched over.</typeparam>
public sealed class ParameterSpace<TEstimator>
{
    private readonly ImmutableArray<SearchedParameter> parameters;

    /// <summary>No parameters yet.</summary>
    public ParameterSpace()
        : this([])
    {
    }

    private ParameterSpace(ImmutableArray<SearchedParameter> parameters) => this.parameters = parameters;

    /// <summary>The names, in order.</summary>
    public ImmutableArray<string> Names => [.. parameters.Select(parameter => parameter.Name)];

    /// <summary>With one more parameter: a list of values.</summary>
    /// <param name="name">What results call it.</param>
    /// <param name="values">One or more.</param>
    /// <param name="with">The estimator with a value.</param>
    /// <exception cref="ArgumentException">There are no values, or the name is taken.</exception>
    public ParameterSpace<TEstimator> Over<TValue>(string name, ImmutableArray<TValue> values, Func<TEstimator, TValue, TEstimator> with) =>
        values.IsDefaultOrEmpty
            ? throw new ArgumentException($"{name} has no values to try: give one or more")
            : Add(new SearchedParameter(name,
                [.. values.Select(value => new Setting(Text(value), estimator => with(estimator, value)))],
                draw => draw.Whole(name, 0, values.Length - 1) is var at
                    ? new Setting(Text(values[at]), estimator => with(estimator, values[at]))
                    : throw new InvalidOperationException()));

    /// <summary>With one more parameter: a number, as likely in any part of a range as in any other of the same length.</summary>
    /// <inheritdoc cref="LogUniform"/>
    public ParameterSpace<TEstimator> Uniform(string name, double from, double to, Func<TEstimator, double, TEstimator> with) =>
        Drawn(name, draw => draw.Uniform(name, from, to), with);

    /// <summary>With one more parameter: a number whose logarithm is uniform.</summary>
    /// <param name="name">What results call it.</param>
    /// <param name="from">Where the range begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="with">The estimator with a value.</param>
    /// <exception cref="ArgumentException">The range is empty, or the name is taken.</exception>
    public ParameterSpace<TEstimator> LogUniform(string name, double from, double to, Func<TEstimator, double, TEstimator> with) =>
        Drawn(name, draw => draw.LogUniform(name, from, to), with);

    /// <summary>With one more parameter: a whole number, both ends included.</summary>
    /// <inheritdoc cref="LogUniform"/>
    public ParameterSpace<TEstimator> Whole(string name, int from, int to, Func<TEstimator, int, TEstimator> with) =>
        Drawn(name, draw => draw.Whole(name, from, to), with);

    /// <summary>The names.</summary>
    public override string ToString() => string.Join(", ", Names);

    /// <summary>Every combination, the last parameter changing fastest.</summary>
    /// <exception cref="ArgumentException">A parameter is drawn from a range and has no list of values.</exception>
    internal ImmutableArray<SearchPoint<TEstimator>> Grid(TEstimator estimator)
    {
        if (parameters.FirstOrDefault(parameter => parameter.Values is null) is { } drawn)
        {
            throw new ArgumentException($"{drawn.Name} is drawn from a range, and a grid takes lists: give its values with Over, or use a "
                + "RandomSearch");
        }

        IEnumerable<ImmutableArray<Setting>> all = [[]];
        foreach (var parameter in parameters)
        {
            all = all.SelectMany(before => parameter.Values!.Value.Select(before.Add));
        }

        return [.. all.Select(settings => Point(estimator, settings))];
    }

    /// <summary>Combinations that are drawn; more of them begin with the same.</summary>
    internal ImmutableArray<SearchPoint<TEstimator>> Drawn(TEstimator estimator, int count, int seed) =>
    [
        .. Search.Draw(count, seed, draw => Point(estimator, [.. parameters.Select(parameter => parameter.Draw(draw))])),
    ];

    private static string Text<TValue>(TValue value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private SearchPoint<TEstimator> Point(TEstimator estimator, ImmutableArray<Setting> settings) => new(
        settings.Aggregate(estimator, (before, setting) => setting.Apply(before)),
        [.. parameters.Zip(settings, (parameter, setting) => new SearchParameter(parameter.Name, setting.Text))]);

    private ParameterSpace<TEstimator> Drawn<TValue>(string name, Func<Draw, TValue> value, Func<TEstimator, TValue, TEstimator> with)
    {
        // An empty range is an error here, not in the middle of a search.
        _ = value(new Draw(default));
        return Add(new SearchedParameter(name, null, draw => value(draw) is var drawn
            ? new Setting(Text(drawn), estimator => with(estimator, drawn))
            : throw new InvalidOperationException()));
    }

    private ParameterSpace<TEstimator> Add(SearchedParameter parameter) =>
        string.IsNullOrWhiteSpace(parameter.Name) || parameters.Any(other => other.Name == parameter.Name)
            ? throw new ArgumentException($"the parameter's name is \"{parameter.Name}\": give each one of its own")
            : new ParameterSpace<TEstimator>(parameters.Add(parameter));

    private sealed record Setting(string Text, Func<TEstimator, TEstimator> Apply);

    private sealed record SearchedParameter(string Name, ImmutableArray<Setting>? Values, Func<Draw, Setting> Draw);
}

/// <summary>A parameter with the value that was tried, as text.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public readonly record struct SearchParameter(string Name, string Value)
{
    /// <summary>"Alpha = 0.001".</summary>
    public override string ToString() => $"{Name} = {Value}";
}

/// <summary>An estimator and what was set on it.</summary>
internal sealed record SearchPoint<TEstimator>(TEstimator Estimator, ImmutableArray<SearchParameter> Parameters);
