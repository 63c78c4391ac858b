using System.Numerics;

namespace FunctionalNN;

/// <summary>What a layer's forward pass remembers for its backward pass.</summary>
/// <param name="Output">y: [n × out].</param>
/// <typeparam name="T">float or double.</typeparam>
public abstract record Cache<T>(Matrix<T> Output)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The chain rule through this layer.</summary>
    /// <param name="pass">The same pass as forward.</param>
    /// <param name="outputGradient">∂L/∂y: [n × out].</param>
    /// <param name="parameterGradient">
    /// Takes ∂L/∂p for all the layer's slots, one after the other in the order of <see cref="Layer.Parameters"/>. What it held before is
    /// overwritten. A layer that is <see cref="Layer.IsRowwise"/> adds to it instead where <see cref="Pass{T}.Accumulates"/>.
    /// </param>
    /// <returns>∂L/∂x: [n × in]. When <see cref="Pass{T}.NeedsInputGradient"/> is false it is not looked at.</returns>
    public abstract Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient);
}
