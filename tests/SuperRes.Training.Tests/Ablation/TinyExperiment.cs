using System.Globalization;
using SuperRes.Training.Ablation.Experiments;

namespace SuperRes.Training.Tests.Ablation;

/// <summary>An experiment on three small images whose runs take a moment each.</summary>
internal static class TinyExperiment
{
    public static string Json(TinyData data, int steps = 6, string more = "") => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "name": "tiny", // comments are allowed
          "networks": [{ "architecture": "espcn", "scale": 2, "features": 8 }],
          "variants": [{ "name": "none" }, { "name": "CBAM", "attention": { "reduction": 2 } }],
          "seeds": [1, 2],
          "budget": { "steps": {{steps}} },
          "training": {
            "data": { "train": [{ "path": "{{data.JsonFolder}}" }] },
            "batch": 2,
            "patches": [{ "size": 8 }],
            "validation": { "path": "{{data.JsonFolder}}", "every": 3, "first": 1, "samples": 0 },
            "checkpoints": { "every": 2 }
          },
          {{more}}
          "test": [{ "path": "{{data.JsonFolder}}", "name": "three", "first": 2 }],
        }
        """);

    public static Experiment Create(TinyData data, params string[] overrides) => ExperimentFile.Parse(Json(data), overrides);
}
