using System.Text;
using LanguageExt;
using LanguageExt.Common;
using Xunit.Abstractions;
using static LanguageExt.Prelude;

namespace FunctionalNN.Tests;

/// <summary>Files made to the rules of their format and then damaged where the format has structure.</summary>
[Trait("Duration", "Long")]
public sealed class StructuredFuzzLaws(ITestOutputHelper output) : IDisposable
{
    private const string Hostile = "hostile";

    private static readonly CsvOptions[] Options =
    [
        new() { Label = ^1 }, new() { Label = ^1, HasHeader = false }, new() { Targets = [0], Missing = Missing.Mean },
        new() { Label = 0, Separator = ';', Missing = Missing.DropRow, MissingValues = ["NA", "?"] }, new() { Label = "c0" },
        new() { Label = ^1, DecimalMark = ',', ThousandsMark = '.', Units = ["€", "%"], Separator = ';' },
    ];

    /// <summary>In memory where the system has such a folder: there are very many files.</summary>
    private readonly string path = Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"FunctionalNN-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void CSV_tables() => output.WriteLine(new FuzzRun(1 << 21, 300).Of(CsvFiles.Of, ReadCsv, path));

    [Fact]
    public void IDX_arrays() => output.WriteLine(new FuzzRun(1 << 19, 40).Of(IdxFiles.Of, ReadIdx, path));

    [Fact]
    public void CIFAR_records() => output.WriteLine(new FuzzRun(1 << 19, 40).Of(
        key => key.Below(2, 0) == 0 ? IdxFiles.Records(key.Fold(1), 1, 10) : IdxFiles.Records(key.Fold(1), 2, 20), ReadRecords, path));

    [Fact]
    public void Safetensors_files() => output.WriteLine(new FuzzRun(1 << 16, 64).Of(SafeTensorsFiles.Of,
        (file, _) => [FileErrors.Guarded(Hostile, "read", () => SafeTensorsFile.Read(new MemoryStream(file.Bytes))).Map(content =>
        {
            Assert.Equal(content, InMemory.Tensors(InMemory.Bytes(content)));
            return unit;
        })], Hostile));

    [Fact]
    public void Descriptions_in_JSON()
    {
        object[] samples = [.. VocabularyLaws.Samples.Where(sample => sample is Layer or Loss or Optimizer or LearningRateSchedule)];
        var texts = samples.Select(Text).ToArray();
        output.WriteLine(new FuzzRun(1 << 17, 200).Of(
            key => JsonFiles.Of(texts[key.Below(texts.Length, 0)], texts[key.Below(texts.Length, 1)], key.Fold(1)),
            (file, key) => [FileErrors.Guarded(Hostile, "read", () => Again(Encoding.UTF8.GetString(file.Bytes), key))], Hostile));
    }

    [Fact]
    public void Files_of_pipelines()
    {
        SafeTensors[] wholes = [.. PipelineFixtureTests.All.Select(one => InMemory.Tensors(InMemory.Bytes(one.Pipeline))),
            .. PipelineFuzz.Trained.Select(one => InMemory.Tensors(InMemory.Bytes(one)))];
        output.WriteLine(new FuzzRun(1 << 21, 400).Of(key => PipelineFiles.Of(wholes, key),
            (file, key) => [FileErrors.Guarded(Hostile, "read", () => PipelineFuzz.Used(file.Bytes, key))], Hostile));
    }

    [Fact]
    public void Weights_of_other_systems()
    {
        (Network Network, Dialect From, NumPyArchive Weights)[] wholes =
        [
            (OtherSystems.Torch, Dialect.PyTorch, OtherSystems.Archive("torch.npz")),
            (OtherSystems.Keras, Dialect.Keras, OtherSystems.Archive("keras_named.npz")),
            (OtherSystems.Keras, Dialect.Keras, OtherSystems.Archive("keras_positional.npz")),
        ];
        output.WriteLine(new FuzzRun(1 << 18, 100).Of(
            key => InterchangeFiles.Of(wholes[key.Below(wholes.Length, 0)].Weights, key.Fold(1)),
            (file, _) =>
            [
                FileErrors.Guarded(Hostile, "read", () => new NumPyArchiveReader(new MemoryStream(file.Bytes), Hostile, null).Read())
                    .Bind(archive => Imported(archive, wholes)),
            ],
            Hostile));
    }

    private static Either<Error, Unit> Imported(NumPyArchive archive, (Network Network, Dialect From, NumPyArchive Weights)[] wholes)
    {
        var whole = wholes[archive.Arrays.Any(pair => pair.Key.StartsWith("0.", StringComparison.Ordinal)) ? 0 : 1];
        return archive.ToModel(whole.Network, whole.From).Match(
            model =>
            {
                _ = model.Predict(Matrix.Zeros<float>(1, whole.Network.Inputs), Parallelism.None);
                return Right<Error, Unit>(unit);
            },
            faults => Left<Error, Unit>(Error.New($"{Hostile}: {string.Join("; ", faults.Take(9).Select(fault => fault.Message))}")));
    }

    private IEnumerable<Either<Error, Unit>> ReadCsv(FuzzFile file, Key key)
    {
        File.WriteAllBytes(path, file.Bytes);
        if (key.Below(8, 0) == 0)
        {
            yield return Csv.ReadBytes(path, new CsvOptions { Label = 0 }).Map(_ => unit);
            yield break;
        }

        var table = Csv.Read(path, Options[key.Below(2, 1) * key.Below(Options.Length, 2)]);
        yield return table.Map(one =>
        {
            Assert.Equal(one.Data.Inputs.Width, one.InputNames.Length);
            Assert.All(one.Data.Numbers(), x => Assert.True(float.IsFinite(x)));
            return unit;
        });
        foreach (var one in table.RightAsEnumerable())
        {
            yield return one.Encoding.Read(path).Map(again =>
            {
                Assert.Equal(StateBits.Of(one.Data), StateBits.Of(again.Data));
                return unit;
            });
        }
    }

    private IEnumerable<Either<Error, Unit>> ReadIdx(FuzzFile file, Key key)
    {
        File.WriteAllBytes(path, file.Bytes);
        yield return IdxFile.Read(path).Map(_ => unit);
        yield return IdxFile.ReadMatrix<float>(path).Map(matrix =>
        {
            Assert.True(matrix.Values.ToArray().All(float.IsFinite));
            return unit;
        });
        yield return StoredRows.OpenIdx<double>(path).Map(stored =>
        {
            using (stored)
            {
                stored.Gather([stored.Count - 1, 0], new double[2 * stored.Width]);
                return unit;
            }
        });
    }

    private IEnumerable<Either<Error, Unit>> ReadRecords(FuzzFile file, Key key)
    {
        File.WriteAllBytes(path, file.Bytes);
        yield return (key.Below(3, 0) switch
        {
            0 => Cifar10.Read([path]),
            1 => Cifar100.Read(path),
            _ => Cifar100.Read(path, groups: true),
        }).Map(data =>
        {
            Assert.Equal(data.Count * 3072, data.Numbers().Length);
            return unit;
        });
    }

    private static string Text(object sample) => sample switch
    {
        Layer layer => Vocabulary.Standard.Write(layer),
        Loss loss => Vocabulary.Standard.Write(loss),
        Optimizer optimizer => Vocabulary.Standard.Write(optimizer),
        _ => Vocabulary.Standard.Write((LearningRateSchedule)sample),
    };

    private static Unit Again(string text, Key key)
    {
        var found = text.Contains("layers", StringComparison.Ordinal) || key.Below(4, 0) == 0
            ? (object)Vocabulary.Standard.Read<Layer>(text, "layer")
            : key.Below(3, 1) switch
            {
                0 => Vocabulary.Standard.Read<Loss>(text, "loss"),
                1 => Vocabulary.Standard.Read<Optimizer>(text, "optimizer"),
                _ => Vocabulary.Standard.Read<LearningRateSchedule>(text, "schedule"),
            };
        Assert.Equal(Text(found), Text(found));
        return unit;
    }
}
