using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;

namespace FunctionalNN;

/// <summary>All that the page shows at one moment, as JSON.</summary>
internal static class LivePage
{
    public static byte[] Of<T>(int run, TrainingState<T>? state, ImmutableArray<RunPoint> points, RunClock time, RunEnd? end,
        LivePictures<T> pictures)
        where T : unmanaged, IFloatingPointIeee754<T> => PlotJson.BytesOf(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("run", run);
        writer.WriteString("state", end is null ? state is null ? "waiting" : "running" : end.IsFault ? "failed" : "ended");
        writer.WriteString("reason", end?.Reason ?? "");
        Status(writer, state, time);
        var painted = state is null ? Painting.Empty : pictures.Of(state);
        writer.WriteString("problem", painted.Problem);
        Layers(writer, painted.Layers);
        writer.WriteStartArray("figures");
        foreach (var (name, figure) in points.IsEmpty
            ? painted.Figures
            : [.. LiveCurves.Of(points), .. painted.Figures, LiveCurves.Rate(points)])
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("title", figure.Title);
            writer.WriteString("note", figure.Note);
            writer.WritePropertyName("figure");
            writer.WriteRawValue(figure.ToJson(), skipInputValidation: true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Status<T>(Utf8JsonWriter writer, TrainingState<T>? state, RunClock time)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Number(writer, "epochs", time.Epochs);
        Number(writer, "elapsed", time.Elapsed.TotalSeconds);
        Number(writer, "left", time.Left?.TotalSeconds);
        Number(writer, "rowsPerSecond", time.RowsPerSecond);
        if (state is not null)
        {
            writer.WriteString("network", state.Model.Network.ToString());
            Number(writer, "epoch", state.Epoch);
            Number(writer, "step", state.Step);
            Number(writer, "rate", state.LearningRate);
            Metrics(writer, "training", state.Training);
            Metrics(writer, "validation", state.Validation.IfNone(default(Metrics)));
        }
    }

    private static void Metrics(Utf8JsonWriter writer, string name, Metrics metrics)
    {
        if (metrics.Rows > 0)
        {
            writer.WriteStartObject(name);
            Number(writer, "loss", metrics.Loss);
            Number(writer, "accuracy", metrics.Accuracy);
            writer.WriteEndObject();
        }
    }

    private static void Layers(Utf8JsonWriter writer, ImmutableArray<LayerVitals> layers)
    {
        writer.WriteStartArray("layers");
        foreach (var layer in layers)
        {
            writer.WriteStartObject();
            writer.WriteString("name", layer.Layer);
            Number(writer, "spread", layer.Spread);
            Number(writer, "dead", layer.Dead);
            Number(writer, "ratio", layer.GradientRatio);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        writer.WritePropertyName(name);
        PlotJson.Write(writer, value ?? double.NaN);
    }
}
