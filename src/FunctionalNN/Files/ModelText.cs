using System.Numerics;

namespace FunctionalNN;

/// <content>A model's text, which names it by the hash of its file.</content>
public sealed partial record Model<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The network's table, and the beginning of the model's <see cref="Model.ContentHash{T}"/>.</summary>
    public override string ToString() =>
        ModelIdentity.Short(this) is { } hash ? $"{Network}{Environment.NewLine}model {hash}" : Network.ToString();
}
