using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;
using Playbook.Server.Host;
using Spectre.Console;

namespace Playbook.Server.Commands.Plugin;

/// <summary><c>playbook plugin …</c>: the channel plugins of a server, and checking one before it gets there.</summary>
internal static class PluginCommand
{
    private const string NotASandbox = "A plugin runs with all the rights of the account that runs Playbook. Install only those whose author you trust.";

    public static Command Build() => new("plugin", $"Lists channel plugins, sets them up, and checks them. {NotASandbox}")
    {
        new Command("list", "Lists the channel plugins with their status, why, and what to do").WithAction(List),
        Change("enable", "Turns a plugin on"),
        Change("disable", "Turns a plugin off; calls under way are finished first"),
        Change("reload", "Takes a plugin up anew from its folder, without a restart"),
        SettingsOf(),
        VerifyCommand.Build(),
        NewPluginCommand.Build(),
    };

    private static async Task<int> List(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var answer = await server.Get("/api/channels", cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(answer);
            return ExitCodes.Ok;
        }

        var table = Words.Table("Channel", "Name", "Version", "Status", "Health", "Why, and what to do");
        foreach (var channel in Items(answer["items"]))
            Words.Row(table, Words.Text(channel["id"]), Words.Text(channel["name"]), Words.Text(channel["version"]), Words.Text(channel["status"]), Words.Text(channel["health"]),
                $"{Words.Text(channel["reason"])} {Words.Text(channel["cure"])}".Trim());
        AnsiConsole.Write(table);
        return ExitCodes.Ok;
    }

    private static Command Change(string name, string text)
    {
        var id = new Argument<string?>("id") { Description = name == "reload" ? "The plugin; all, and new folders, where none is named" : "The plugin", Arity = name == "reload" ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne };
        return new Command(name, text) { id }.WithAction(async (server, parsed, cancellationToken) =>
        {
            if (parsed.GetValue(id) is { } one)
                return Tell(await server.Post($"/api/channels/{Uri.EscapeDataString(one)}/{name}", null, cancellationToken), parsed);
            await server.Post("/api/channels/reload", null, cancellationToken);
            return await List(server, parsed, cancellationToken);
        });
    }

    private static Command SettingsOf()
    {
        var id = new Argument<string>("id") { Description = "The plugin" };
        var set = new Option<string[]>("--set") { Description = "name=value; once for each setting. An empty value takes it away", DefaultValueFactory = _ => [] };
        var test = new Option<bool>("--test") { Description = "Try the settings for real; nothing is sent to anybody" };
        return new Command("settings", "Shows a plugin's settings (secrets never), changes them, or tries them") { id, set, test }.WithAction(async (server, parsed, cancellationToken) =>
        {
            var path = $"/api/channels/{Uri.EscapeDataString(parsed.GetValue(id)!)}";
            var values = Values(parsed.GetValue(set)!);
            var answer = values.Count > 0
                ? await server.Post($"{path}/settings", new JsonObject { ["settings"] = values }, cancellationToken)
                : await server.Get(path, cancellationToken);
            if (!parsed.GetValue(test))
                return Show(answer, parsed);
            var tried = await server.Post($"{path}/test", new JsonObject(), cancellationToken);
            foreach (var problem in Items(tried["problems"]))
                Words.Say($"[red]✗[/] {Words.Text(problem)}");
            if ((bool?)tried["works"] != true)
                return ExitCodes.Failure;
            Words.Say($"[green]✓[/] The settings work.");
            return ExitCodes.Ok;
        });
    }

    private static JsonObject Values(string[] pairs)
    {
        var values = new JsonObject();
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new HostException(ExitCodes.Usage, $"'{pair}' is not name=value. Write it as host=smtp.example.com.");
            values[pair[..at].Trim()] = pair[(at + 1)..] is { Length: > 0 } value ? value : null;
        }

        return values;
    }

    private static int Tell(JsonNode channel, ParseResult parsed)
    {
        if (parsed.GetValue(SharedOptions.Json))
            Words.Print(channel);
        else
            Words.Say($"{Words.Text(channel["id"])} is {Words.Text(channel["status"])}. {Words.Text(channel["reason"])} {Words.Text(channel["cure"])}");
        return ExitCodes.Ok;
    }

    private static int Show(JsonNode channel, ParseResult parsed)
    {
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(channel);
            return ExitCodes.Ok;
        }

        Tell(channel, parsed);
        var table = Words.Table("Setting", "What", "Value", "");
        foreach (var setting in Items(channel["settings"]))
            Words.Row(table, Words.Text(setting["name"]), Words.Text(setting["label"]), ValueOf(setting), (bool?)setting["required"] == true ? "required" : "");
        AnsiConsole.Write(table);
        return ExitCodes.Ok;
    }

    private static string ValueOf(JsonNode setting) => (bool?)setting["isSet"] != true
        ? setting["default"] is { } value ? $"({Words.Text(value)})" : ""
        : Words.Text(setting["type"]) == "secret" ? "kept secret" : Words.Text(setting["value"]);

    private static IEnumerable<JsonNode> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonNode>();
}
