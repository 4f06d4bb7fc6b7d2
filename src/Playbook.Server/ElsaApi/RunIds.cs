using System.Globalization;

namespace Playbook.Server.ElsaApi;

/// <summary>Ids as Elsa's clients see them: texts that mean nothing to them.</summary>
internal static class RunIds
{
    /// <summary>A run's id, with or without its dashes; null where it is none.</summary>
    public static Guid? Parse(string? id) =>
        Guid.TryParseExact(id, "N", out var runId) || Guid.TryParseExact(id, "D", out runId) ? runId : null;

    public static string Of(Guid runId) => runId.ToString("N");

    /// <summary>An execution's id: its run's and its number; 0 is the run as a whole, which Elsa counts as an activity too.</summary>
    public static string OfExecution(Guid runId, int execution) => string.Create(CultureInfo.InvariantCulture, $"{runId:N}-{execution}");

    public static (Guid RunId, int Execution)? ParseExecution(string? id)
    {
        var dash = id?.LastIndexOf('-') ?? -1;
        return dash > 0 && Parse(id![..dash]) is { } runId && int.TryParse(id.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var execution)
            ? (runId, execution)
            : null;
    }
}
