using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Playbook.Server.Commands.Client;

/// <summary>How answers are shown to people and to programs.</summary>
internal static class Words
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Print(JsonNode answer) => Console.WriteLine(answer.ToJsonString(Readable));

    /// <summary>A line for people; the markup is ours, the values are taken as they are.</summary>
    public static void Say(FormattableString line) => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, line);

    public static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };

    /// <summary>A moment as people write it, UTC.</summary>
    public static string Time(JsonNode? node) =>
        DateTimeOffset.TryParse(Text(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime().ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : "";

    public static string Subject(JsonNode? subject) => subject is null ? "" : $"{Text(subject["kind"])} {Text(subject["id"])}";

    public static Table Table(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)) { NoWrap = column is "Run" or "Task" });
        return table;
    }

    public static void Row(Table table, params IEnumerable<string> cells) => table.AddRow([.. cells.Select(cell => new Text(cell))]);

    /// <summary><c>name=value</c> as a member; a value that is JSON keeps its type.</summary>
    public static JsonObject Pairs(IEnumerable<string> pairs)
    {
        var values = new JsonObject();
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new Host.HostException(ExitCodes.Usage, $"'{pair}' is not name=value. Write it as pain=\"too few leads\".");
            values[pair[..at].Trim()] = Value(pair[(at + 1)..]);
        }

        return values;
    }

    private static JsonNode? Value(string text)
    {
        // Only what cannot be meant as text: a phone number or a postcode must stay as it is written.
        if (text is "true" or "false" || text.StartsWith('{') || text.StartsWith('['))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return text;
            }
        }

        return text;
    }
}
