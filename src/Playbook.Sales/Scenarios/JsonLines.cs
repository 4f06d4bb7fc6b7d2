using System.Text;
using System.Text.Json;

namespace Playbook.Sales.Scenarios;

/// <summary>Which line of a JSON text a place in it stands on, by path such as <c>steps/2/activity</c>.</summary>
internal sealed class JsonLines
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal) { [""] = 1 };

    public static JsonLines Of(string json)
    {
        var lines = new JsonLines();
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        var counted = 0;
        var line = 1;
        var path = new Stack<(string Path, int Item)>();
        var name = "";
        while (reader.Read())
        {
            for (; counted < reader.TokenStartIndex; counted++)
                if (bytes[counted] == '\n')
                    line++;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                path.Pop();
                continue;
            }

            var here = "";
            if (path.TryPop(out var above))
            {
                here = above.Item < 0 ? Join(above.Path, name) : Join(above.Path, above.Item.ToString(System.Globalization.CultureInfo.InvariantCulture));
                path.Push(above.Item < 0 ? above : (above.Path, above.Item + 1));
            }

            lines._lines[here] = line;
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                path.Push((here, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
        }

        return lines;
    }

    /// <summary>The line of the place, or of the nearest place around it.</summary>
    public int this[string path]
    {
        get
        {
            for (var at = path; ; at = at.LastIndexOf('/') is var slash and >= 0 ? at[..slash] : "")
                if (_lines.TryGetValue(at, out var line))
                    return line;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";
}
