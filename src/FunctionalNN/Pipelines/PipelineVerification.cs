using System.Numerics;

namespace FunctionalNN;

/// <content>Doing again what made a pipeline.</content>
public static partial class Pipeline
{
    /// <summary>Fits the columns anew on the training rows, trains anew by the recipe of the run, calibrates and tunes anew, and says
    /// whether all of it comes out the same, bit for bit.</summary>
    /// <param name="pipeline">A pipeline with the model of a state of its own
    /// <see cref="Pipeline{T}.Epochs(Table, Optimizer, int, int, Loss?, Parallelism?, Table?)"/>.</param>
    /// <param name="trainingRows">The rows it learned from.</param>
    /// <param name="heldOut">The rows given to Epochs as held out, if any were.</param>
    /// <param name="tunedOn">The rows that temperature and threshold were tuned on, where they were.</param>
    /// <param name="calibratedOn">The rows that the temperature was tuned on, where they are others than
    /// <paramref name="tunedOn"/>.</param>
    /// <param name="parallelism">All cores by default; the answer is the same.</param>
    public static Verification Verify<T>(this Pipeline<T> pipeline, Table trainingRows, Table? heldOut = null, Table? tunedOn = null,
        Table? calibratedOn = null, Parallelism? parallelism = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var encoding = pipeline.Encoding;
        var recipe = new TableRecipe
        {
            Columns = [.. encoding.Columns.Select(column => column.Column)],
            Interactions = encoding.Interactions,
            LeftOut = encoding.LeftOut,
            Target = pipeline.Target.Column,
        };
        return recipe.Fit(trainingRows).Match(
            fitted => !fitted.Equals(encoding)
                ? new Verification(false, "fitting the columns anew on these rows gave other numbers or categories"
                    + $"{(Differing(fitted, encoding) is { } name ? $": the first column that differs is \"{name}\"" : "")}")
                : Trained(pipeline, new Pipeline<T>(fitted, pipeline.Model), trainingRows, heldOut, parallelism) is var trained
                    && !trained.IsSame ? trained
                : Tuned(pipeline, trained, tunedOn, calibratedOn ?? tunedOn),
            faults => new Verification(false, string.Join("; ", faults.Map(fault => fault.Message))));
    }

    private static Verification Trained<T>(Pipeline<T> pipeline, Pipeline<T> fitted, Table trainingRows, Table? heldOut,
        Parallelism? parallelism)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (pipeline.Run is not { } run)
        {
            return new Verification(false,
                "the columns are the same; how the model came to be is not known: only With(state), of a state of "
                + "Epochs from a fresh pipeline, says it");
        }

        var trained = run.Verify(fitted.Encode(trainingRows), heldOut is null ? null : fitted.Encode(heldOut), parallelism: parallelism);
        return trained.IsSame ? new Verification(true, $"the columns are the same, and {trained.Reason}") : trained;
    }

    /// <summary>Temperature, then threshold, from the pipeline before it was tuned.</summary>
    private static Verification Tuned<T>(Pipeline<T> pipeline, Verification trained, Table? tunedOn, Table? calibratedOn)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        List<string> done = [trained.Reason];
        if (pipeline.CalibratedOn is { } rows)
        {
            if (Obstacle(pipeline, "temperature", rows, calibratedOn, nameof(calibratedOn)) is { } obstacle)
            {
                return obstacle;
            }

            var again = (pipeline with { Decision = Decision.Greatest, Temperature = 1 }).Calibrated(calibratedOn!).Temperature;
            if (again != pipeline.Temperature)
            {
                return new Verification(false,
                    $"calibrating anew gave the temperature {again:R}, the pipeline has {pipeline.Temperature:R}");
            }

            done.Add("calibrating anew gave the same temperature");
        }
        else if (pipeline.Temperature != 1)
        {
            done.Add("the temperature was set by hand");
        }

        if (pipeline.Decision.Tuning is { } tuning)
        {
            if (Obstacle(pipeline, "threshold", tuning.Rows, tunedOn, nameof(tunedOn)) is { } obstacle)
            {
                return obstacle;
            }

            var before = pipeline with { Decision = Decision.Greatest };
            var again = (tuning.Cost is { } cost ? before.WithThreshold(tunedOn!, cost) : before.WithThresholdForF1(tunedOn!)).Decision;
            if (again != pipeline.Decision)
            {
                return new Verification(false, $"tuning anew gave {again}, the pipeline has {pipeline.Decision}");
            }

            done.Add("tuning anew gave the same threshold");
        }
        else if (pipeline.Decision.Threshold is not null)
        {
            done.Add("the threshold was set by hand");
        }

        return new Verification(true, string.Join("; ", done));
    }

    private static Verification? Obstacle<T>(Pipeline<T> pipeline, string what, string rows, Table? given, string parameter)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        given is null
            ? new Verification(false, $"columns and model are the same; the {what} was tuned on rows that were not given: pass them as "
                + $"{parameter}")
        : pipeline.Encode(given).ContentHash is var hash && hash != rows
            ? new Verification(false,
                $"columns and model are the same; the rows for the {what} are others: their hash is {hash[..12]}…, it "
                + $"was tuned on {(rows.Length > 12 ? $"{rows[..12]}…" : rows)}")
        : null;

    private static string? Differing(TableEncoding left, TableEncoding right) =>
        left.Columns.Zip(right.Columns, (one, other) => one.Equals(other) ? null : one.Name).FirstOrDefault(name => name is not null);
}
