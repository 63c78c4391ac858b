using System.Collections.Immutable;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>A layer in disguise: it does all that the layer does, but nothing can be computed as one with it.</summary>
internal sealed record Opaque(Layer Inner) : Layer
{
    public override string Kind => Inner.Kind;

    public override int MinRows => Inner.MinRows;

    public override ImmutableArray<EmbeddedColumn> EmbeddedColumns => Inner.EmbeddedColumns;

    public override OutputRange RangeFor(OutputRange input) => Inner.RangeFor(input);

    public override Validation<Error, int> Width(int inputs) => Inner.Width(inputs);

    public override ImmutableArray<Slot> Parameters(int inputs) => Inner.Parameters(inputs);

    public override ImmutableArray<Slot> Statistics(int inputs) => Inner.Statistics(inputs);

    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => Inner.Forward(pass, input);

    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => Inner.Infer(pass, input);
}
