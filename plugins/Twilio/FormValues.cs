using System.Net;
using System.Text;

namespace Playbook.Twilio;

/// <summary>The values of an <c>application/x-www-form-urlencoded</c> body, in their order; a name may come twice.</summary>
internal sealed class FormValues(IReadOnlyList<KeyValuePair<string, string>> all)
{
    public static FormValues None { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, string>> All { get; } = all;

    /// <summary>The first value of the name; null where there is none or it is empty.</summary>
    public string? this[string name] => All.FirstOrDefault(value => value.Key == name).Value is { Length: > 0 } value ? value : null;

    public static FormValues Parse(ReadOnlySpan<byte> body) => new(
    [
        .. Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair =>
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            return at < 0
                ? KeyValuePair.Create(WebUtility.UrlDecode(pair), "")
                : KeyValuePair.Create(WebUtility.UrlDecode(pair[..at]), WebUtility.UrlDecode(pair[(at + 1)..]));
        }),
    ]);
}
