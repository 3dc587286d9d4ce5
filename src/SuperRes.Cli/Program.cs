using System.Runtime.InteropServices;
using SuperRes.Cli.CommandLine;

using var interrupt = new CancellationTokenSource();
using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopGently);
using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopGently);
using var sighup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, StopGently);
return await App.RunAsync(args, Terminal.OfProcess(), interrupt.Token).ConfigureAwait(false);

// The first signal lets the command clean up; a second one ends the process at once, as it would have without us.
void StopGently(PosixSignalContext signal)
{
    if (!interrupt.IsCancellationRequested)
    {
        signal.Cancel = true;
        interrupt.Cancel();
    }
}
