using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Playbook.Abstractions;

namespace Playbook.Twilio;

/// <summary>
/// As much of Twilio as these channels use, made of code, for trials: signs in, takes messages and calls, lists them page by
/// page, and signs the requests that it makes.
/// </summary>
internal sealed class TrialTwilio(TimeProvider clock)
{
    public const string AccountSid = "AC00000000000000000000000000000001";
    public const string AuthToken = "0123456789abcdef0123456789abcdef";
    public const string Number = "+4570123456";

    private readonly Lock _lock = new();
    private readonly List<Dictionary<string, object?>> _messages = [];
    private readonly List<Dictionary<string, object?>> _calls = [];

    public static Dictionary<string, string> Settings => new() { ["account_sid"] = AccountSid, ["auth_token"] = AuthToken, ["from"] = Number };

    /// <summary>The forms of what it has taken, in order.</summary>
    public List<FormValues> Taken { get; } = [];

    /// <summary>What it answers instead of taking the next POST, by its form; null to take it.</summary>
    public Func<FormValues, (HttpStatusCode Status, int Code, string Message)?> Refuse { get; set; } = static _ => null;

    /// <summary>The state of the account.</summary>
    public string State { get; set; } = "active";

    public async Task<HttpResponseMessage> Answer(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsSignedIn(request.Headers.Authorization))
            return Error(HttpStatusCode.Unauthorized, 20003, "Authenticate");
        var url = request.RequestUri!;
        var below = $"/{TwilioAccount.Version}/Accounts/{AccountSid}";
        var query = FormValues.Parse(Encoding.UTF8.GetBytes(url.Query.TrimStart('?')));
        if (request.Method == HttpMethod.Post)
        {
            var form = FormValues.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            lock (_lock)
                return url.AbsolutePath == below + "/Messages.json" ? Take(form, _messages, "SM", ("body", form["Body"]), ("status", "queued"))
                    : url.AbsolutePath == below + "/Calls.json" ? Take(form, _calls, "CA", ("status", "queued"))
                    : NotFound();
        }

        lock (_lock)
            return url.AbsolutePath == below + ".json" ? Json(HttpStatusCode.OK, new Dictionary<string, object?> { ["sid"] = AccountSid, ["status"] = State })
                : url.AbsolutePath == below + "/Messages.json" ? Page(url, query, "messages", _messages)
                : url.AbsolutePath == below + "/Calls.json" ? Page(url, query, "calls", _calls)
                : url.AbsolutePath == below + "/IncomingPhoneNumbers.json" ? Numbers(query["PhoneNumber"] == Number)
                : url.AbsolutePath == below + "/OutgoingCallerIds.json" ? Json(HttpStatusCode.OK, new Dictionary<string, object?> { ["outgoing_caller_ids"] = Array.Empty<object>() })
                : NotFound();
    }

    /// <summary>A text that a contact writes to the account's number, in the list.</summary>
    public string Receive(string from, string text)
    {
        lock (_lock)
        {
            var item = Item("SM", from, Number, "inbound", ("body", text), ("status", "received"));
            _messages.Add(item);
            return (string)item["sid"]!;
        }
    }

    /// <summary>What becomes of a message, in the list.</summary>
    public void Report(string sid, string status, int? errorCode = null)
    {
        lock (_lock)
        {
            var item = _messages.Concat(_calls).Single(item => (string)item["sid"]! == sid);
            (item["status"], item["error_code"]) = (status, errorCode);
        }
    }

    /// <summary>A request as Twilio makes and signs it.</summary>
    /// <param name="url">The address that was given to it.</param>
    public static InboundRequest Request(Uri url, string channelPath, params ReadOnlySpan<(string Name, string Value)> form)
    {
        var values = form.ToArray().Select(value => KeyValuePair.Create(value.Name, value.Value)).ToList();
        var body = Encoding.UTF8.GetBytes(string.Join('&', values.Select(value => $"{Uri.EscapeDataString(value.Key)}={Uri.EscapeDataString(value.Value)}")));
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8",
            [TwilioSignature.Header] = TwilioSignature.Of(AuthToken, url.AbsoluteUri, new FormValues(values)),
        };
        return new InboundRequest("POST", channelPath, headers, body)
        {
            Url = url,
            Query = FormValues.Parse(Encoding.UTF8.GetBytes(url.Query.TrimStart('?'))).All.ToDictionary(value => value.Key, value => value.Value),
        };
    }

    /// <summary>The same request as somebody else would make it: without a signature, with a wrong one, with another body, to another address.</summary>
    public static IReadOnlyList<InboundRequest> Forge(InboundRequest request)
    {
        var unsigned = request.Headers.Where(header => header.Key != TwilioSignature.Header).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var wrong = new Dictionary<string, string>(unsigned, StringComparer.OrdinalIgnoreCase) { [TwilioSignature.Header] = Convert.ToBase64String(SHA256.HashData(request.Body.Span)[..20]) };
        return
        [
            request with { Headers = unsigned },
            request with { Headers = wrong },
            request with { Body = new ReadOnlyMemory<byte>([.. request.Body.Span, .. "&More=1"u8]) },
            request with { Url = new Uri($"{request.Url}{(request.Url!.Query.Length > 0 ? "&" : "?")}forged=1") },
        ];
    }

    private static bool IsSignedIn(AuthenticationHeaderValue? header) =>
        header is { Scheme: "Basic", Parameter: { } parameter } && Encoding.UTF8.GetString(Convert.FromBase64String(parameter)) == $"{AccountSid}:{AuthToken}";

    private HttpResponseMessage Take(FormValues form, List<Dictionary<string, object?>> list, string prefix, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        if (Refuse(form) is var (status, code, message))
            return Error(status, code, message);
        if (form["To"] is not { } to)
            return Error(HttpStatusCode.BadRequest, 21604, "A 'To' phone number is required.");
        var item = Item(prefix, form["From"] ?? form["MessagingServiceSid"] ?? "", to, "outbound-api", more);
        list.Add(item);
        Taken.Add(form);
        return Json(HttpStatusCode.Created, item);
    }

    private Dictionary<string, object?> Item(string prefix, string from, string to, string direction, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var now = clock.GetUtcNow();
        var item = new Dictionary<string, object?>
        {
            ["sid"] = prefix + Guid.CreateVersion7(now).ToString("N"),
            ["account_sid"] = AccountSid,
            ["from"] = from,
            ["to"] = to,
            ["direction"] = direction,
            ["date_created"] = now.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture),
            ["error_code"] = null,
        };
        foreach (var (name, value) in more)
            item[name] = value;
        return item;
    }

    private static HttpResponseMessage Page(Uri url, FormValues query, string name, List<Dictionary<string, object?>> list)
    {
        var size = int.Parse(query["PageSize"] ?? "50", CultureInfo.InvariantCulture);
        var page = int.Parse(query["Page"] ?? "0", CultureInfo.InvariantCulture);
        var all = list.AsEnumerable().Reverse().Where(item => query["To"] is not { } to || (string?)item["to"] == to).Where(item => query["From"] is not { } from || (string?)item["from"] == from).ToList();
        var rest = string.Join('&', query.All.Where(value => value.Key != "Page").Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}"));
        return Json(HttpStatusCode.OK, new Dictionary<string, object?>
        {
            [name] = all.Skip(page * size).Take(size),
            ["next_page_uri"] = (page + 1) * size < all.Count ? $"{url.AbsolutePath}?{rest}&Page={page + 1}" : null,
        });
    }

    private static HttpResponseMessage Numbers(bool isOwn) => Json(HttpStatusCode.OK, new Dictionary<string, object?>
    {
        ["incoming_phone_numbers"] = isOwn ? new object[] { new { phone_number = Number, capabilities = new { sms = true, voice = true } } } : [],
    });

    private static HttpResponseMessage NotFound() => Error(HttpStatusCode.NotFound, 20404, "The requested resource was not found");

    private static HttpResponseMessage Error(HttpStatusCode status, int code, string message) =>
        Json(status, new Dictionary<string, object?> { ["code"] = code, ["message"] = message, ["status"] = (int)status });

    private static HttpResponseMessage Json(HttpStatusCode status, Dictionary<string, object?> body) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
}
