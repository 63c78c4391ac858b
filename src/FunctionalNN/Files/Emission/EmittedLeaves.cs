namespace FunctionalNN;

/// <summary>The statements for layers that have no layers in them.</summary>
internal sealed partial class EmittedBody<T>
{
    private void Leaf(Layer layer, string name, int inputs, int outputs, Matrix<T>[] parameters, Matrix<T>[] statistics)
    {
        Comment(name, $"{layer.Kind}, {inputs} → {outputs}");
        switch (layer)
        {
            case Dense:
                Call("Multiply", outputs, mayOverwrite: false, Table(name, "weights", parameters[0].Values),
                    Table(name, "bias", parameters[1].Values));
                break;
            case Embedding embedding:
                LookUp(name, embedding, inputs, outputs, parameters);
                break;
            case Convolution convolution:
                Call("Convolve", outputs, false, Table(name, "weights", parameters[0].Values), Table(name, "bias", parameters[1].Values),
                    $"{convolution.Groups}", EmittedImages<T>.Numbers(convolution.Over()));
                break;
            case MaxPooling pooling:
                Call("Greatest", outputs, false, EmittedImages<T>.Numbers(pooling.Over()));
                break;
            case AveragePooling pooling:
                Call("Means", outputs, false, pooling.CountsPadding ? "true" : "false", EmittedImages<T>.Numbers(pooling.Over()));
                break;
            case GlobalAveragePooling pooling:
                Call("Means", outputs, false, "true", EmittedImages<T>.Numbers(pooling.Whole));
                break;
            case Upsampling { Image: { } image } upsampling:
                Call("Enlarge", outputs, false, $"{image.Width}", $"{image.Channels}", $"{upsampling.Factor}");
                break;
            case PerChannel { Inner: LayerNormalization normalization, Image: { } image }:
                Call("NormalizePixels", outputs, true, $"{image.Channels}", Table(name, "gamma", parameters[0].Values),
                    Table(name, "beta", parameters[1].Values), EmittedNumber.Rounded<T>(normalization.Epsilon));
                break;
            case PerChannel { Inner: PRelu slopes, Image: { } image }:
                var one = slopes.IsShared
                    ? EmittedNumber.Of(parameters[0].Values[0])
                    : $"{Table(name, "slopes", parameters[0].Values)}[i % {image.Channels}]";
                Map(outputs, $"x <= {C(0)} ? x * ({one}) : x");
                break;
            case PerChannel { Image: { } image } channels:
                if (channels.Inner.PredictedScaling(parameters, statistics) is { } each)
                {
                    Scale(name, outputs, each, $"i % {image.Channels}");
                    break;
                }

                goto default;
            case LayerNormalization normalization:
                Call("Normalize", outputs, true, Table(name, "gamma", parameters[0].Values), Table(name, "beta", parameters[1].Values),
                    EmittedNumber.Rounded<T>(normalization.Epsilon));
                break;
            case Softmax:
                Call("SoftmaxOf", outputs, true);
                break;
            case LogSoftmax:
                Call("LogSoftmaxOf", outputs, true);
                break;
            case PRelu relu:
                var slope = relu.IsShared ? EmittedNumber.Of(parameters[0].Values[0]) : $"{Table(name, "slopes", parameters[0].Values)}[i]";
                Map(outputs, $"x <= {C(0)} ? x * ({slope}) : x");
                break;
            case IFormula formula:
                Map(outputs, formula);
                break;
            default:
                if (layer.PredictedScaling(parameters, statistics) is { } scaling)
                {
                    Scale(name, outputs, scaling);
                    break;
                }

                Mistakes.Add(
                    $"{name} ({layer.Kind}) cannot be emitted as C#: it is neither one of the library's layers nor an activation of one "
                        + $"formula, so its code is not known; leave it out, or predict with the library");
                break;
        }
    }

    private void Scale(string name, int width, ColumnScaling<T> scaling, string place = "i")
    {
        var centered = $"x - {Table(name, "centers", scaling.Centers.AsSpan())}[{place}]";
        var factor = $"{Table(name, "factors", scaling.Factors.AsSpan())}[{place}]";
        Map(width, scaling.Shifts.IsEmpty
            ? $"({centered}) * {factor}"
            : $"{Fused()}({centered}, {factor}, {Table(name, "shifts", scaling.Shifts.AsSpan())}[{place}])");
    }
}
