using System.Numerics;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// What training makes small: the mean over the batch's n rows of a row's loss, plus the layers' penalties.
/// </summary>
public abstract record Loss
{
    /// <summary>
    /// A loss of numbers from a function: <c>Loss.Of("quantile", (prediction, target) => …)</c>, the mean of ℓ(ŷ, y) over outputs and rows.
    /// It has the gradient, vectors of every width, files and text, as a record of your own has them; a record computes faster.
    /// </summary>
    /// <param name="name">What it is called in tables and messages.</param>
    /// <param name="formula">ℓ(ŷ, y) of prediction and target. It is called once.</param>
    /// <exception cref="ArgumentException">The name is empty, or the formula takes more steps than can be kept.</exception>
    public static GraphLoss Of(string name, Func<Real, Real, Real> formula)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(formula);
        return new(name, FormulaGraph.Of(formula(new Real(FormulaNode.X), new Real(FormulaNode.Y)).Node));
    }

    /// <summary>What it is called in tables and messages.</summary>
    public virtual string Kind => GetType().Name;

    /// <summary>How the loss reads the network's outputs; quantities by default. Reports ask it.</summary>
    public virtual OutputReading Reads => OutputReading.Quantities;

    /// <summary>In what the loss is measured, such as "nats", for the axes of figures; null by default, where it has no unit.</summary>
    public virtual string? Unit => null;

    /// <summary>
    /// The loss of the best answer that does not look at the inputs, such as ln k for k classes that are equally frequent; NaN by default,
    /// where no such number is known. <see cref="Doctor"/> compares the loss at the start with it.
    /// </summary>
    /// <param name="targets">The targets of the rows.</param>
    public virtual double Baseline(Targets targets) => double.NaN;

    /// <summary>Whether the loss can be computed by micro-batches of a large batch: it divides by the whole batch's rows.</summary>
    internal virtual bool IsRowwise => false;

    /// <summary>Whether the loss can be measured between a network's output and these targets; if not, everything that is wrong and the
    /// fix.</summary>
    /// <param name="outputs">The width of the network's output.</param>
    /// <param name="range">The range of the output values.</param>
    /// <param name="targets">The data set's targets.</param>
    public abstract Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets);

    /// <summary>
    /// The same loss as a function of the last layer's input, where the two have a common form that is more exact than one after the
    /// other; else null. Training then leaves the last layer out.
    /// </summary>
    public virtual Loss? Fuse(Layer last) => null;

    /// <summary>The loss of each row, the gradient, and how many predictions are right.</summary>
    /// <param name="pass">Memory.</param>
    /// <param name="prediction">ŷ: [n × k].</param>
    /// <param name="targets">n targets.</param>
    /// <param name="rowLosses">Takes n losses, not yet divided by n.</param>
    /// <param name="gradient">Takes ∂L/∂ŷ: [n × k], where L is the mean over the n rows. Empty when it is not wanted.</param>
    /// <returns>How many of the <see cref="Predictions"/> predictions are right.</returns>
    public abstract long Evaluate<T>(in Pass<T> pass, Matrix<T> prediction, Targets targets, Span<T> rowLosses, Span<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>How many predictions a batch has: one a row for classes, one a number for regression.</summary>
    public abstract long Predictions(int rows, int outputs);

    /// <summary>Kind and settings.</summary>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    /// <summary>Writes nothing, for ToString: a loss is what its type and its own settings say.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>One error.</summary>
    protected static Validation<Error, Unit> Wrong(string message) =>
        Validation<Error, Unit>.Fail(LanguageExt.Seq.create(Error.New(message)));

    /// <summary>No error.</summary>
    protected static Validation<Error, Unit> Right { get; } = Validation<Error, Unit>.Success(LanguageExt.Unit.Default);
}
