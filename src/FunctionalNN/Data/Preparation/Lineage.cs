namespace FunctionalNN;

/// <summary>Which part of a split the rows of a data set are.</summary>
public enum DataPart
{
    /// <summary>They were never split, or from a part that was not.</summary>
    Whole,

    /// <summary>To learn from: networks, scalers and codecs are fitted on these.</summary>
    Training,

    /// <summary>To choose by: held out of all fitting.</summary>
    Validation,

    /// <summary>To be measured by, once, at the end: held out of all fitting.</summary>
    Test,
}

/// <summary>
/// Where the rows of a data set come from. Each part of a split remembers what it was cut from; what is fitted remembers on which rows. So
/// a leak, numbers of held-out rows that come into what they shall judge, is seen when it happens.
/// </summary>
internal sealed class Lineage(Lineage? parent = null, DataPart part = DataPart.Whole, string? mixed = null, bool repeats = false,
    int number = 0, (string Name, object By)? preparer = null)
{
    private const long PurposeKey = 0x9B05;
    private const long CutKey = 0xC07;

    private Lineage? Parent { get; } = parent;

    private int Number { get; } = number;

    private DataPart OwnPart { get; } = part;

    /// <summary>The operation that mixed information across rows, such as scaling or oversampling. Mixed rows must not be split
    /// again.</summary>
    private string? Mixed { get; } = mixed;

    /// <summary>Whether a row may be there more than once.</summary>
    private bool Repeats { get; } = repeats;

    /// <summary>The part that these rows are: held out once is held out for ever, however often the part is split again.</summary>
    public DataPart Part
    {
        get
        {
            var nearest = DataPart.Whole;
            for (var at = this; at is not null; at = at.Parent)
            {
                if (at.IsHeldOutHere)
                {
                    return at.OwnPart;
                }

                nearest = nearest == DataPart.Whole ? at.OwnPart : nearest;
            }

            return nearest;
        }
    }

    /// <summary>The same rows as they were before anything was done to them: at the last split, or as they came.</summary>
    public Lineage Rows => OwnPart == DataPart.Whole && Parent is not null ? Parent.Rows : this;

    /// <summary>What the rows were prepared by, such as scalers, the first first.</summary>
    public (string Name, object By)[] Preparation =>
        [.. Parent?.Preparation ?? [], .. preparer is { } own ? [own] : Array.Empty<(string, object)>()];

    private bool IsHeldOutHere => OwnPart is DataPart.Validation or DataPart.Test;

    /// <summary>The same rows after something that must not happen before a split.</summary>
    public Lineage After(string mixed, bool repeats = false) => new(this, DataPart.Whole, mixed, repeats);

    /// <summary>The same rows after something was applied to them that was fitted on these or on others.</summary>
    public Lineage PreparedBy(string name, object preparer) => new(this, preparer: (name, preparer));

    /// <summary>A part of these rows.</summary>
    /// <param name="part">Which.</param>
    /// <param name="number">Which of several of the kind, such as the fold.</param>
    public Lineage Cut(DataPart part, int number = 0) => new(this, part, number: number);

    /// <summary>
    /// The key for drawing among these rows: another for each part and for each purpose, so that a part that is divided again by the same
    /// seed is divided by chance. For rows that were never cut and the first purpose it is the seed's own.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What is drawn.</param>
    public Key KeyOf(int seed, DrawnRows purpose)
    {
        var key = new Key((ulong)seed);
        key = purpose == DrawnRows.Parts ? key : key.Fold(PurposeKey).Fold((long)purpose);
        return Cuts(key);
    }

    private Key Cuts(Key key)
    {
        var before = Parent is null ? key : Parent.Cuts(key);
        return OwnPart == DataPart.Whole ? before : before.Fold(CutKey).Fold((long)OwnPart).Fold(Number);
    }

    /// <exception cref="ArgumentException">The rows are held out.</exception>
    public void RequireTraining(string what)
    {
        if (Part is var part and not (DataPart.Whole or DataPart.Training))
        {
            throw new ArgumentException(
                $"{what} is fitted on training data, and this is the {Name(part)} part of a split: give it the training part "
                    + $"(data.AsTraining() lifts the mark, where that is truly meant)");
        }
    }

    /// <exception cref="ArgumentException">The rows already know of each other.</exception>
    /// <param name="allowsScaled">Whether only rows that are there more than once matter.</param>
    public void RequireSplittable(bool allowsScaled = false)
    {
        for (var at = this; at is not null; at = at.OwnPart == DataPart.Whole ? at.Parent : null)
        {
            if (at.Mixed is { } mixed && (at.Repeats || !allowsScaled))
            {
                throw new ArgumentException(
                    $"these rows were {mixed} before the split, so that each part would know of the others: split first, then do it with "
                        + $"the training part");
            }
        }
    }

    /// <exception cref="ArgumentException">What is to be applied was fitted on rows that these were split off from.</exception>
    public void RequireFittedAfterSplit(string what, Lineage fittedOn)
    {
        if (IsPartOf(fittedOn, heldOutOnly: false))
        {
            throw new ArgumentException(
                $"{what} was fitted before the split that this {Name(Part)} part comes from, so it has seen the rows of every part: split "
                    + $"first, then fit it on the training part");
        }
    }

    /// <exception cref="ArgumentException">The model learned from rows that these were held out from.</exception>
    public void RequireUnseen(Seen seen)
    {
        foreach (var rows in seen.Rows)
        {
            if (IsPartOf(rows, heldOutOnly: true))
            {
                throw new ArgumentException(
                    $"the model has learned from all rows, this {Name(Part)} part among them, and would be judged by what it has seen: fit "
                        + $"it on the training part of the split");
            }
        }
    }

    private bool IsPartOf(Lineage whole, bool heldOutOnly)
    {
        var isCut = false;
        for (var at = this; at is not null; at = at.Parent)
        {
            if (ReferenceEquals(at, whole))
            {
                return isCut;
            }

            isCut |= heldOutOnly ? at.IsHeldOutHere : at.OwnPart != DataPart.Whole;
        }

        return false;
    }

    private static string Name(DataPart part) =>
        part switch { DataPart.Training => "training", DataPart.Validation => "validation", _ => "test" };
}

/// <summary>What rows are drawn for: each has a key of its own, whatever the seed.</summary>
internal enum DrawnRows
{
    /// <summary>Parts of a split.</summary>
    Parts,

    /// <summary>Folds of a cross-validation.</summary>
    Folds,

    /// <summary>Rows held out within a fit.</summary>
    Stopping,

    /// <summary>Rows to repeat.</summary>
    Repetitions,

    /// <summary>An order for good.</summary>
    Order,

    /// <summary>Orders of a column.</summary>
    Columns,
}

/// <summary>The data sets that a model was fitted on, as far as it is known.</summary>
internal sealed class Seen
{
    private Seen(Lineage[] rows) => Rows = rows;

    /// <summary>None.</summary>
    public static Seen Nothing { get; } = new([]);

    public Lineage[] Rows { get; }

    public Seen And(Lineage data) => Rows.Contains(data.Rows) ? this : new Seen([.. Rows, data.Rows]);
}
