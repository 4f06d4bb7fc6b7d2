using Playbook.Abstractions;
using Playbook.Server.Plugins;

namespace Playbook.Server.Api.Channels;

internal sealed record ChannelList(IReadOnlyList<ChannelAnswer> Items);

/// <summary>A plugin as it is answered.</summary>
internal sealed record ChannelAnswer(string Id, PluginStatus Status, string? Reason, string? Cure)
{
    public string? Name { get; init; }
    public string? Text { get; init; }
    public string? Version { get; init; }
    public int? ContractVersion { get; init; }
    public required string Folder { get; init; }
    public required bool IsShipped { get; init; }
    public IReadOnlyList<string> Hosts { get; init; } = [];
    public bool? IsWell { get; init; }
    public string? Health { get; init; }

    /// <summary>The activities that it brings to the designer.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    public IReadOnlyList<SettingAnswer> Settings { get; init; } = [];

    public static ChannelAnswer Of(PluginReport report) => new(report.Key, report.Status, report.Reason, report.Cure)
    {
        Name = report.Description?.DisplayName,
        Text = report.Description?.Text,
        Version = report.Manifest?.Version,
        ContractVersion = report.Manifest?.ContractVersion,
        Folder = report.Folder,
        IsShipped = report.IsShipped,
        Hosts = report.Manifest?.Hosts ?? [],
        IsWell = report.Health?.IsWell,
        Health = report.Health?.Text,
        Actions = [.. (report.Description?.Actions ?? []).Select(action => Sales.Activities.ChannelSteps.TypeOf(report.Key, action.Name))],
        Settings = [.. (report.Description?.Settings ?? []).Select(setting => SettingAnswer.Of(setting, report.Settings))],
    };
}

/// <param name="IsSet">Whether it has a value.</param>
/// <param name="Value">The value; null where there is none or it is a secret.</param>
internal sealed record SettingAnswer(string Name, string Label, string Type, bool Required, bool IsSet, string? Value)
{
    public IReadOnlyList<string> Options { get; init; } = [];
    public string? Default { get; init; }
    public string? Help { get; init; }
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    public string? Pattern { get; init; }

    public static SettingAnswer Of(FormField field, IReadOnlyDictionary<string, string?> values) =>
        new(field.Name, field.Label, field.Type, field.Required, values.ContainsKey(field.Name), values.GetValueOrDefault(field.Name))
        {
            Options = field.Options,
            Default = field.Default,
            Help = field.Help,
            Min = field.Min,
            Max = field.Max,
            Pattern = field.Pattern,
        };
}
