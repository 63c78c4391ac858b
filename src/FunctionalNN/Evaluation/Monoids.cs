namespace FunctionalNN;

/// <summary>Adding up many values of a monoid.</summary>
internal static class Monoids
{
    /// <summary>
    /// The sum, taken pair by pair in the order of a binary counter: n values that grow as they are merged cost n·log n instead of n².
    /// Where adding is associative it is the sum from left to right.
    /// </summary>
    public static T Balanced<T>(this IEnumerable<T> values, Func<T, T, T> add, T zero)
    {
        var carried = new Stack<(T Sum, int Level)>();
        foreach (var value in values)
        {
            var next = (Sum: value, Level: 0);
            while (carried.TryPeek(out var top) && top.Level == next.Level)
            {
                next = (add(carried.Pop().Sum, next.Sum), next.Level + 1);
            }

            carried.Push(next);
        }

        return carried.Count == 0 ? zero : carried.Select(entry => entry.Sum).Aggregate((right, left) => add(left, right));
    }
}
