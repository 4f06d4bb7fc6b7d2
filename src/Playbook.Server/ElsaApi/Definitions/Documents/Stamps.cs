using System.Globalization;
using Microsoft.Net.Http.Headers;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>What a client began from: the time of the document that it loaded, in the document itself or as an ETag.</summary>
internal static class Stamps
{
    public static string ETag(DefinitionVersion version) => $"\"{version.DocumentAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>The stamp of <c>If-Match</c>, else that of the document; null where the client does not say.</summary>
    public static DateTimeOffset? Of(HttpRequest request, string? createdAt)
    {
        var match = request.Headers.IfMatch;
        if (match.Count > 0 && match != "*")
            return OfTag(match.ToString()) ?? throw new BadHttpRequestException($"If-Match is '{match}', which no definition ever had. Send the ETag that came with it.");
        // A definition that was just made up has the first moment of all.
        return DateTimeOffset.TryParse(createdAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamp) && stamp.Year > 1 ? stamp : null;
    }

    private static DateTimeOffset? OfTag(string text)
    {
        if (!EntityTagHeaderValue.TryParse(text, out var tag))
            return null;
        var value = tag.Tag.ToString().Trim('"');
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks)
            return new DateTimeOffset(ticks, TimeSpan.Zero);
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamp) ? stamp : null;
    }
}
