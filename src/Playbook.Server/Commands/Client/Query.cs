using System.Globalization;

namespace Playbook.Server.Commands.Client;

/// <summary>The query part of an address.</summary>
internal static class Query
{
    /// <summary>With its question mark; empty where nothing is asked.</summary>
    public static string Of(params IEnumerable<(string Name, string? Value)> parts)
    {
        var asked = string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return asked.Length == 0 ? "" : "?" + asked;
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
