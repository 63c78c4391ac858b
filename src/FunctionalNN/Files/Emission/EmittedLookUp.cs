using System.Numerics;

namespace FunctionalNN;

/// <content>The rows of tables for categories.</content>
internal sealed partial class EmittedBody<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Plain inputs, in runs of neighbours, then a row for each category.</summary>
    private void LookUp(string name, Embedding embedding, int inputs, int outputs, Matrix<T>[] tables)
    {
        Functions.Add("LookUp");
        var (target, from, plain, at) = (Fresh(outputs), EmittedBuffers.NameOf(current), embedding.Plain(inputs), 0);
        var to = EmittedBuffers.NameOf(target);
        for (var end = 1; end <= plain.Length; end++)
        {
            if (end == plain.Length || plain[end] != plain[end - 1] + 1)
            {
                Statements.Add($"        {from}.Slice({plain[at]}, {end - at}).CopyTo({to}.Slice({at}));");
                at = end;
            }
        }

        for (var i = 0; i < tables.Length; i++)
        {
            var column = embedding.Columns[i];
            Statements.Add($"        LookUp({from}[{column.Position}], {EmittedSource.Literal(column.Title)}, "
                + $"{(column.TakesUnknown ? "true" : "false")}, {Table(name, $"table{i + 1}", tables[i].Values)}, "
                + $"{to}.Slice({at}, {column.Width}));");
            at += column.Width;
        }

        Move(target, outputs);
    }
}
