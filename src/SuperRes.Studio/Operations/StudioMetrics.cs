using System.Collections.Concurrent;
using SuperRes.Studio.Jobs;

namespace SuperRes.Studio.Operations;

/// <summary>What the server counts, in Prometheus' text format.</summary>
internal sealed class StudioMetrics
{
    private static readonly double[] Buckets = [0.1, 0.3, 1, 3, 10, 30, 100, 300];

    private readonly ConcurrentDictionary<(string Method, int Status), long> _requests = new();
    private readonly long[] _jobs = new long[Enum.GetValues<JobState>().Length];
    private readonly long[] _jobSeconds = new long[Buckets.Length + 1];
    private readonly Lock _lock = new();
    private double _jobSecondsSum;
    private long _uploadedBytes;

    public void RequestEnded(string method, int status) => _requests.AddOrUpdate((Known(method), status), 1, (_, count) => count + 1);

    public void Uploaded(long bytes) => Interlocked.Add(ref _uploadedBytes, bytes);

    public void JobEnded(JobState state, TimeSpan time)
    {
        lock (_lock)
        {
            _jobs[(int)state]++;
            _jobSecondsSum += time.TotalSeconds;
            var bucket = Array.FindIndex(Buckets, bound => time.TotalSeconds <= bound);
            _jobSeconds[bucket < 0 ? Buckets.Length : bucket]++;
        }
    }

    /// <summary>Counts a job that never ran.</summary>
    public void WaitingJobCancelled()
    {
        lock (_lock)
        {
            _jobs[(int)JobState.Cancelled]++;
        }
    }

    /// <summary>The text that Prometheus reads.</summary>
    public string Write(int jobsWaiting, int images, long diskBytes)
    {
        var text = new PrometheusText();
        text.Family("superres_http_requests_total", "counter", "Requests answered.");
        foreach (var ((method, status), count) in _requests.OrderBy(pair => pair.Key.Method, StringComparer.Ordinal).ThenBy(pair => pair.Key.Status))
        {
            text.Sample($"superres_http_requests_total{{method=\"{method}\",status=\"{status}\"}}", count);
        }

        WriteJobs(text);
        text.Single("superres_jobs_waiting", "gauge", "Jobs in the queue.", jobsWaiting);
        text.Single("superres_images", "gauge", "Uploaded images kept.", images);
        text.Single("superres_disk_bytes", "gauge", "Bytes of uploads and results on the disk.", diskBytes);
        text.Single("superres_uploaded_bytes_total", "counter", "Bytes of accepted uploads.", Interlocked.Read(ref _uploadedBytes));
        text.Single("process_resident_memory_bytes", "gauge", "Memory of the process.", Environment.WorkingSet);
        text.Single("dotnet_gc_heap_bytes", "gauge", "Memory that the garbage collector manages.", GC.GetTotalMemory(forceFullCollection: false));
        return text.ToString();
    }

    private void WriteJobs(PrometheusText text)
    {
        lock (_lock)
        {
            text.Family("superres_jobs_total", "counter", "Jobs that are over, by how they ended.");
            foreach (var state in (JobState[])[JobState.Done, JobState.Failed, JobState.Cancelled])
            {
                text.Sample($"superres_jobs_total{{state=\"{state.ToString().ToLowerInvariant()}\"}}", _jobs[(int)state]);
            }

            text.Histogram("superres_job_seconds", "How long jobs ran.", Buckets, _jobSeconds, _jobSecondsSum);
        }
    }

    // A made-up method must not make a new series.
    private static string Known(string method) => method is "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH" ? method : "other";
}
