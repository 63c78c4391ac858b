using System.Collections.Immutable;
using LanguageExt;

namespace FunctionalNN;

/// <summary>Where on the curve of a range test a good rate lies.</summary>
internal static class LearningRateSuggestion
{
    /// <summary>The index of the middle of the longest falling subsequence, the first of a fall of two; none where nothing falls.</summary>
    public static Option<int> Valley(ImmutableArray<LearningRatePoint> curve)
    {
        // lengths[i]: of the longest falling subsequence that ends at i.
        var lengths = new int[curve.Length];
        var end = 0;
        for (var i = 0; i < curve.Length; i++)
        {
            lengths[i] = 1;
            for (var j = 0; j < i; j++)
            {
                if (curve[i].Smoothed < curve[j].Smoothed)
                {
                    lengths[i] = Math.Max(lengths[i], lengths[j] + 1);
                }
            }

            end = lengths[i] > lengths[end] ? i : end;
        }

        return curve.Length == 0 || lengths[end] == 1
            ? Option<int>.None
            : end - lengths[end] + Math.Max(1, (lengths[end] / 3) + (lengths[end] / 6));
    }
}
