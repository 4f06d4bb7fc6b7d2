using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Engine.Definitions.Checks;
using Playbook.Sales.Reps;

namespace Playbook.Server.Definitions;

/// <summary>The names that a playbook may use besides its own.</summary>
public static class PlaybookNames
{
    /// <summary>The channels that a playbook can always name, whether their plugins are here or not.</summary>
    public static IReadOnlySet<string> Channels { get; } = new HashSet<string>(["email", "phone", "sms", "social", "letter", "calendar"], StringComparer.Ordinal);

    /// <summary>The roles that every playbook can name, and those that it brings itself.</summary>
    public static IReadOnlySet<string> Roles(PlaybookDefinition? definition) =>
        Role.All.Concat((definition?.PlaybookProperties?["roles"] as JsonArray ?? []).OfType<JsonValue>().Select(role => role.ToString())).ToHashSet(StringComparer.Ordinal);

    /// <param name="definition">The playbook that is checked; null where it does not compile.</param>
    /// <param name="scripts">Its scripts by name with language, without ending.</param>
    /// <param name="playbooks">The ids of the playbooks that it can start.</param>
    /// <param name="channels">The channels that are here.</param>
    public static KnownNames Known(PlaybookDefinition? definition, IReadOnlyDictionary<string, string> scripts, IReadOnlySet<string> playbooks, IEnumerable<string> channels) => new()
    {
        Scripts = scripts,
        Playbooks = playbooks,
        Channels = Channels.Concat(channels).ToHashSet(StringComparer.Ordinal),
        Roles = Roles(definition),
    };
}
