namespace FunctionalNN;

/// <summary>A named matrix that a layer asks for: trained numbers (weights, bias, γ, β) or running statistics.</summary>
/// <param name="Name">Unique within the layer, for example "weights".</param>
/// <param name="Rows">1 or more.</param>
/// <param name="Columns">1 or more.</param>
public sealed record Slot(string Name, int Rows, int Columns)
{
    /// <summary>How its numbers start; zeros by default.</summary>
    public Initializer Initializer { get; init; } = Initializer.Zeros;

    /// <summary>What is added to the loss for its numbers; nothing by default.</summary>
    public Penalty Penalty { get; init; } = Penalty.None;

    /// <summary>How many inputs one output of the layer adds up: the rows of weights; a bias has the fans of its weights.</summary>
    public int FanIn { get; init; } = Rows;

    /// <summary>How many outputs one input of the layer goes to: the columns of weights.</summary>
    public int FanOut { get; init; } = Columns;

    /// <summary>What its numbers are brought back to after each update; they are free by default.</summary>
    public Constraint Constraint { get; init; } = Constraint.None;

    /// <summary>How many numbers it holds.</summary>
    public int Count => checked(Rows * Columns);
}
