using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// An optimizer whose formulas are values instead of code: what <see cref="Optimizer.Of"/> makes of a function, and what files hold of it.
/// The variables of each formula are the gradient x, the parameter y, the moments m, v and w, the rate and the number t of the update. Each
/// step is looked up for each vector, so that an update takes longer than that of a record of your own.
/// </summary>
public sealed record GraphOptimizer : Optimizer
{
    internal static Schema Schema => SchemaOf("FormulaOptimizer", new GraphOptimizer("FormulaOptimizer", 0.01, FormulaGraph.Identity))
        .With("of", optimizer => optimizer.FormulaName, (optimizer, value) => optimizer with { FormulaName = value })
        .With("parameter", optimizer => optimizer.Parameter, (optimizer, value) => optimizer with { Parameter = value })
        .With("first", optimizer => optimizer.First!, (optimizer, value) => optimizer with { First = value })
        .With("second", optimizer => optimizer.Second!, (optimizer, value) => optimizer with { Second = value })
        .With("third", optimizer => optimizer.Third!, (optimizer, value) => optimizer with { Third = value });

    internal GraphOptimizer(string formulaName, LearningRateSchedule learningRate, FormulaGraph parameter)
        : base(learningRate) => (FormulaName, Parameter) = (formulaName, parameter);

    /// <summary>What the optimizer is called.</summary>
    public string FormulaName { get; init; }

    /// <summary>The new parameter.</summary>
    public FormulaGraph Parameter { get; init; }

    /// <summary>The new first moment, or null where none is kept.</summary>
    public FormulaGraph? First { get; init; }

    /// <summary>The new second moment, or null where it is not kept.</summary>
    public FormulaGraph? Second { get; init; }

    /// <summary>The new third moment, or null where it is not kept.</summary>
    public FormulaGraph? Third { get; init; }

    /// <inheritdoc/>
    public override string Kind => FormulaName;

    /// <inheritdoc/>
    public override int MomentCount => First is null ? 0 : Second is null ? 1 : Third is null ? 2 : 3;

    /// <inheritdoc/>
    public override Validation<Error, Unit> Check() => base.Check()
        | Require((First is not null || Second is null) && (Second is not null || Third is null),
            $"the formula of a moment is missing: give the first before the second, and the second before the third");

    /// <inheritdoc/>
    protected override bool Update<T>(in ParameterUpdate<T> update) => MomentCount switch
    {
        0 => UpdateLoop.Run(new Rule<None>(this, update.Rate, update.Age), update),
        1 => UpdateLoop.Run(new Rule<One>(this, update.Rate, update.Age), update),
        2 => UpdateLoop.Run(new Rule<Two>(this, update.Rate, update.Age), update),
        _ => UpdateLoop.Run(new Rule<Three>(this, update.Rate, update.Age), update),
    };

    private readonly struct None : ISize
    {
        public static int Value => 0;
    }

    /// <summary>The formulas of one update.</summary>
    private readonly struct Rule<TMoments>(GraphOptimizer formulas, double rate, long age) : IUpdateRule
        where TMoments : struct, ISize
    {
        private readonly Setting rate = rate;
        private readonly Setting time = age + 1;

        public static int Moments => TMoments.Value;

        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
            where S : struct, IReal<S>
        {
            Unsafe.SkipInit(out FormulaVariables<S> x);
            (x[0], x[1], x[2], x[3], x[4], x[5], x[6]) = (g, p, m, v, w, rate, time);
            p = formulas.Parameter.Program.Run<S>(x);
            m = Moments > 0 ? formulas.First!.Program.Run<S>(x) : m;
            v = Moments > 1 ? formulas.Second!.Program.Run<S>(x) : v;
            w = Moments > 2 ? formulas.Third!.Program.Run<S>(x) : w;
        }
    }
}
