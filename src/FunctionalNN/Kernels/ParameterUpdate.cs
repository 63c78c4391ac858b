using System.Numerics;

namespace FunctionalNN;

/// <summary>One part of an update: the same stretch of the gradient, the parameters and the moments.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly unsafe ref struct ParameterUpdate<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T** moments;
    private readonly int start;

    internal ParameterUpdate(long step, long age, double rate, T* gradient, T* parameters, T** moments, int start, int count)
    {
        Step = step;
        Age = age;
        Rate = rate;
        Gradient = new ReadOnlySpan<T>(gradient + start, count);
        Parameters = new Span<T>(parameters + start, count);
        this.moments = moments;
        this.start = start;
    }

    /// <summary>The number of updates done before: 0 for the first.</summary>
    public long Step { get; }

    /// <summary>The number of updates that the moments have seen: as <see cref="Step"/>, unless another optimizer began the run.</summary>
    public long Age { get; }

    /// <summary>The learning rate of this update.</summary>
    public double Rate { get; }

    /// <summary>∂L/∂p.</summary>
    public ReadOnlySpan<T> Gradient { get; }

    /// <summary>p, to be overwritten by p′.</summary>
    public Span<T> Parameters { get; }

    /// <summary>A moment vector, to be overwritten by its next value.</summary>
    public Span<T> Moment(int index) => new(moments[index] + start, Parameters.Length);
}
