using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// The points of a run's curves in a room that does not grow: when it is full, every second one goes, and from then on only every second is
/// taken. The newest is always there. It is for one thread at a time.
/// </summary>
internal sealed class RunHistory(int room)
{
    private readonly List<RunPoint> points = new(room);
    private RunPoint newest;
    private long count;
    private long stride = 1;

    public void Add(RunPoint point)
    {
        newest = point;
        if (count++ % stride != 0)
        {
            return;
        }

        if (points.Count == room)
        {
            Halve();
            if ((count - 1) % stride != 0)
            {
                return;
            }
        }

        points.Add(point);
    }

    /// <summary>The points in order, the newest last.</summary>
    public ImmutableArray<RunPoint> Points => count == 0 || points[^1] == newest ? [.. points] : [.. points, newest];

    private void Halve()
    {
        for (var i = 0; i < points.Count / 2; i++)
        {
            points[i] = points[2 * i];
        }

        points.RemoveRange(points.Count / 2, points.Count - (points.Count / 2));
        stride *= 2;
    }
}
