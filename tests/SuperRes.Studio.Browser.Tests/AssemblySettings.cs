using SuperRes.Studio.Browser.Tests;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(StudioFixture))]

// One browser and one server, and all cores are theirs.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
