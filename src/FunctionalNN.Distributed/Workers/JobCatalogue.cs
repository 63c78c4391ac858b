using System.Collections.Concurrent;

namespace FunctionalNN;

/// <summary>The jobs that a process can compute, by name.</summary>
internal sealed class JobCatalogue
{
    private readonly ConcurrentDictionary<string, Job> jobs;

    public JobCatalogue(IEnumerable<Job> jobs) => this.jobs = new(Job.Standard.Concat(jobs).ToDictionary(job => job.Name));

    /// <summary>Adds the job of a plan that this process begins.</summary>
    public void Add(Job job) => jobs[job.Name] = job;

    /// <exception cref="FormatException">The job is not known here, or is another.</exception>
    public Job Find(PlanOrder order)
    {
        if (!jobs.TryGetValue(order.Job, out var job))
        {
            throw new FormatException(
                $"the job \"{order.Job}\" is not known here: give it to ClusterSettings.Jobs of this process. Known are "
                    + $"{string.Join(", ", jobs.Keys.Order(StringComparer.Ordinal))}");
        }

        return job.Differs(order) is { } difference ? throw new FormatException(difference) : job;
    }
}
