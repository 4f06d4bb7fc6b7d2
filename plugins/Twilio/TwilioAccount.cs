using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Playbook.Abstractions;

namespace Playbook.Twilio;

/// <summary>What Twilio answered to one request.</summary>
/// <param name="Body">The JSON that came with it; an undefined element where it was none.</param>
/// <param name="RetryAfter">How long it asks to be left alone; null where it does not say.</param>
internal sealed record TwilioAnswer(HttpStatusCode Status, JsonElement Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Twilio's own number for an error; 0 where it gave none.</summary>
    public int Code => Member("code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var number) ? number : 0;

    /// <summary>What went wrong, in its words.</summary>
    public string Message => this["message"] ?? $"HTTP {(int)Status}";

    public string? this[string name] => Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private JsonElement Member(string name) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var member) ? member : default;
}

/// <summary>The REST interface of one account.</summary>
internal sealed class TwilioAccount(TwilioSettings settings, HttpClient? http, TimeProvider clock)
{
    public const string Version = "2010-04-01";

    /// <summary>How far Twilio's clock and ours may be apart.</summary>
    public static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);

    /// <summary>For all that a look at the settings asks.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private const int MostPages = 20;

    public ValueTask<TwilioAnswer> Account(CancellationToken cancellationToken) => Ask(HttpMethod.Get, $"/{Version}/Accounts/{Sid}.json", null, cancellationToken);

    public ValueTask<TwilioAnswer> Get(string resource, CancellationToken cancellationToken) => Ask(HttpMethod.Get, Below(resource), null, cancellationToken);

    public ValueTask<TwilioAnswer> Post(string resource, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken) =>
        Ask(HttpMethod.Post, Below(resource), form, cancellationToken);

    /// <summary>A list, newest first, page after page, for as long as it is read.</summary>
    public async IAsyncEnumerable<JsonElement> List(string resource, string items, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = Below(resource);
        for (var page = 0; page < MostPages && next is not null; page++)
        {
            var answer = await Ask(HttpMethod.Get, next, null, cancellationToken);
            if (!answer.IsSuccess)
                throw Fault(answer);
            if (answer.Body.ValueKind == JsonValueKind.Object && answer.Body.TryGetProperty(items, out var list) && list.ValueKind == JsonValueKind.Array)
                foreach (var item in list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
                    yield return item;
            next = answer["next_page_uri"] is { Length: > 0 } path && path.StartsWith('/') ? path : null;
        }
    }

    /// <summary>Why the account cannot be used, in sentences; empty where it can. <paramref name="then"/> looks further where it can.</summary>
    public async ValueTask<IReadOnlyList<string>> Validate(Func<CancellationToken, ValueTask<IReadOnlyList<string>>> then, CancellationToken cancellationToken)
    {
        if (settings.Gaps().ToList() is { Count: > 0 } gaps)
            return gaps;
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await Account(either.Token);
            if (!answer.IsSuccess)
                return [Fault(answer).Message];
            return answer["status"] is { } status and not "active"
                ? [$"The account is {status}; open the Twilio console and see why."]
                : await then(either.Token);
        }
        catch (HttpRequestException fault)
        {
            return [$"{settings.Api.Host} cannot be reached: {fault.Message} Look at the network and at the address of the API."];
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return fault is TimeoutException or OperationCanceledException
                ? [$"{settings.Api.Host} did not answer in time; try again, and look at the network if it stays so."]
                : [$"{settings.Api.Host} could not be asked: {fault.Message}"];
        }
    }

    /// <summary>A fault of the account or the provider, for the host to try again later.</summary>
    public static HttpRequestException Fault(TwilioAnswer answer) => new(
        answer.Status switch
        {
            HttpStatusCode.Unauthorized => $"Twilio does not know this account SID with this token (HTTP 401: {answer.Message}); copy both again from the console.",
            HttpStatusCode.Forbidden => $"Twilio does not let this account do that (HTTP 403: {answer.Message}); look at the account's state and the key's rights in the console.",
            HttpStatusCode.NotFound => $"Twilio knows no such account or resource (HTTP 404: {answer.Message}); look at the account SID and the address of the API.",
            _ => $"Twilio answered HTTP {(int)answer.Status}: {answer.Message}",
        },
        inner: null,
        answer.Status);

    private string Sid => Uri.EscapeDataString(settings.AccountSid);

    private string Below(string resource) => $"/{Version}/Accounts/{Sid}/{resource}";

    private async ValueTask<TwilioAnswer> Ask(HttpMethod method, string path, IEnumerable<KeyValuePair<string, string>>? form, CancellationToken cancellationToken)
    {
        var client = http ?? throw new InvalidOperationException("The host gave this channel no HTTP client; this is a fault in Playbook, please report it.");
        using var request = new HttpRequestMessage(method, settings.Api.OriginalString.TrimEnd('/') + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
            settings.ApiKey.Length > 0 ? $"{settings.ApiKey}:{settings.ApiSecret}" : $"{settings.AccountSid}:{settings.AuthToken}")));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (form is not null)
            request.Content = new FormUrlEncodedContent(form);
        using var response = await client.SendAsync(request, cancellationToken);
        return new TwilioAnswer(response.StatusCode, Json(await response.Content.ReadAsStringAsync(cancellationToken)), RetryAfter(response.Headers.RetryAfter));
    }

    private static JsonElement Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default; // a proxy's page; the status says the rest
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wait is { } time && time < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>Twilio's dates, such as <c>Fri, 24 May 2019 17:44:46 +0000</c>.</summary>
    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
}
