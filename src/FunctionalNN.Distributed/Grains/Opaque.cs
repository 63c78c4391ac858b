using Orleans;

namespace FunctionalNN;

/// <summary>What a storage keeps for a grain: bytes that the storage does not look into.</summary>
[GenerateSerializer, Alias("FunctionalNN.Opaque")]
internal sealed class Opaque
{
    [Id(0)]
    public byte[] Bytes { get; set; } = [];
}
