using System.Numerics;

namespace FunctionalNN;

/// <summary>What each layer puts out in prediction.</summary>
internal static class LayerOutputs
{
    public static IEnumerable<(string Name, Matrix<T> Outputs)> Of<T>(Model<T> model, Matrix<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (plan, output) = (model.Network.Plan, inputs);
        for (var i = 0; i < plan.Layers.Length; i++)
        {
            var pass = new Pass<T>(new Heap<T>(), Team.Single, model.Parameters, plan.FirstParameters[i], model.Statistics, plan.FirstStatistics[i], default, needsInputGradient: false);
            output = plan.Layers[i].Infer(pass, output);
            yield return (plan.Names[i], output);
        }
    }
}
