using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
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

    /// <summary>The text that Prometheus reads.</summary>
    public string Write(int jobsWaiting, int images, long diskBytes)
    {
        var text = new StringBuilder();
        Family("superres_http_requests_total", "counter", "Requests answered.");
        foreach (var ((method, status), count) in _requests.OrderBy(pair => pair.Key.Method, StringComparer.Ordinal).ThenBy(pair => pair.Key.Status))
        {
            Sample($"superres_http_requests_total{{method=\"{method}\",status=\"{status}\"}}", count);
        }

        WriteJobs();
        Gauge("superres_jobs_waiting", "Jobs in the queue.", jobsWaiting);
        Gauge("superres_images", "Uploaded images kept.", images);
        Gauge("superres_disk_bytes", "Bytes of uploads and results on the disk.", diskBytes);
        Family("superres_uploaded_bytes_total", "counter", "Bytes of accepted uploads.");
        Sample("superres_uploaded_bytes_total", Interlocked.Read(ref _uploadedBytes));
        Gauge("process_resident_memory_bytes", "Memory of the process.", Environment.WorkingSet);
        Gauge("dotnet_gc_heap_bytes", "Memory that the garbage collector manages.", GC.GetTotalMemory(forceFullCollection: false));
        return text.ToString();

        void Family(string name, string type, string help) => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

        void Sample(string name, double value) => text.Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

        void Gauge(string name, string help, double value)
        {
            Family(name, "gauge", help);
            Sample(name, value);
        }

        void WriteJobs()
        {
            lock (_lock)
            {
                Family("superres_jobs_total", "counter", "Jobs that are over, by how they ended.");
                foreach (var state in (JobState[])[JobState.Done, JobState.Failed, JobState.Cancelled])
                {
                    Sample($"superres_jobs_total{{state=\"{state.ToString().ToLowerInvariant()}\"}}", _jobs[(int)state]);
                }

                Family("superres_job_seconds", "histogram", "How long jobs ran.");
                var sum = 0L;
                for (var i = 0; i <= Buckets.Length; i++)
                {
                    sum += _jobSeconds[i];
                    var bound = i == Buckets.Length ? "+Inf" : Buckets[i].ToString("R", CultureInfo.InvariantCulture);
                    Sample($"superres_job_seconds_bucket{{le=\"{bound}\"}}", sum);
                }

                Sample("superres_job_seconds_sum", _jobSecondsSum);
                Sample("superres_job_seconds_count", sum);
            }
        }
    }

    // A made-up method must not make a new series.
    private static string Known(string method) => method is "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH" ? method : "other";
}
