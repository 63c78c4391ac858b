using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// A function with a name, that several machines can have: the same build on each, or a job of the library, which reads networks,
/// optimizers and data as they stand in an order.
/// </summary>
public abstract class Job
{
    private protected Job(string name, string build, ImmutableArray<string> data)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, Build, Data) = (name, build, data);
    }

    /// <summary>The name, such as "churn/1": a job that computes something else needs another.</summary>
    public string Name { get; }

    /// <summary>The identity of the compiled module that the function is in; empty for the jobs of the library.</summary>
    public string Build { get; }

    /// <summary>Hashes of the data that the function reads, such as <see cref="DataSet{T}.ContentHash"/>.</summary>
    public ImmutableArray<string> Data { get; }

    /// <summary>The jobs of the library, which any machine can do.</summary>
    public static ImmutableArray<Job> Standard { get; } = [new CompareJob<float>(), new CompareJob<double>()];

    /// <summary>Begins to compute a plan's items.</summary>
    /// <param name="order">The plan.</param>
    /// <param name="attachment">The data of a hash that <see cref="PlanOrder.Data"/> names.</param>
    /// <exception cref="FormatException">The order's texts are not this job's.</exception>
    public abstract Work Open(PlanOrder order, Func<string, ReadOnlyMemory<byte>> attachment);

    /// <summary>What an item came to that no machine could finish, for <see cref="Plan{TResult}.Collect"/>.</summary>
    /// <param name="reason">Why.</param>
    public abstract ReadOnlyMemory<byte> Ended(string reason);

    /// <summary>Why this job is not the one that an order asks for, or null: another build or other data.</summary>
    public string? Differs(PlanOrder order) =>
        Build != order.Build
            ? $"the job \"{Name}\" is of build {Build} here and of build {order.Build} where the plan was made: start all "
                + $"machines with the same program"
        : Build.Length > 0 && !Data.SequenceEqual(order.Data)
            ? $"the job \"{Name}\" reads the data {Listed(Data)} here and {Listed(order.Data)} where the plan was made: give all machines "
                + $"the same files"
        : null;

    /// <summary>The name, and how much data the function reads.</summary>
    public override string ToString() =>
        $"job \"{Name}\"{(Data.IsEmpty ? "" : $", reads {Data.Length} data set{(Data.Length == 1 ? "" : "s")}")}";

    private static string Listed(ImmutableArray<string> data) =>
        data.IsEmpty ? "(none)" : string.Join(", ", data.Select(hash => hash.Length > 12 ? $"{hash[..12]}…" : hash));
}
