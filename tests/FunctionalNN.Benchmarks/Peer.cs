using System.Diagnostics;
using System.Text.Json;

namespace FunctionalNN.Benchmarks;

/// <summary>A program that runs the same workloads, one variant of it.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="Command">The process for a workload with so many threads, or null where it has none.</param>
internal sealed record Peer(string Name, Func<Workload, int, ProcessStartInfo?> Command)
{
    private static readonly (string Script, string Variant)[] Scripts =
    [
        ("numpy", "default"), ("sklearn", "default"), ("torch", "module"), ("torch", "foreach"), ("torch", "script"), ("torch", "flat"),
        ("torch", "manual"),
    ];

    /// <summary>PyTorch's convolutions by our own script, and ONNX Runtime on networks for images in a process of ours.</summary>
    public static IEnumerable<Peer> OfImages(string python, string? data, int repeats, int? width)
    {
        string[] from = data is null ? [] : ["--data", data];
        foreach (var variant in new[] { "module", "channels_last", "script" })
        {
            yield return new Peer($"torch images {variant}", (workload, threads) => workload.Images is null ? null
                : Held(new ProcessStartInfo(python,
                    [Path.Combine(AppContext.BaseDirectory, "Peers", "peer_torch_images.py"), "--workload", workload.Name,
                        "--threads", $"{threads}", "--repeats", $"{repeats}", "--variant", variant, .. from,
                        .. width is null or 512
                            ? Array.Empty<string>()
                            : ["--blas-core", width == 256 ? "Haswell" : "Nehalem", "--aten", width == 256 ? "avx2" : "default"]]), width));
        }

        yield return new Peer("ONNX Runtime, images", (workload, threads) => workload.Images is null || !workload.IsInference ? null
            : new ProcessStartInfo(Environment.ProcessPath!,
                ["onnx", workload.Name, "--threads", $"{threads}", "--repeats", $"{repeats}", .. from]));
    }

    /// <summary>NumPy, scikit-learn and PyTorch, as Python scripts.</summary>
    public static IEnumerable<Peer> InPython(string folder, string python, string? data, int repeats, int? width) =>
        Scripts.Select(script =>
            new Peer(script.Variant == "default" ? script.Script : $"{script.Script} {script.Variant}", (workload, threads) =>
        {
            if (workload.Images is not null)
            {
                return null;
            }

            string[] named = script.Script == "torch" ? ["--variant", script.Variant] : [];
            string[] held = width is null or 512
                ? []
                : ["--blas-core", width == 256 ? "Haswell" : "Nehalem", "--aten", width == 256 ? "avx2" : "default"];
            string[] common =
                ["--workload", workload.Name, "--threads", $"{threads}", "--repeats", $"{repeats}",
                    .. data is null ? Array.Empty<string>() : ["--data", data]];
            return Held(new ProcessStartInfo(python, [Path.Combine(folder, $"peer_{script.Script}.py"), .. common, .. named, .. held]),
                width);
        }));

    /// <summary>TorchSharp and ONNX Runtime, from a folder with the built program.</summary>
    public static IEnumerable<Peer> InDotNet(string folder, string? data, int repeats, int? width)
    {
        var program = Path.Combine(folder, "bin", "Release", "net10.0", "peer_torchsharp.dll");
        foreach (var variant in new[] { "module", "manual", "onnx" })
        {
            yield return new Peer(variant == "onnx" ? "ONNX Runtime" : $"TorchSharp {variant}", (workload, threads) =>
            {
                if (workload.Images is not null || (variant == "onnx" && !workload.IsInference))
                {
                    return null;
                }

                string[] model = variant == "onnx" ? ["--model", Exported(workload)] : [];
                var start =
                    new ProcessStartInfo("dotnet",
                        [program, workload.Name, "--threads", $"{threads}", "--repeats", $"{repeats}", "--variant", variant, "--data",
                            data ?? "", .. model]);
                start.Environment["OMP_NUM_THREADS"] = start.Environment["MKL_NUM_THREADS"] = $"{threads}";
                var shim = Path.GetFullPath(Path.Combine(folder, "libshim.so"));
                if (File.Exists(shim))
                {
                    start.Environment["LD_PRELOAD"] = shim;
                }

                return Held(start, width);
            });
        }
    }

    /// <summary>Ours, held to a width by the runtime's switches.</summary>
    public static ProcessStartInfo Ours(Workload workload, int threads, string? data, int repeats, int? width)
    {
        var start =
            new ProcessStartInfo(Environment.ProcessPath!,
                ["workload", workload.Name, "--threads", $"{threads}", "--repeats", $"{repeats}",
                    .. data is null ? Array.Empty<string>() : ["--data", data]]);
        if (width is < 512)
        {
            start.Environment["DOTNET_EnableAVX512"] = "0";
        }

        if (width is < 256)
        {
            start.Environment["DOTNET_EnableAVX2"] = "0";
        }

        return start;
    }

    /// <summary>The median seconds and the metric that a process prints; null when it does not support the workload.</summary>
    public static (double Seconds, double Value)? Measure(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault(text => text.StartsWith('{'));
        process.WaitForExit();
        if (line is null)
        {
            return errors.Result.Contains("invalid choice", StringComparison.Ordinal) || process.ExitCode != 0
                ? null
                : throw new InvalidOperationException(errors.Result);
        }

        var result = JsonDocument.Parse(line).RootElement;
        return result.TryGetProperty("seconds_median", out var seconds) && !result.TryGetProperty("unsupported", out _)
            ? (seconds.GetDouble(), result.GetProperty("value").GetDouble())
            : null;
    }

    /// <summary>The libraries' own switches. NumPy's and PyTorch's BLAS are held by the scripts' option, as the scripts drop what the
    /// environment says.</summary>
    private static ProcessStartInfo Held(ProcessStartInfo start, int? width)
    {
        if (width is < 512)
        {
            start.Environment["ATEN_CPU_CAPABILITY"] = width == 256 ? "avx2" : "default";
            start.Environment["MKL_ENABLE_INSTRUCTIONS"] = width == 256 ? "AVX2" : "SSE4_2";
            start.Environment["ONEDNN_MAX_CPU_ISA"] = width == 256 ? "AVX2" : "SSE41";
            start.Environment["NPY_DISABLE_CPU_FEATURES"] = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL";
        }

        return start;
    }

    /// <summary>The workload's network as an ONNX file for this run.</summary>
    private static string Exported(Workload workload)
    {
        var file = Path.Combine(Path.GetTempPath(), $"functionalnn-{workload.Name}-{Environment.ProcessId}.onnx");
        if (!File.Exists(file))
        {
            workload.Network().Initialize(1).SaveOnnx(file).OrThrow();
        }

        return file;
    }
}
