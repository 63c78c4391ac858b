
namespace FunctionalNN;

/// <content>The initialisers that draw each number for itself: number i comes from position i of the key.</content>
public abstract partial record Initializer
{
    internal abstract record Pointwise : Initializer
    {
        protected abstract double At(Slot slot, Key key, long index);

        protected sealed override void Fill(Slot slot, Key key, Span<double> values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = At(slot, key, i);
            }
        }
    }

    private sealed record FanNormal(string Name, double Gain, bool CountsOutputs) : Pointwise
    {
        protected override double At(Slot slot, Key key, long index) =>
            Math.Sqrt(Gain / (slot.FanIn + (CountsOutputs ? slot.FanOut : 0.0))) * key.Normal(index);

        public override string ToString() => Name;
    }

    private sealed record FanUniform(string Name, double Gain, bool CountsOutputs) : Pointwise
    {
        protected override double At(Slot slot, Key key, long index) =>
            Math.Sqrt(Gain / (slot.FanIn + (CountsOutputs ? slot.FanOut : 0.0))) * ((2 * key.Uniform(index)) - 1);

        public override string ToString() => Name;
    }

    internal sealed record ScaledNormal(double StandardDeviation) : Pointwise
    {
        protected override double At(Slot slot, Key key, long index) => StandardDeviation * key.Normal(index);

        public override string ToString() => $"Normal({StandardDeviation})";
    }

    internal sealed record SymmetricUniform(double Limit) : Pointwise
    {
        protected override double At(Slot slot, Key key, long index) => Limit * ((2 * key.Uniform(index)) - 1);

        public override string ToString() => $"Uniform({Limit})";
    }

    internal sealed record Constant(double Number) : Pointwise
    {
        protected override double At(Slot slot, Key key, long index) => Number;

        public override string ToString() => $"Value({Number})";
    }
}
