using System.Diagnostics.CodeAnalysis;
using System.Text;
using Playbook.Abstractions;
using Playbook.Once;

namespace Playbook.Twilio;

/// <summary>A request of Twilio's whose signature holds.</summary>
internal sealed record TwilioRequest(string Path, FormValues Form, IReadOnlyDictionary<string, string> Query, DateTimeOffset At)
{
    private const string Key = "k";

    /// <summary>The message that it is about, as <see cref="Address"/> wrote it into the address; null where it does not say.</summary>
    public string? MessageKey { get; } = Decode(Query.GetValueOrDefault(Key));

    /// <summary>Reads a request; an answer instead where it is not Twilio's.</summary>
    public static bool TryRead(
        InboundRequest request, TwilioSettings settings, Uri? publicUrl, TimeProvider clock,
        [NotNullWhen(true)] out TwilioRequest? read, [NotNullWhen(false)] out InboundAnswer? answer)
    {
        (read, answer) = (null, null);
        if (!request.Method.Equals("POST", StringComparison.OrdinalIgnoreCase))
        {
            answer = new InboundAnswer(405, []) { Body = "Set the webhook's method to HTTP POST." };
            return false;
        }

        var type = request.Headers.FirstOrDefault(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
        var form = type?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true ? FormValues.Parse(request.Body.Span) : FormValues.None;
        if (!TwilioSignature.Holds(settings.AuthToken, request, form, publicUrl))
        {
            answer = InboundAnswer.NotSigned;
            return false;
        }

        read = new TwilioRequest(request.Path.Trim('/'), form, request.Query, TwilioAccount.Date(form["Timestamp"]) ?? clock.GetUtcNow());
        return true;
    }

    /// <summary>An address of ours for Twilio to call, with the message's key in it: a report then finds its message though the answer was lost.</summary>
    public static string Address(Uri publicUrl, string path, string key)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(key)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"{new Uri(publicUrl, path).AbsoluteUri}?{Key}={text}";
    }

    /// <summary>A report says that Twilio has the message.</summary>
    public void Note(KeyJournal journal, string? sid)
    {
        if (MessageKey is { } key && sid is not null)
            journal.Accept(key, sid);
    }

    private static string? Decode(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var base64 = text.Replace('-', '+').Replace('_', '/');
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            return null; // signed, but not written by us: then it is found by the provider's id
        }
    }
}
