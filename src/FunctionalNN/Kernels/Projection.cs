using System.Numerics;

namespace FunctionalNN;

/// <summary>Brings parameters back to what their constraints allow.</summary>
internal static class Projection
{
    /// <summary>The projections of all slots, in place.</summary>
    public static void Apply<T>(Team team, Layout layout, ParameterVector<T> parameters)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (_, slot, offset) in layout.Placements)
        {
            if (!slot.Constraint.IsNone)
            {
                slot.Constraint.Apply(team, parameters.Block.Slice(offset, slot.Count).Span, slot.Rows, slot.Columns);
            }
        }
    }

    /// <summary>A slot's projection, in place.</summary>
    public static void Apply<T>(this Constraint constraint, Team team, Span<T> values, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (constraint.Norms is var (least, greatest))
        {
            ColumnNorms.Limit(team, values, rows, columns, least, greatest);
        }

        if (constraint.RemovesNegatives)
        {
            ColumnNorms.RemoveNegatives(team, values);
        }
    }
}
