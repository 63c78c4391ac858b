using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Xunit.Abstractions;

namespace FunctionalNN.Tests;

/// <summary>
/// Files changed at random. Each gives an error that names the file, or what was saved; never anything else, and never much memory. Half of
/// them get a new checksum after the change, as an attacker would make it, so that everything behind the checksum is tried too: what is
/// then read must be a state that can be used, and that is saved and read again as the same.
/// </summary>
/// <remarks>FUNCTIONALNN_FUZZ sets how many; FUNCTIONALNN_FUZZ_SEED where they begin.</remarks>
[Trait("Duration", "Long")]
public class HostileFileLaws(ITestOutputHelper output)
{
    private const int ByteFactor = 64;
    private const int Start = 100_000;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("FUNCTIONALNN_FUZZ"), out var count) ? count : 20_000;

    private static ulong Seed =>
        ulong.TryParse(Environment.GetEnvironmentVariable("FUNCTIONALNN_FUZZ_SEED"), out var seed) ? seed : (ulong)Environment.TickCount64;

    [Fact]
    public void A_changed_file_gives_an_error_or_what_was_saved()
    {
        var (states, files, seed) = (States(), new List<byte[]>(), Seed);
        files.AddRange(states.Select(InMemory.Bytes));
        var (errors, same, other, longest, most) = (0, 0, 0, TimeSpan.Zero, 0L);
        for (var i = 0; i < Count; i++)
        {
            var key = new Key(seed).Fold(i);
            var which = key.Below(files.Count, 0);
            var bytes = FileMutations.Apply(files[which], files[(which + 1) % files.Count], key.Fold(1));
            var isForged = key.Below(2, 2) == 0 && FileMutations.Forge(bytes);
            var what = $"file {i} of seed {seed}";
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            var answer = InMemory.State<float>(bytes);
            var (allocated, time) = (GC.GetAllocatedBytesForCurrentThread() - before, watch.Elapsed);
            longest = time > longest ? time : longest;
            most = Math.Max(most, allocated);
            Assert.True(allocated < Start + ((long)ByteFactor * bytes.Length),
                $"{what}: {allocated} bytes were allocated for a file of {bytes.Length}");
            answer.Match(
                Right: state =>
                {
                    if (states.Any(state.Equals))
                    {
                        same++;
                        return;
                    }

                    Assert.True(isForged, $"{what}: another state was read from a file with a wrong checksum");
                    Assert.True(state.Equals(InMemory.State<float>(InMemory.Bytes(state)).Good()), $"{what}: the state does not come back");
                    Assert.NotEmpty(state.ToString() + state.Model);
                    state.Model.Predict(Matrix.Create(2, state.Model.Network.Inputs, (row, column) => (float)(row + column)));
                    other++;
                },
                Left: error =>
                {
                    Assert.Matches("^memory.safetensors(, |: |).{12}", error.Message);
                    errors++;
                });
        }

        output.WriteLine(
            $"seed {seed}: {Count} files, {errors} errors, {same} as saved, {other} forged ones that are states; longest "
                + $"{longest.TotalMilliseconds:F1} ms, most memory {most} bytes, for files of about {files.Max(file => file.Length)}");
        Assert.True(errors > Count / 2 && other > 0);
    }

    [Fact]
    public void A_changed_file_of_tensors_gives_an_error_or_tensors()
    {
        var files = States().Select(InMemory.Bytes).ToArray();
        var seed = Seed;
        var (errors, tensors) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            var key = new Key(seed).Fold(-1 - i);
            var bytes = FileMutations.Apply(files[i % files.Length], files[(i + 1) % files.Length], key);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var answer = FileErrors.Guarded(InMemory.Path, "read", () => SafeTensorsFile.Read(new MemoryStream(bytes)));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < Start + ((long)ByteFactor * bytes.Length),
                $"file {i} of seed {seed}: {allocated} bytes were allocated for a file of {bytes.Length}");
            answer.Match(
                Right: content =>
                {
                    var isUnderChecksum = HeaderReader.Read(new MemoryStream(bytes), bytes.Length).Checksum >= 0;
                    Assert.True(!isUnderChecksum || files.Any(file => InMemory.Tensors(file).Equals(content)),
                        $"file {i} of seed {seed}: other tensors were read from a file with a wrong checksum");
                    tensors++;
                },
                Left: error =>
                {
                    Assert.Matches("^memory.safetensors, byte \\d+: .{12}", error.Message);
                    errors++;
                });
        }

        output.WriteLine($"seed {seed}: {Count} files, {errors} errors, {tensors} read");
    }

    /// <summary>Where the numbers are most of the file, memory is little more than the file.</summary>
    [Fact]
    public void A_large_file_takes_memory_in_proportion_to_its_size()
    {
        var file = InMemory.Bytes(new Network(64, [new Dense(500), new Dense(500)]).Initialize(1).Train(new Adam()));
        var seed = Seed;
        for (var i = 0; i < 200; i++)
        {
            var bytes = FileMutations.Apply(file, file, new Key(seed).Fold(i));
            FileMutations.Forge(bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = InMemory.State<float>(bytes);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < Start + (2L * bytes.Length),
                $"file {i} of seed {seed}: {allocated} bytes were allocated for a file of {bytes.Length}");
        }
    }

    /// <summary>Work that would grow faster than the file: a hang, if anything did.</summary>
    [Fact]
    public void Large_and_deep_descriptions_are_read_or_refused_in_proportion()
    {
        var relus = string.Join(',', Enumerable.Repeat("\"Relu\"", 100_000));
        Assert.Equal(100_000, Network(relus).Good().Network.Layers.Length);
        Assert.Equal(100_001, Network($"{relus},{{\"kind\":\"Sequence\",\"layers\":[{relus}]}}").Good().Network.Layers.Length);
        var nested = string.Concat(Enumerable.Repeat("{\"kind\":\"Residual\",\"layers\":[", 90)) + "\"Relu\""
            + string.Concat(Enumerable.Repeat("]}", 90));
        Assert.Single(Network(nested).Good().Network.Layers);
        Assert.Contains("not valid JSON", Network(string.Concat(Enumerable.Repeat("{\"kind\":\"Residual\",\"layers\":[", 50_000))).Fault(),
            StringComparison.Ordinal);
        Assert.Contains("make the network narrower", Network("{WIDE},{WIDE},{WIDE}").Fault(), StringComparison.Ordinal);
        Assert.StartsWith(InMemory.Path, Network("{DENSE},{DENSE},{DENSE},{DENSE},{DENSE}").Fault(), StringComparison.Ordinal);
    }

    private static LanguageExt.Either<LanguageExt.Common.Error, Model<float>> Network(string layers)
    {
        var content = InMemory.Tensors(InMemory.Bytes(new Network(2, [new Relu()]).Initialize(1)));
        var text =
            $"{{\"kind\":\"Network\",\"inputs\":2,\"layers\":["
                + layers.Replace("WIDE", Dense(40_000), StringComparison.Ordinal)
                    .Replace("DENSE", Dense(int.MaxValue), StringComparison.Ordinal)
                + "]}";
        return InMemory.Model<float>(InMemory.Bytes(new SafeTensors([], content.Metadata.SetItem("network", text))));
    }

    private static string Dense(int outputs) => Vocabulary.Standard.Write<Layer>(new Dense(outputs))[1..^1];

    /// <summary>Small runs that have everything a file can hold.</summary>
    private static TrainingState<float>[] States()
    {
        var data = Generate.Spiral(30, 3, seed: 1);
        var labelled = new DataSet<float>(data.Inputs, new ClassLabels(((ClassLabels)data.Targets).Values, 3, "a", "b", "c"));
        Network[] networks =
        [
            new(2, [new Dense(3), new Relu(), new Dense(3), new Softmax()]),
            new(2, [new Normalization(), new Dense(4) { WeightPenalty = Penalty.L2(1e-3), WeightConstraint = Constraint.MaxNorm(2) },
                new BatchNormalization(), new Residual(new Dense(4), new Tanh()), new Dropout(0.1), new Dense(3), new Softmax()]),
            new(2, [new Sequence(new PRelu(), new LayerNormalization()), new Dense(3), new Softmax()]),
        ];
        Optimizer[] optimizers =
        [
            new Adam(0.01),
            new Adam(new LinearWarmUp(0.1, 5).Then(5, new CosineDecay(0.1, 10))).ClipByGlobalNorm(1).AverageWeights()
                .ReduceOnPlateau() with { Metric = PlateauMetric.TrainingLoss },
            new Sgd(0.1) { Momentum = 0.9 },
        ];
        return
        [
            .. networks.Select((network, i) => network.Initialize(i).Train(optimizers[i], i)
                .Epochs(labelled.Shuffled(16), new CategoricalCrossEntropy()).Validate(labelled).Take(2).Last()),
            networks[0].Initialize(7).Train(new Sgd(0.1)),
        ];
    }
}

/// <summary>Changes of a safetensors file: any bytes, its lengths, and its JSON.</summary>
internal static class FileMutations
{
    public static readonly byte[] ChecksumName = [.. "FunctionalNN.sha256\":\""u8];

    private static readonly string[] Pieces =
    [
        "-1", "0", "1", "7", "2147483647", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "99999999999999999999999999", "1e999", "-1e-999", "0.5", "NaN",
        "null", "true", "{}", "[]", "\"\"", "\\\"", "\\u0000", "\\ud800", "[[[[[[[[", "{\"a\":{\"a\":", "\"F64\"", "\"BF16\"", "\"U8\"",
        "\"F33\"", "\"dtype\":", "\"shape\":", "\"data_offsets\":", "\"__metadata__\":", "[0,0]", "[1,1]", "[0,16]",
        "kind", "Relu", "Dense", "Sequence", "Adam", "Infinity", "PerSlot", "version", "training state", "parameters/", "moments/1/", ",",
        ":", "}", "]", " ", "\uFEFF", "ä",
    ];

    private static readonly string[] Numbers =
        ["0", "-0.0", "0.5", "-0.5", "1", "1e-300", "1e300", "1e9", "\\\"NaN\\\"", "\\\"Infinity\\\""];

    /// <summary>A changed copy.</summary>
    public static byte[] Apply(byte[] file, byte[] other, Key key)
    {
        var bytes = file.ToArray();
        for (var i = 0; i <= Math.Max(0, key.Below(6, 0) - 3); i++)
        {
            bytes = Once(bytes, other, key.Fold(i + 1));
        }

        return bytes;
    }

    /// <summary>Puts the right checksum into a file; false when there is no place for it.</summary>
    public static bool Forge(byte[] bytes)
    {
        var at = bytes.AsSpan().IndexOf(ChecksumName) + ChecksumName.Length;
        if (at < ChecksumName.Length || at + 64 > bytes.Length)
        {
            return false;
        }

        bytes.AsSpan(at, 64).Fill((byte)'0');
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes))).CopyTo(bytes, at);
        return true;
    }

    private static byte[] Once(byte[] bytes, byte[] other, Key key)
    {
        if (bytes.Length < 16)
        {
            return [.. bytes, .. other];
        }

        var header = (int)Math.Min(bytes.Length, 8 + BitConverter.ToUInt32(bytes));
        var (at, inHeader) = (key.Below(bytes.Length, 0), key.Below(Math.Max(1, header - 8), 1) + Math.Min(8, header));
        inHeader = Math.Min(inHeader, bytes.Length - 1);
        var length = key.Below(40, 2) + 1;
        switch (key.Below(24, 3))
        {
            case 0:
                bytes[at] ^= (byte)(1 << key.Below(8, 4));
                return bytes;
            case 1:
                bytes[inHeader] ^= (byte)(1 << key.Below(8, 4));
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                return [.. bytes, .. other[..key.Below(other.Length, 4)]];
            case 4:
                BitConverter.GetBytes(LengthOf(key, header, bytes.Length)).CopyTo(bytes, 0);
                return bytes;
            case 5:
                bytes[key.Below(8, 4)] = (byte)key.Below(256, 5);
                return bytes;
            case 6:
                return Resized(bytes, at, Math.Min(length, bytes.Length - at), []);
            case 7:
                return Resized(bytes, inHeader, 0, bytes.AsSpan(inHeader, Math.Min(length, bytes.Length - inHeader)).ToArray());
            case 8:
                return Resized(bytes, inHeader, 0, other.AsSpan(Math.Min(8 + key.Below(header, 4), other.Length - 1), 1).ToArray());
            case 9:
                return Resized(bytes, inHeader, key.Below(4, 4), Encoding.UTF8.GetBytes(Pieces[key.Below(Pieces.Length, 5)]));
            case 10:
                return Resized(bytes, inHeader, 0, [.. Enumerable.Repeat((byte)"[{ \"1"[key.Below(5, 4)], 1 << key.Below(12, 5))]);
            default:
                return Token(bytes, header, key);
        }
    }

    private static ulong LengthOf(Key key, int header, int total) => key.Below(6, 6) switch
    {
        0 => ulong.MaxValue,
        1 => (ulong)total,
        2 => (ulong)total - 8,
        3 => 1UL << key.Below(64, 7),
        4 => (ulong)(header - 9),
        _ => (ulong)(header - 7),
    };

    /// <summary>One number or word of the JSON becomes another, or is gone, or stands twice; mostly the length of the header is then put
    /// right.</summary>
    private static byte[] Token(byte[] bytes, int header, Key key)
    {
        var text = Encoding.Latin1.GetString(bytes, 8, Math.Max(0, header - 8));
        var tokens =
            System.Text.RegularExpressions.Regex.Matches(text, "-?[0-9][0-9.eE+-]*|[A-Za-z_][A-Za-z_0-9/. ]*|[\\[{][^\\[{}\\]]*[\\]}]");
        if (tokens.Count == 0)
        {
            return bytes;
        }

        var token = tokens[key.Below(tokens.Count, 7)];
        var replacement = key.Below(4, 8) switch
        {
            0 => Pieces[key.Below(Pieces.Length, 9)],
            1 => tokens[key.Below(tokens.Count, 9)].Value,
            2 => token.Value + token.Value,
            _ => long.TryParse(token.Value, out var number) ? (number + key.Below(5, 9) - 2).ToString(null, null)
                : double.TryParse(token.Value, out _) ? Numbers[key.Below(Numbers.Length, 9)]
                : "",
        };
        return Resized(bytes, 8 + token.Index, token.Length, Encoding.UTF8.GetBytes(replacement), isRight: key.Below(8, 10) > 0);
    }

    private static byte[] Resized(byte[] bytes, int at, int removed, byte[] added, bool isRight = true)
    {
        byte[] changed = [.. bytes.AsSpan(0, at), .. added, .. bytes.AsSpan(Math.Min(bytes.Length, at + removed))];
        var header = BitConverter.ToInt64(bytes);
        if (isRight && at >= 8 && changed.Length >= 8 && header > 0 && header < bytes.Length && at < header + 8)
        {
            BitConverter.GetBytes(header + changed.Length - bytes.Length).CopyTo(changed, 0);
        }

        return changed;
    }
}
