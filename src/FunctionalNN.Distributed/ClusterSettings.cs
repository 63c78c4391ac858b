using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>How a cluster works.</summary>
public sealed record ClusterSettings
{
    /// <summary>Items that a silo computes at the same time, each on a thread of its own below normal priority; one a core by default, none
    /// for a process that only asks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 0.</exception>
    public int Slots { get; init => field = AtLeast(value, 0, nameof(Slots)); } = Environment.ProcessorCount;

    /// <summary>How long an item that nobody hears of stays with the silo that took it; 2 s by default. What is given out again is computed
    /// twice, to the same bits.</summary>
    public TimeSpan LeaseTime { get; init => field = Positive(value, nameof(LeaseTime)); } = TimeSpan.FromSeconds(2);

    /// <summary>How long an item may go without an epoch before it counts as hanging; 10 minutes by default.</summary>
    public TimeSpan HangTime { get; init => field = Positive(value, nameof(HangTime)); } = TimeSpan.FromMinutes(10);

    /// <summary>How many silos may die or hang while they have an item before it is given up; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int MostDeaths { get; init => field = AtLeast(value, 1, nameof(MostDeaths)); } = 3;

    /// <summary>The functions that this process can compute beside the library's own. <see cref="PlanVerbs.On"/> adds that of its
    /// plan.</summary>
    public ImmutableArray<Job> Jobs { get; init; } = [];

    /// <summary>A folder in which plans are kept, so that they go on when everything has ended; nothing is kept by default.</summary>
    public string? Folder { get; init; }

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    private static int AtLeast(int value, int least, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, $"{name} is {value}, expected {least} or more");

    private static TimeSpan Positive(TimeSpan value, string name) =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, $"{name} is {value}, expected more than 0");
}
