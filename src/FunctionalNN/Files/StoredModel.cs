using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Models and training states as safetensors files. The metadata says in JSON what the file is, the network, the names of classes, and for
/// a state the run and its recipe; see <see cref="StoredVectors"/> for the tensors.
/// </summary>
internal static class StoredModel
{
    /// <summary>The version of the format that is written, and the only one so far.</summary>
    public const int Version = 1;

    public const string ModelContent = "model";
    public const string StateContent = "training state";
    public const string PipelineContent = "pipeline";
    public const string ColumnsName = "columns";
    public const string DecisionName = "decision";

    private const string StampName = "FunctionalNN";
    private const string NetworkName = "network";
    private const string LabelsName = "labels";
    private const string InputsName = "inputs";
    public const string RunName = "run";
    private const string RecipeName = "recipe";
    private const int MaxMoments = 1000;

    private static readonly string[] Names = [StampName, NetworkName, LabelsName, InputsName, RunName, RecipeName, ColumnsName,
        DecisionName];

    public static void Write<T>(Stream stream, Model<T> model, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        StoredVectors.Write(stream, Texts(model, ModelContent, vocabulary),
            [(StoredVectors.Parameters, model.Parameters), (StoredVectors.Statistics, model.Statistics)]);

    public static void Write<T>(Stream stream, TrainingState<T> state, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var texts = Texts(state.Model, StateContent, vocabulary);
        AddRun(texts, state, vocabulary);
        StoredVectors.Write(
            stream,
            texts,
            [
                (StoredVectors.Parameters, state.Model.Parameters),
                (StoredVectors.Statistics, state.Model.Statistics),
                .. state.Moments.Vectors.Select((vector, i) => ($"{StoredVectors.Moments}/{i + 1}", vector)),
            ]);
    }

    /// <summary>Adds how a state came to be.</summary>
    public static void AddRun<T>(SortedDictionary<string, string> texts, TrainingState<T> state, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var outline =
            new RunOutline(state.Optimizer, state.Key, state.Step, state.Epoch, state.Training, state.Moments.Kind, state.Moments.Since,
                state.Moments.Vectors.Length)
            {
                Objective = state.Objective.MatchUnsafe<Loss?>(loss => loss, () => null),
                Validation = state.Validation.MatchUnsafe<Metrics?>(metrics => metrics, () => null),
                Divergence = state.Divergence.MatchUnsafe<Divergence?>(divergence => divergence, () => null!),
                Stopped = state.Stopped.MatchUnsafe<string?>(reason => reason, () => null!),
            };
        texts.Add(RunName, vocabulary.Write(
            outline with { IsEpochEnd = state.IsEpochEnd == outline.IsUsuallyEpochEnd ? null : state.IsEpochEnd }));
        state.Recipe.IfSome(recipe => texts.Add(RecipeName, vocabulary.Write(recipe)));
    }

    /// <summary>The model in a file of a model, of a state or of a pipeline.</summary>
    public static Model<T> ReadModel<T>(Stream stream, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (header, _, network, labels, inputs) = ReadHead(stream, vocabulary);
        var vectors = StoredVectors.Read<T>(stream, header, LayoutsOf(network), StoredVectors.Moments + "/");
        return new Model<T>(network, vectors[0], vectors[1]) { LabelNames = labels, InputNames = inputs };
    }

    public static TrainingState<T> ReadState<T>(Stream stream, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (header, stamp, network, labels, inputs) = ReadHead(stream, vocabulary);
        if (stamp.Content != StateContent)
        {
            throw new FileFault(
                $"the file holds a {stamp.Content} and no training state: read it with "
                    + $"{(stamp.Content == PipelineContent ? "Pipeline" : "Model")}.Load, and go on with its "
                    + $"{(stamp.Content == PipelineContent ? "Epochs" : "Train")}");
        }

        return ReadRun<T>(stream, header, network, labels, inputs, vocabulary);
    }

    /// <summary>The state behind a header that has been read.</summary>
    public static TrainingState<T> ReadRun<T>(Stream stream, SafeTensorsHeader header, Network network, ImmutableArray<string> labels,
        ImmutableArray<string> inputs, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var run = Required<RunOutline>(header, RunName, vocabulary);
        if (run.Step < 0 || run.Epoch < 0 || run.MomentsSince < 0 || run.MomentsSince > run.Step || run.MomentCount is < 0 or > MaxMoments)
        {
            throw new FileFault(RunName,
                $"found step {run.Step}, epoch {run.Epoch}, {run.MomentCount} moments since step {run.MomentsSince}, expected numbers of 0 "
                    + $"or more, moments since no later step, and at most {MaxMoments} of them");
        }

        Require(RunName, () => run.Optimizer.Check());
        var recipe = header.Metadata.TryGetValue(RecipeName, out var text) ? vocabulary.Read<Recipe>(text, RecipeName) : null;
        if (recipe is not null)
        {
            Require(RecipeName, () => recipe.Optimizer.Check());
            if (recipe.BatchSize < 1)
            {
                throw new FileFault(RecipeName, $"found batches of {recipe.BatchSize}, expected 1 or more");
            }
        }

        var vectors = StoredVectors.Read<T>(
            stream,
            header,
            [.. LayoutsOf(network),
                .. Enumerable.Range(1, run.MomentCount).Select(i => ($"{StoredVectors.Moments}/{i}", network.ParameterLayout))],
            skips: null);
        return new TrainingState<T>
        {
            Model = new Model<T>(network, vectors[0], vectors[1]) { LabelNames = labels, InputNames = inputs },
            Optimizer = run.Optimizer,
            Moments = new Moments<T>(run.MomentKind, run.MomentsSince, [.. vectors[2..]]),
            Key = run.Key,
            Step = run.Step,
            Epoch = run.Epoch,
            Objective = run.Objective is { } loss ? loss : Option<Loss>.None,
            Training = run.Training,
            IsEpochEnd = run.IsEpochEnd ?? run.IsUsuallyEpochEnd,
            Validation = run.Validation is { } validation ? validation : Option<Metrics>.None,
            Divergence = run.Divergence is { } divergence ? divergence : Option<Divergence>.None,
            Stopped = run.Stopped is { } stopped ? stopped : Option<string>.None,
            Origin = recipe is null ? RecipeOrigin.Unknown : new RecipeOrigin(() => recipe),
        };
    }

    public static SortedDictionary<string, string> Texts<T>(Model<T> model, string content, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [StampName] = vocabulary.Write(new FileStamp(Version, LibraryVersion.Text, content)),
            [NetworkName] = vocabulary.Write(NetworkOutline.Of(model.Network)),
        };
        if (!model.LabelNames.IsEmpty)
        {
            texts.Add(LabelsName, vocabulary.Write(new LabelOutline(model.LabelNames)));
        }

        if (!model.InputNames.IsEmpty)
        {
            texts.Add(InputsName, vocabulary.Write(new LabelOutline(model.InputNames)));
        }

        return texts;
    }

    public static (SafeTensorsHeader Header, FileStamp Stamp, Network Network, ImmutableArray<string> Labels,
        ImmutableArray<string> Inputs) ReadHead(Stream stream, Vocabulary vocabulary)
    {
        var header = HeaderReader.Read(stream, stream.Length);
        if (!header.Metadata.TryGetValue(StampName, out var stampText))
        {
            throw new FileFault(
                "there is no network in this safetensors file, as another program wrote it: read its tensors with SafeTensorsFile.Read");
        }

        var stamp = vocabulary.Read<FileStamp>(stampText, StampName);
        if (stamp.Version != Version)
        {
            throw new FileFault(StampName,
                $"the file is of version {stamp.Version} of the format, written by FunctionalNN {stamp.Library}; this is FunctionalNN "
                    + $"{LibraryVersion.Text}, which reads version {Version}: "
                    + $"{(stamp.Version > Version ? "update it" : "there is no such version")}");
        }

        if (stamp.Content is not (ModelContent or StateContent or PipelineContent))
        {
            throw new FileFault(StampName, $"found the content \"{stamp.Content}\", expected \"{ModelContent}\", \"{StateContent}\" or "
                + $"\"{PipelineContent}\"");
        }

        if (header.Metadata.Keys.FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
        {
            throw new FileFault($"there is the unknown text \"{unknown}\" in the metadata, expected {string.Join(", ", Names)}");
        }

        var outline = Required<NetworkOutline>(header, NetworkName, vocabulary);
        var network =
            Built(NetworkName,
                () => outline.Image is { } image ? Network.Create(image, outline.Layers) : Network.Create(outline.Inputs, outline.Layers));
        var inputs = NamesIn(InputsName);
        return inputs.IsEmpty || inputs.Length == network.Inputs
            ? (header, stamp, network, NamesIn(LabelsName), inputs)
            : throw new FileFault(InputsName, $"found {inputs.Length} names, expected {network.Inputs}, one an input");

        ImmutableArray<string> NamesIn(string name) =>
            header.Metadata.TryGetValue(name, out var text) ? vocabulary.Read<LabelOutline>(text, name).Names : [];
    }

    private static (string, Layout)[] LayoutsOf(Network network) =>
        [(StoredVectors.Parameters, network.ParameterLayout), (StoredVectors.Statistics, network.StatisticLayout)];

    public static TValue Required<TValue>(SafeTensorsHeader header, string name, Vocabulary vocabulary)
        where TValue : notnull => header.Metadata.TryGetValue(name, out var text)
            ? vocabulary.Read<TValue>(text, name)
            : throw new FileFault($"there is no text \"{name}\" in the metadata");

    private static void Require(string place, Func<Validation<Error, Unit>> check) => Built(place, check);

    /// <summary>What is right in itself may be wrong together, and a check may stumble over a number that no one would write.</summary>
    public static TValue Built<TValue>(string place, Func<Validation<Error, TValue>> build)
    {
        try
        {
            return build()
                .Match(value => value, errors => throw new FileFault(place, string.Join("; ", errors.Map(error => error.Message))));
        }
        catch (Exception fault) when (fault is ArgumentException or ArithmeticException or InvalidOperationException
            or IndexOutOfRangeException)
        {
            throw new FileFault(place, fault.Message);
        }
    }
}
