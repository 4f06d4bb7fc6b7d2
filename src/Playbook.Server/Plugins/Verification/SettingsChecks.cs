namespace Playbook.Server.Plugins.Verification;

/// <summary>The settings form, and what the channel says to good and bad settings.</summary>
internal static class SettingsChecks
{
    public static IReadOnlyList<ChannelCheck> All { get; } =
    [
        new("Its settings can become a form", Form),
        new("Looking at good settings finds nothing and sends nothing", Good),
        new("Settings that lack something are answered with a sentence", Lacking),
    ];

    private static Task<string?> Form(CheckBench bench)
    {
        if (bench.Description.Settings.Count == 0)
            throw CheckEndedException.NotConcerned("It has no settings.");
        FieldSoundness.Need(bench.Description.Settings, "setting", allowSecret: true, outcomes: null);
        return Task.FromResult<string?>(null);
    }

    private static async Task<string?> Good(CheckBench bench)
    {
        var known = bench.Description.Settings.Select(setting => setting.Name).ToHashSet(StringComparer.Ordinal);
        if (bench.Trial.Settings.Keys.FirstOrDefault(name => !known.Contains(name)) is { } stranger)
            throw CheckEndedException.Failed($"The trial sets '{stranger}', which is none of the settings; nobody could set it in the form.");
        var problems = await bench.Open().Validate(CancellationToken.None);
        CheckBench.Need(problems.Count == 0, $"With the trial's settings it says: {string.Join(" ", problems)}");
        bench.NeedAccepted(0, "while the settings were looked at");
        return null;
    }

    private static async Task<string?> Lacking(CheckBench bench)
    {
        var required = bench.Description.Settings.Where(setting => setting is { Required: true, RequiredFor.Count: 0 }).ToList();
        if (required.Count == 0)
            throw CheckEndedException.NotConcerned("No setting is required.");
        foreach (var setting in required)
        {
            var settings = bench.Trial.Settings.Where(pair => pair.Key != setting.Name).ToDictionary(StringComparer.Ordinal);
            var said = await Say(bench, settings);
            CheckBench.Need(said.Count > 0 && said.All(sentence => !string.IsNullOrWhiteSpace(sentence)), $"Without the required setting '{setting.Name}' it finds nothing wrong.");
        }

        bench.NeedAccepted(0, "while settings were looked at");
        return null;
    }

    // Open may throw where the settings cannot be read at all; its message is what the operator reads.
    private static async Task<IReadOnlyList<string>> Say(CheckBench bench, Dictionary<string, string> settings)
    {
        Abstractions.IChannel channel;
        try
        {
            channel = bench.Open(settings);
        }
#pragma warning disable CA1031 // The contract allows any, as long as it says something.
        catch (Exception fault) when (fault is not CheckEndedException)
#pragma warning restore CA1031
        {
            CheckBench.Need(fault is not NullReferenceException and not KeyNotFoundException, $"Opened without a required setting it breaks with {fault.GetType().Name}, which helps nobody: {fault.Message}");
            return [fault.Message];
        }

        return await channel.Validate(CancellationToken.None);
    }
}
