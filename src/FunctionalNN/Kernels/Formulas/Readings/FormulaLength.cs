namespace FunctionalNN;

/// <summary>
/// Whether a formula is too long to become one method, and is read as <see cref="Called{S}"/>. Where the compiler has no room left it
/// leaves single additions as calls: measured, x·tanh(ln(1 + eˣ)) took 10.6 ns a number instead of 1.5. Calls cost a short formula a third.
/// </summary>
internal static class FormulaLength
{
    private const int Most = 60;

    private static readonly int[] Lengths = [.. Enum.GetValues<FormulaOperation>().Select(Of)];

    /// <summary>Whether it has more operations than there is room for, functions included.</summary>
    public static bool IsLong(Func<FormulaGraph> formula)
    {
        try
        {
            return formula().Steps.Sum(step => Lengths[(int)step.Operation]) > Most;
        }
        catch (Exception fault) when (fault is ArgumentException or NullReferenceException or InvalidOperationException
            or IndexOutOfRangeException)
        {
            // Very long, or it cannot be read without its settings: calls are right for any.
            return true;
        }
    }

    private static int Of(FormulaOperation operation) => operation is FormulaOperation.Variable or FormulaOperation.Constant ? 0
        : FormulaOperations.Body<float>(operation, new(FormulaNode.X)) is { } body
            ? FormulaGraph.Of(body.Node).Steps.Sum(step => Of(step.Operation))
        : 1;
}

/// <summary>How long formulas of one variable and their slopes are: known once for a type, from blank settings.</summary>
internal static class FormulaLength<TRule>
    where TRule : struct, IFormula
{
    public static readonly bool IsLong = FormulaLength.IsLong(() => FormulaGraph.Of<float>(default(TRule)));
    public static readonly bool IsSlopeLong = FormulaLength.IsLong(() => FormulaGraph.SlopeOf(default(TRule)));
}

/// <summary>The same for formulas of two variables.</summary>
internal static class BinaryFormulaLength<TRule>
    where TRule : struct, IBinaryFormula
{
    public static readonly bool IsLong = FormulaLength.IsLong(() => FormulaGraph.Of<float>(default(TRule)));
    public static readonly bool IsSlopeLong = FormulaLength.IsLong(() => FormulaGraph.SlopeOf(default(TRule)));
}
