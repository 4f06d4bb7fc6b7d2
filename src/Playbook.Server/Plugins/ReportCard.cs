using Playbook.Server.Plugins.Verification;

namespace Playbook.Server.Plugins;

/// <summary>What the contract suite found in a plugin folder.</summary>
internal sealed record ReportCard(string Plugin, string Version, IReadOnlyList<CheckResult> Results)
{
    private const string Loading = "It loads as the server would load it";

    /// <summary>Nothing failed. What was not checked is not known.</summary>
    public bool IsGood => Results.All(result => result.Verdict != Verdict.Failed);

    public int Count(Verdict verdict) => Results.Count(result => result.Verdict == verdict);

    public static async Task<ReportCard> Make(string folder)
    {
        PluginManifest? manifest = null;
        LoadedPlugin loaded;
        try
        {
            manifest = PluginManifest.Read(folder);
            loaded = await LoadedPlugin.Load(folder, manifest, new FenceLimits().Step);
        }
        catch (PluginException fault)
        {
            // Without it there is nothing to check.
            return new ReportCard(manifest?.Id ?? Path.GetFileName(folder), manifest?.Version ?? "", [new CheckResult(Loading, Verdict.Failed, fault.Message)]);
        }

        var results = new List<CheckResult> { new(Loading, Verdict.Passed, "") };
        foreach (var check in ContractChecks.All)
            results.Add(await check.Run(loaded.Plugin, manifest.Hosts));
        loaded.Unload();
        return new ReportCard(manifest.Id, manifest.Version, results);
    }
}
