using System.Net;
using System.Text;

namespace Playbook.Letter.Answers;

/// <summary>Reads what a form on a page of ours was sent with.</summary>
internal static class FormBody
{
    public static IReadOnlyDictionary<string, string> Read(ReadOnlyMemory<byte> body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.UTF8.GetString(body.Span).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            values[WebUtility.UrlDecode(at < 0 ? pair : pair[..at])] = at < 0 ? "" : WebUtility.UrlDecode(pair[(at + 1)..]);
        }
        return values;
    }
}
