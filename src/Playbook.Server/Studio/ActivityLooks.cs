using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MudBlazor;
using Playbook.Abstractions;

namespace Playbook.Server.Studio;

/// <summary>
/// Icons and colours of activities for the canvas and the palette. Studio has those of Elsa's own activities built in and
/// takes none from a server, so its page is given styles for the others.
/// </summary>
internal static partial class ActivityLooks
{
    private static readonly ConcurrentDictionary<string, string?> Drawings = new(StringComparer.Ordinal);

    /// <summary>A style sheet for whatever is marked with an activity's type in <c>data-activity</c>.</summary>
    public static string Styles(IEnumerable<ActivityDescription> activities)
    {
        var styles = new StringBuilder();
        foreach (var activity in Looked(activities))
            styles.Append($"[data-activity=\"{activity.Type}\"]{{")
                .Append(activity.Color is { } color && ColorForm().IsMatch(color) ? $"--activity-color:{color};" : "")
                .Append($"--activity-icon:url(\"data:image/svg+xml,{Drawing(activity.Icon!)}\")}}");
        return styles.ToString();
    }

    /// <summary>
    /// The types with looks, and which of them is meant by a name in the palette; as JSON, with nothing in it that would
    /// end a script element.
    /// </summary>
    public static string Index(IEnumerable<ActivityDescription> activities)
    {
        var looked = Looked(activities).ToList();
        var names = looked.GroupBy(activity => activity.DisplayName, StringComparer.Ordinal).Where(named => named.Count() == 1);
        return JsonSerializer.Serialize(new { types = looked.Select(activity => activity.Type), names = names.ToDictionary(named => named.Key, named => named.Single().Type) });
    }

    /// <summary>The drawing of a Material icon by its public name, such as <c>mark_email_unread</c>, for use in an address; null where there is none.</summary>
    public static string? Drawing(string icon) => Drawings.GetOrAdd(icon, static name =>
    {
        var member = string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var found = typeof(Icons.Material.Filled).GetField(member.Length > 0 && char.IsDigit(member[0]) ? "_" + member : member);
        return found?.GetRawConstantValue() is string inside
            ? Uri.EscapeDataString($"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>{inside}</svg>")
            : null;
    });

    private static IEnumerable<ActivityDescription> Looked(IEnumerable<ActivityDescription> activities) => activities
        .Where(activity => activity.Icon is { } icon && Drawing(icon) is not null && TypeForm().IsMatch(activity.Type) && !activity.Type.StartsWith("Elsa.", StringComparison.Ordinal))
        .OrderBy(activity => activity.Type, StringComparer.Ordinal);

    // What comes from a plugin goes into a page: nothing but what is expected.
    [GeneratedRegex("^#[0-9A-Fa-f]{6}$")]
    private static partial Regex ColorForm();

    [GeneratedRegex(@"^[\w.-]{1,200}$", RegexOptions.ECMAScript)]
    private static partial Regex TypeForm();
}
