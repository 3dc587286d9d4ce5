using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Studio.Tests;

/// <summary>A folder of small networks with random weights, deleted at the end.</summary>
internal sealed class TestModels : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("superres-models-").FullName;

    public TestModels()
    {
        Save("espcn-x4", new EspcnOptions(Scale: 4));
        Save("tiny-cbam-x2", new EdsrOptions(Scale: 2, Blocks: 3, Features: 16, Attention: new CbamOptions(Reduction: 4)));
    }

    public ModelLibrary Library => new(_folder);

    public string Folder => _folder;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public void Save(string name, NetworkOptions options) => ModelFile.Save(Model.Initialize(options, seed: 1, name), Path.Combine(_folder, name + ModelFile.Extension));
}
