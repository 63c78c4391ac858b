namespace FunctionalNN;

/// <summary>How much a <see cref="Finding"/> matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; training can do without it.</summary>
    Note,

    /// <summary>Likely to make the result worse, or better than it is.</summary>
    Warning,

    /// <summary>Training cannot work like this.</summary>
    Error,
}

/// <summary>Something that <see cref="Doctor"/> found.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Message">What was found, with numbers.</param>
/// <param name="Advice">What to do.</param>
public sealed record Finding(Severity Severity, FindingKind Kind, string Message, string Advice)
{
    /// <summary>Severity, what was found, and what to do.</summary>
    public override string ToString() => $"{Severity.ToString().ToLowerInvariant(),-7}  {Message}{(Advice.Length > 0 ? ": " : "")}{Advice}";
}

/// <summary>What a <see cref="Finding"/> is about.</summary>
public enum FindingKind
{
    /// <summary>Network, data and loss do not go together.</summary>
    Misfit,

    /// <summary>Inputs or targets that are NaN or infinite.</summary>
    NonFinite,

    /// <summary>Inputs far from the scale that networks start for.</summary>
    InputScale,

    /// <summary>Targets of a regression far from the scale that networks start for.</summary>
    TargetScale,

    /// <summary>Columns that never change.</summary>
    ConstantColumns,

    /// <summary>Columns that are the same in every row.</summary>
    DuplicateColumns,

    /// <summary>Classes without rows, or with few.</summary>
    ClassBalance,

    /// <summary>Targets that are all the same.</summary>
    ConstantTarget,

    /// <summary>Rows of the test set that the training set has too.</summary>
    SharedRows,

    /// <summary>Rows that occur more than once.</summary>
    RepeatedRows,

    /// <summary>The same inputs under different labels.</summary>
    Contradictions,

    /// <summary>A loss at the start that is worse than knowing nothing.</summary>
    StartLoss,

    /// <summary>A batch that the network cannot learn by heart.</summary>
    Overfit,

    /// <summary>Units that put out the same whatever comes in.</summary>
    DeadUnits,

    /// <summary>Gradients that vanish or explode from layer to layer.</summary>
    Gradients,

    /// <summary>Layers, loss and targets that go together in form and hardly in meaning.</summary>
    Structure,

    /// <summary>Rows or layers that were not prepared as they should be.</summary>
    Preparation,

    /// <summary>The optimizer's settings, and the order of rows.</summary>
    Run,
}
