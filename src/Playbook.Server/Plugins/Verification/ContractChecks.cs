namespace Playbook.Server.Plugins.Verification;

/// <summary>Everything that a channel plugin must do, in the order of the report card.</summary>
internal static class ContractChecks
{
    public static IReadOnlyList<ChannelCheck> All { get; } =
        [.. DescriptionChecks.All, .. SettingsChecks.All, .. SendingChecks.All, .. PermitChecks.All, .. FaultChecks.All, .. WebhookChecks.All, .. LifeChecks.All];
}
