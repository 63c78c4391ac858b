using FsCheck;

namespace FunctionalNN;

/// <summary>Training runs around a layer.</summary>
internal interface ILayerCases
{
    /// <summary>Small networks.</summary>
    Gen<TrainingCase> Small(Gen<Roughness> roughness);

    /// <summary>A layer so wide, and batches so large, that the work is cut into parts for several threads.</summary>
    Gen<TrainingCase> Large();

    /// <summary>Large numbers come in.</summary>
    Gen<TrainingCase> Extreme(double largest);

    /// <summary>Simpler cases with the layer still in them.</summary>
    IEnumerable<TrainingCase> Simpler(TrainingCase run);
}
