namespace FunctionalNN.Tests;

/// <summary>Tests that need the workers for themselves: with others beside them a run would get fewer threads than it asks for.</summary>
[CollectionDefinition(nameof(AllThreads), DisableParallelization = true)]
public static class AllThreads;
