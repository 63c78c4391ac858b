namespace FunctionalNN;

/// <summary>What stands in a file for a record that is one formula, so that it can be read where the record is not known.</summary>
internal static class StoredFormula
{
    /// <summary>The property of a record of one's own that holds it.</summary>
    public const string Name = "formula";

    /// <summary>The same as a record that is in every vocabulary; null where the record is not one formula.</summary>
    /// <exception cref="FileFault">The formula cannot be kept.</exception>
    public static object? Of(object record)
    {
        try
        {
            return record switch
            {
                Activation activation and IFormula formula =>
                    new GraphActivation(activation.Kind,
                        One(activation.Kind, FormulaGraph.Of<float>(formula), FormulaGraph.Of<double>(formula)))
                    {
                        Name = activation.Name,
                        Range = activation.RangeFor(OutputRange.Any),
                    },
                ElementLoss loss and IBinaryFormula formula =>
                    new GraphLoss(loss.Kind, One(loss.Kind, FormulaGraph.Of<float>(formula), FormulaGraph.Of<double>(formula))),
                _ => null,
            };
        }
        catch (ArgumentException fault)
        {
            throw new FileFault(
                $"{record.GetType().Name} cannot be written by its formula: {fault.Message}; or give the file a vocabulary that has it");
        }
    }

    /// <summary>Whether it goes beside the settings of a record whose term is at hand: for records of one's own that can be kept.</summary>
    public static object? Beside(object record)
    {
        try
        {
            return record.GetType().Assembly == typeof(StoredFormula).Assembly ? null : Of(record);
        }
        catch (FileFault)
        {
            return null;
        }
    }

    private static FormulaGraph One(string kind, FormulaGraph single, FormulaGraph full) => single.Equals(full)
        ? full
        : throw new ArgumentException($"{kind} asks whether numbers are floats (IsSingle), and a file holds one formula for both");
}
