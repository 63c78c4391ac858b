namespace FunctionalNN.Tests;

/// <summary>A size that no array has is an error that gives both factors, before any memory is asked for.</summary>
public class SizeTests
{
    private const string Both = "a 70000 × 70000 matrix has 4900000000 numbers, and one array holds ";

    public static TheoryData<Action> Calls =>
    [
        () => Matrix.Zeros<float>(70_000, 70_000),
        () => Matrix.Create(70_000, 70_000, (_, _) => 0f),
        () => Matrix.Zeros<float>(70_000, 1).Multiply(Matrix.Zeros<float>(1, 70_000)),
        () => new Network(1, [new Dense(70_000)]).Initialize(1).Predict(Matrix.Zeros<float>(70_000, 1)),
    ];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Products_that_overflow_are_named(Action call) =>
        Assert.StartsWith(Both, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
}
