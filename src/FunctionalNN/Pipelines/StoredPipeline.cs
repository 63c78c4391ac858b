using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Pipelines as safetensors files: those of a model, with how columns become inputs and how probabilities become a class in JSON, and how
/// the model came to be, where it is known.
/// </summary>
internal static class StoredPipeline
{
    public static void Write<T>(Stream stream, Pipeline<T> pipeline, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var texts = StoredModel.Texts(pipeline.Model, StoredModel.PipelineContent, vocabulary);
        texts.Add(StoredModel.ColumnsName, ColumnsText(pipeline, vocabulary));
        texts.Add(StoredModel.DecisionName, DecisionText(pipeline, vocabulary));
        if (pipeline.Run is { } run)
        {
            StoredModel.AddRun(texts, run, vocabulary);
        }

        StoredVectors.Write(stream, texts,
            [(StoredVectors.Parameters, pipeline.Model.Parameters), (StoredVectors.Statistics, pipeline.Model.Statistics)]);
    }

    public static Pipeline<T> Read<T>(Stream stream, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (header, stamp, network, labels, inputs) = StoredModel.ReadHead(stream, vocabulary);
        if (stamp.Content != StoredModel.PipelineContent)
        {
            throw new FileFault(
                $"the file holds a {stamp.Content} and no pipeline, so that nothing is known of the columns: read it with "
                    + $"{(stamp.Content == StoredModel.ModelContent ? "Model" : "TrainingState")}.Load");
        }

        var outline = StoredModel.Required<EncodingOutline>(header, StoredModel.ColumnsName, vocabulary);
        var decision = StoredModel.Required<DecisionOutline>(header, StoredModel.DecisionName, vocabulary);
        var encoding = Checked(StoredModel.ColumnsName, () => EncodingOf(outline));
        TrainingState<T>? run = null;
        Model<T> model;
        if (header.Metadata.ContainsKey(StoredModel.RunName))
        {
            run = StoredModel.ReadRun<T>(stream, header, network, labels, inputs, vocabulary);
            model = run.Model;
        }
        else
        {
            var vectors = StoredVectors.Read<T>(stream, header,
                [(StoredVectors.Parameters, network.ParameterLayout), (StoredVectors.Statistics, network.StatisticLayout)], skips: null);
            model = new Model<T>(network, vectors[0], vectors[1]) { LabelNames = labels, InputNames = inputs };
        }

        var pipeline = Checked(StoredModel.ColumnsName, () => new Pipeline<T>(encoding, model) { Run = run });
        return Checked(StoredModel.DecisionName, () => pipeline with
        {
            Temperature = decision.Temperature,
            CalibratedOn = decision.CalibratedOn,
            Decision = new Decision(decision.Threshold, decision.Reason) { Tuning = TuningOf(decision) },
        });
    }

    public static string ColumnsText<T>(Pipeline<T> pipeline, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var encoding = pipeline.Encoding;
        return vocabulary.Write(new EncodingOutline(encoding.Columns, encoding.Interactions, encoding.LeftOut, pipeline.Target,
            encoding.Notation, encoding.InputMeans, encoding.Rows));
    }

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="vocabulary">Its terms.</param>
    /// <param name="isWithTuning">Whether to say what temperature and threshold were taken from, which changes no prediction.</param>
    public static string DecisionText<T>(Pipeline<T> pipeline, Vocabulary vocabulary, bool isWithTuning = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var outline = new DecisionOutline(pipeline.Temperature, pipeline.Decision.Threshold, pipeline.Decision.Reason);
        return vocabulary.Write(!isWithTuning ? outline : outline with
        {
            CalibratedOn = pipeline.CalibratedOn,
            TunedOn = pipeline.Decision.Tuning?.Rows,
            FalseAlarm = pipeline.Decision.Tuning?.Cost?.FalseAlarm,
            Miss = pipeline.Decision.Tuning?.Cost?.Miss,
        });
    }

    private static Tuning? TuningOf(DecisionOutline decision) =>
        decision.TunedOn is not { } rows
            ? decision is { FalseAlarm: null, Miss: null }
                ? null
                : throw new ArgumentException("there are costs of mistakes and no rows that a threshold was tuned on")
        : (decision.FalseAlarm, decision.Miss) switch
        {
            (null, null) => new Tuning(null, rows),
            ({ } alarm and >= 0, { } miss and >= 0) when double.IsFinite(alarm + miss) => new Tuning(new MistakeCost(alarm, miss), rows),
            _ => throw new ArgumentException(
                $"the costs of mistakes are {decision.FalseAlarm} and {decision.Miss}, expected two numbers of 0 "
                + "or more, or none"),
        };

    private static TableEncoding EncodingOf(EncodingOutline outline)
    {
        foreach (var column in outline.Columns)
        {
            StoredColumns.Require(column);
        }

        StoredColumns.Require(outline.Target);

        if (outline.Columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"the column \"{twice.Key}\" is there {twice.Count()} times, expected once");
        }

        foreach (var name in outline.Interactions.SelectMany(pair => (string[])[pair.First, pair.Second])
            .Where(name => outline.Columns.All(column => column.Name != name)))
        {
            throw new ArgumentException($"an interaction names \"{name}\", which is no column");
        }

        Csv.Require(outline.Notation);
        var encoding = new TableEncoding(outline.Columns, outline.Interactions, outline.LeftOut, outline.Target, outline.Notation)
        {
            InputMeans = outline.InputMeans,
            Rows = outline.Rows,
        };
        return encoding.InputMeans.Length == encoding.Width && encoding.InputMeans.All(double.IsFinite)
            ? encoding
            : throw new ArgumentException($"found {encoding.InputMeans.Length} means, {encoding.InputMeans.Count(double.IsFinite)} of them "
                + $"finite, expected {encoding.Width} finite ones, one an input");
    }

    private static TValue Checked<TValue>(string place, Func<TValue> build)
    {
        try
        {
            return build();
        }
        catch (Exception fault) when (fault is ArgumentException or ArithmeticException or InvalidOperationException
            or IndexOutOfRangeException)
        {
            throw new FileFault(place, fault.Message);
        }
    }
}
