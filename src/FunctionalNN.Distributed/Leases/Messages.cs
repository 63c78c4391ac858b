using Orleans;

namespace FunctionalNN;

/// <summary>An item that a worker may compute.</summary>
/// <param name="Number">Its number, never used twice by an activation.</param>
/// <param name="Item">Which item.</param>
/// <param name="Stage">The number of stages done after it.</param>
/// <param name="FromStage">The stage that <paramref name="From"/> was reached at.</param>
/// <param name="From">What the item came to, or null.</param>
[GenerateSerializer, Immutable, Alias("FunctionalNN.Lease")]
internal sealed record Lease([property: Id(0)] long Number, [property: Id(1)] int Item, [property: Id(2)] int Stage,
    [property: Id(3)] int FromStage, [property: Id(4)] Parcel? From);

/// <summary>What came of a lease.</summary>
/// <param name="Item">Which item.</param>
/// <param name="Stage">The number of stages done.</param>
/// <param name="IsRunning">Whether it could go on.</param>
/// <param name="Score">The value by which items are dropped.</param>
/// <param name="Result">What the job wrote.</param>
/// <param name="IsTrouble">Whether the machine may be at fault.</param>
[GenerateSerializer, Immutable, Alias("FunctionalNN.Outcome")]
internal sealed record StageOutcome([property: Id(0)] int Item, [property: Id(1)] int Stage, [property: Id(2)] bool IsRunning,
    [property: Id(3)] double Score, [property: Id(4)] Parcel Result, [property: Id(5)] bool IsTrouble);

/// <summary>What is known of an item.</summary>
/// <param name="Item">Which item.</param>
/// <param name="Stage">The number of stages done.</param>
/// <param name="IsRunning">Whether it could go on.</param>
/// <param name="IsDropped">Whether others were better.</param>
/// <param name="Score">The value by which items are dropped.</param>
/// <param name="Result">What the job wrote, or null before the first stage.</param>
/// <param name="Reason">Why it was given up, or null.</param>
[GenerateSerializer, Immutable, Alias("FunctionalNN.ItemRecord")]
internal sealed record ItemRecord([property: Id(0)] int Item, [property: Id(1)] int Stage, [property: Id(2)] bool IsRunning,
    [property: Id(3)] bool IsDropped, [property: Id(4)] double Score, [property: Id(5)] Parcel? Result, [property: Id(6)] string? Reason);

/// <summary>What is new about a plan.</summary>
/// <param name="Incarnation">The activation that answers; another knows of nothing before.</param>
/// <param name="Version">The count of changes so far.</param>
/// <param name="Stage">The stage that is open; one more than there are when all is done.</param>
/// <param name="Items">The items that changed.</param>
/// <param name="Failure">Why the plan cannot be finished, or null.</param>
/// <param name="Refusals">Workers that do not take part, each with its reason.</param>
[GenerateSerializer, Immutable, Alias("FunctionalNN.News")]
internal sealed record News([property: Id(0)] string Incarnation, [property: Id(1)] long Version, [property: Id(2)] int Stage,
    [property: Id(3)] ItemRecord[] Items, [property: Id(4)] string? Failure, [property: Id(5)] Dictionary<string, string> Refusals);

/// <summary>A plan as it is begun.</summary>
/// <param name="Order">The order's bytes.</param>
/// <param name="Fingerprint">The hash of the platform where the plan was made.</param>
/// <param name="Platform">Its name.</param>
[GenerateSerializer, Immutable, Alias("FunctionalNN.Brief")]
internal sealed record Brief([property: Id(0)] Parcel Order, [property: Id(1)] string Fingerprint, [property: Id(2)] string Platform);

/// <summary>The answer to a worker that asks for an item or hands one in.</summary>
/// <param name="IsKnown">Whether the plan is known; one that lost its memory is begun again by whoever asked for it.</param>
/// <param name="Next">An item to compute, or null.</param>
[GenerateSerializer, Immutable, Alias("FunctionalNN.Answer")]
internal sealed record Answer([property: Id(0)] bool IsKnown, [property: Id(1)] Lease? Next);
