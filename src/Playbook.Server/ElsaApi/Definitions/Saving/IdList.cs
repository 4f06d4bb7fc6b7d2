using System.Text.Json.Nodes;
using Playbook.Server.ElsaApi.Definitions.Documents;

namespace Playbook.Server.ElsaApi.Definitions.Saving;

/// <summary>The ids that a bulk action is for.</summary>
internal static class IdList
{
    private const int Most = 10_000;

    public static async Task<IReadOnlyList<string>> Read(HttpContext context, string name, CancellationToken cancellationToken)
    {
        var body = await Bodies.Read(context.Request, cancellationToken);
        var list = body.FirstOrDefault(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value as JsonArray
            ?? throw new DocumentException($"Name what is meant: {{\"{name}\": [\"…\"]}}.");
        if (list.Count > Most)
            throw new DocumentException($"'{name}' holds {list.Count} ids; at most {Most} are taken at once.");
        return [.. list.Select(item => Json.Text(item) ?? throw new DocumentException($"'{name}' must hold texts only.")).Distinct(StringComparer.Ordinal)];
    }
}
