using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace FunctionalNN.Benchmarks;

/// <summary>Writes the probabilities of a row.</summary>
internal delegate void RowPredictor(MeasuredRow row, Span<double> probabilities);

/// <summary>The same model three times: our pipeline, ONNX Runtime on the network that we exported, and ML.NET's prediction engines on the
/// same file. The two of others take the standardised numbers, which is done by hand for them.</summary>
internal sealed class ServeRivals : IDisposable
{
    private readonly Pipeline<float> pipeline;
    private readonly (double Mean, double Scale)[] scales;
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly ObjectPool<PredictionEngine<MlRow, MlAnswer>> engines;
    private readonly string[] inputNames;
    private readonly string[] outputNames;

    public ServeRivals(Pipeline<float> pipeline, string onnx)
    {
        this.pipeline = pipeline;
        pipeline.Model.SaveOnnx(onnx).OrThrow();
        scales = Scales(pipeline.Encoding);
        using var settings = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        session = new InferenceSession(onnx, settings);
        (inputNames, outputNames) = ([.. session.InputNames], [.. session.OutputNames]);
        engines = MlEngines(onnx);
    }

    public RowPredictor Ours
    {
        get
        {
            var map = pipeline.Map<MeasuredRow>();
            return (row, probabilities) => map.Predict(row, probabilities);
        }
    }

    public void OnnxRuntime(MeasuredRow row, Span<double> probabilities)
    {
        var numbers = new float[scales.Length];
        Fill(row, numbers);
        using var input = OrtValue.CreateTensorValueFromMemory(numbers, [1, numbers.Length]);
        using var results = session.Run(options, inputNames, [input], outputNames);
        var outputs = results[0].GetTensorDataAsSpan<float>();
        for (var i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = outputs[i];
        }
    }

    public void MlNet(MeasuredRow row, Span<double> probabilities)
    {
        var numbers = new float[scales.Length];
        Fill(row, numbers);
        var engine = engines.Get();
        var outputs = engine.Predict(new MlRow { Input = numbers }).Output;
        engines.Return(engine);
        for (var i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = outputs[i];
        }
    }

    public void Dispose()
    {
        session.Dispose();
        options.Dispose();
    }

    private void Fill(MeasuredRow row, float[] numbers)
    {
        var values = row.ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (float)((values[i] - scales[i].Mean) / scales[i].Scale);
        }
    }

    /// <summary>Mean and spread of each column, from what two rows become.</summary>
    private static (double Mean, double Scale)[] Scales(TableEncoding encoding)
    {
        var rows = Table.Of(new double[] { 0, 1 }.Select(value => MeasuredRow.Names.ToDictionary(name => name, _ => (object?)value)));
        var inputs = encoding.Matrix<double>(rows).OrThrow();
        return [.. Enumerable.Range(0, inputs.Columns).Select(i =>
        {
            var scale = 1 / (inputs[1, i] - inputs[0, i]);
            return (-inputs[0, i] * scale, scale);
        })];
    }

    /// <summary>A pool of engines, which are not safe to share: what PredictionEnginePool of Microsoft.Extensions.ML is, a
    /// DefaultObjectPool with a policy that makes one.</summary>
    private DefaultObjectPool<PredictionEngine<MlRow, MlAnswer>> MlEngines(string onnx)
    {
        var context = new MLContext(seed: 1);
        var input = SchemaDefinition.Create(typeof(MlRow));
        (input[0].ColumnName, input[0].ColumnType) = (inputNames[0], new VectorDataViewType(NumberDataViewType.Single, scales.Length));
        var output = SchemaDefinition.Create(typeof(MlAnswer));
        output[0].ColumnName = outputNames[0];
        var transformer = context.Transforms.ApplyOnnxModel(outputNames[0], inputNames[0], onnx,
            new Dictionary<string, int[]> { [inputNames[0]] = [1, scales.Length] }).Fit(context.Data.LoadFromEnumerable<MlRow>([], input));
        return new DefaultObjectPool<PredictionEngine<MlRow, MlAnswer>>(new EnginePolicy(() =>
            context.Model.CreatePredictionEngine<MlRow, MlAnswer>(transformer, true, input, output)));
    }

    private sealed class EnginePolicy(Func<PredictionEngine<MlRow, MlAnswer>> create)
        : PooledObjectPolicy<PredictionEngine<MlRow, MlAnswer>>
    {
        public override PredictionEngine<MlRow, MlAnswer> Create() => create();

        public override bool Return(PredictionEngine<MlRow, MlAnswer> obj) => true;
    }

    internal sealed class MlRow
    {
        public float[] Input { get; set; } = [];
    }

    internal sealed class MlAnswer
    {
        public float[] Output { get; set; } = [];
    }
}
