using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using static Playbook.Sales.Recipes.RecipeWords;

namespace Playbook.Sales.Recipes;

/// <summary>How a step is done, in sentences.</summary>
internal static class RecipeLines
{
    public static string? Who(ActivityNode node) => node.Type switch
    {
        "Playbook.HandOver" => Given(node, "FromRole") is { } from && Given(node, "ToRole") is { } to ? $"{Role(from)}, to {Role(to)}" : Given(node, "ToRole") is { } only ? Role(only) : null,
        _ => Given(node, "Role") is { } role ? Role(role) : null,
    };

    public static IReadOnlyList<string> Of(ActivityNode node)
    {
        var lines = new List<string?> { About(node) };
        lines.AddRange(node.Type switch
        {
            "Playbook.GuidedStep" or "Playbook.BookAppointment" => Person(node),
            "Playbook.SendMessage" => [Sends(node)],
            "Playbook.WaitForReply" => [Time(node, "TimeLimit") is { } limit ? $"Wait up to {limit} for a reply." : "Wait for a reply."],
            "Playbook.WaitUntil" => [Waits(node)],
            "Elsa.Delay" => [Time(node, "TimeSpan") is { } time ? $"Wait {time}." : "Wait."],
            "Elsa.StartAt" or "Elsa.Timer" or "Elsa.Cron" => ["Wait for the time that is set."],
            "Elsa.Event" => [Given(node, "EventName") is { } name ? $"Wait until this happens: {Plain(name)}." : "Wait until the event happens."],
            "Playbook.HandOver" => HandsOver(node),
            "Playbook.Qualify" => Weighs(node),
            "Playbook.Goal" => ["It is looked up by itself."],
            "Playbook.StartPlaybook" => [Starts(node)],
            "Playbook.Experiment" => ["By lot, so that both ways can be compared."],
            "Elsa.FlowDecision" or "Elsa.FlowSwitch" or "Elsa.If" or "Elsa.Switch" => About(node) is null ? ["It is looked up by itself."] : [],
            "Elsa.FlowFork" or "Elsa.Parallel" => ["From here on, several things go on at the same time."],
            _ => [],
        });
        return [.. lines.OfType<string>().Select(line => line.Trim()).Where(line => line.Length > 0).Distinct()];
    }

    public static string? DoneWhen(ActivityNode node) => Given(node, "DoneWhen")?.TrimEnd('.');

    private static IEnumerable<string?> Person(ActivityNode node)
    {
        if (Given(node, "Channel") is { } channel)
            yield return $"Do it {Channel(channel)}.";
        if (node.Type == "Playbook.BookAppointment" && Constant(node, "Minutes") is IConvertible minutes)
            yield return $"Offer {Convert.ToString(minutes, System.Globalization.CultureInfo.InvariantCulture)} minutes.";
        foreach (var line in Fields(node))
            yield return line;
        var businessHours = Constant(node, "BusinessHours") is true ? ", counted in business hours where they live" : "";
        if ((Time(node, "Due") ?? Time(node, "Within")) is { } due)
            yield return $"Do it within {due}{businessHours}.";
        if (Time(node, "EscalateAfter") is { } escalate)
            yield return $"If it is not done after {escalate}, the {Role(Given(node, "EscalateTo") ?? "manager")} takes over.";
    }

    private static IEnumerable<string> Fields(ActivityNode node)
    {
        var must = new List<string>();
        var may = new List<string>();
        foreach (var field in Objects(node, "Fields"))
        {
            var label = (Text(field["label"]) ?? Plain(Text(field["name"]) ?? "")).TrimEnd('.');
            var outcomes = (field["requiredFor"] as JsonArray ?? []).Select(Text).OfType<string>().ToList();
            if (outcomes.Count > 0)
                must.Add($"{label} (for {List(outcomes.Select(Quote), "or")})");
            else
                (field["required"] is JsonValue flag && flag.TryGetValue<bool>(out var isRequired) && isRequired ? must : may).Add(label);
        }

        if (must.Count > 0)
            yield return $"Write down: {string.Join("; ", must)}.";
        if (may.Count > 0)
            yield return $"If they say it, write down: {string.Join("; ", may)}.";
    }

    private static string Sends(ActivityNode node) =>
        $"It goes out by itself{(Given(node, "Channel") is { } channel ? $", {Channel(channel)}" : "")}, in the contact's language and only where we may write.";

    private static string Waits(ActivityNode node)
    {
        var what = new List<string>();
        var delay = Constant(node, "Delay") as TimeSpan?;
        if (IsGiven(node, "At"))
            what.Add(delay is { } moved && moved != TimeSpan.Zero ? $"until {Time(moved)} {(moved < TimeSpan.Zero ? "before" : "after")} the moment that is set" : "until the moment that is set");
        else if (delay is { } time && time != TimeSpan.Zero)
            what.Add(Time(time));
        else if (IsGiven(node, "Delay"))
            what.Add("as long as is set");
        if (Given(node, "Time") is { } clock)
            what.Add($"until {clock}");
        if (Constant(node, "Weekdays") is IEnumerable<object?> days && days.OfType<string>().ToList() is { Count: > 0 } named)
            what.Add($"on {List(named, "or")}");
        if (Constant(node, "BusinessHours") is true)
            what.Add("in business hours where they live");
        return what.Count == 0 ? "Wait." : $"Wait {string.Join(", ", what)}.";
    }

    private static IEnumerable<string?> HandsOver(ActivityNode node)
    {
        if (Labels(node, "Criteria") is { Count: > 0 } criteria)
            yield return $"Ready when: {string.Join("; ", criteria)}.";
        if (Constant(node, "Packet") is IEnumerable<object?> packet && packet.OfType<string>().Select(Plain).ToList() is { Count: > 0 } named)
            yield return $"What goes along: {string.Join(", ", named)}.";
        yield return $"The receiver accepts or returns it with a reason, within {Time(node, "AcceptWithin") ?? "1 day"}.";
    }

    private static IEnumerable<string?> Weighs(ActivityNode node)
    {
        if (Labels(node, "Criteria") is { Count: > 0 } criteria)
            yield return $"What counts: {string.Join("; ", criteria)}.";
    }

    private static string? Starts(ActivityNode node) => Given(node, "Playbook") is { } playbook
        ? Given(node, "Mode") == "Beside" ? $"The playbook {Quote(Plain(playbook))} begins beside this one, with all that we know." : $"Go on in the playbook {Quote(Plain(playbook))}, with all that we know."
        : null;

    private static List<string> Labels(ActivityNode node, string input) =>
        [.. Objects(node, input).Select(one => Text(one["label"]) + (one["required"] is JsonValue flag && flag.TryGetValue<bool>(out var isMust) && isMust ? " (a must)" : "")).Where(label => label.Length > 0)];
}
