using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Letter.Batches;

namespace Playbook.Letter.Answers;

/// <summary>
/// What comes in on the channel's address: <c>c</c> and <c>c/CODE</c> where a reader answers, <c>used</c> where a landing page
/// of our own tells of a code by a signed POST, <c>print</c> where the batch is closed at once. Opening a page changes nothing:
/// mail and chat programs open links by themselves.
/// </summary>
internal sealed class AnswerPages(LetterSettings settings, LetterBook book, TimeProvider clock, Func<CancellationToken, Task<(Batch Batch, string Folder)?>> closeNow)
{
    public const string Signature = "X-Playbook-Signature";

    public async ValueTask<InboundAnswer> Answer(InboundRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var path = request.Path.Trim('/');
        var (first, rest) = path.Split('/', 2) is [var head, var tail] ? (head, tail) : (path, "");
        return (first, request.Method.ToUpperInvariant()) switch
        {
            ("c", "GET" or "HEAD") => Page(200, AnswerPage.Form(settings.Company, IsDanish(request), Shown(rest), wrong: null)),
            ("c", "POST") => await Answered(request, rest, cancellationToken),
            ("used", "POST") => await Used(request, cancellationToken),
            ("print", "GET" or "HEAD") when settings.PrintKey is not null => Page(200, AnswerPage.Print(settings.Company, Waiting(), null)),
            ("print", "POST") when settings.PrintKey is not null => await Print(request, cancellationToken),
            _ => InboundAnswer.NotHere,
        };
    }

    private async Task<InboundAnswer> Answered(InboundRequest request, string given, CancellationToken cancellationToken)
    {
        var form = FormBody.Read(request.Body);
        var danish = IsDanish(request);
        var typed = form.GetValueOrDefault("code") ?? given;
        if (!TrackingCode.TryRead(typed, out var code) || await book.FindByCode(code, cancellationToken) is not { } letter)
            return Page(404, AnswerPage.Form(settings.Company, danish, typed, "This is not a code of ours. Look at the letter again: nine letters and digits."));
        var events = Events(letter, form.GetValueOrDefault("answer"), form.GetValueOrDefault("text")?.Trim(), "tracking code");
        return events.Count == 0
            ? Page(400, AnswerPage.Form(settings.Company, danish, typed, "Please choose an answer, or write a few words."))
            : Page(200, AnswerPage.Thanks(settings.Company, danish, events.Any(come => come is ChannelEvent.Unsubscribed))) with { Events = events };
    }

    private async Task<InboundAnswer> Used(InboundRequest request, CancellationToken cancellationToken)
    {
        if (settings.WebhookSecret is not { } secret)
            return InboundAnswer.NotHere;
        var wanted = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span));
        var given = request.Headers.FirstOrDefault(header => string.Equals(header.Key, Signature, StringComparison.OrdinalIgnoreCase)).Value;
        if (given is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(wanted), Encoding.UTF8.GetBytes(given.Trim())))
            return InboundAnswer.NotSigned;
        CodeUsed? used;
        try
        {
            used = JsonSerializer.Deserialize<CodeUsed>(request.Body.Span, JsonSerializerOptions.Web);
        }
        catch (JsonException fault)
        {
            return new InboundAnswer(400, []) { Body = $"The body is not the JSON that is expected: {fault.Message} Send {{\"code\":\"…\",\"answer\":\"interested\",\"text\":\"…\"}}." };
        }
        if (!TrackingCode.TryRead(used?.Code, out var code) || await book.FindByCode(code, cancellationToken) is not { } letter)
            return new InboundAnswer(404, []) { Body = $"'{used?.Code}' is the code of no letter." };
        return InboundAnswer.Ok(Events(letter, used?.Answer ?? (string.IsNullOrWhiteSpace(used?.Text) ? "visited" : null), used?.Text?.Trim(), "tracking code"));
    }

    private async Task<InboundAnswer> Print(InboundRequest request, CancellationToken cancellationToken)
    {
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(FormBody.Read(request.Body).GetValueOrDefault("key") ?? ""));
        if (!CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(settings.PrintKey!))))
            return Page(401, AnswerPage.Print(settings.Company, Waiting(), "That is not the key. It stands in the settings of the letter channel."));
        var closed = await closeNow(cancellationToken);
        var message = closed is { } made ? $"Batch {made.Batch.Id} with {made.Batch.Letters.Count} letters is in {made.Folder}." : "No letter waits, so there is no batch to make.";
        return Page(200, AnswerPage.Print(settings.Company, Waiting(), message));
    }

    private List<ChannelEvent> Events(AcceptedLetter letter, string? answer, string? text, string matchedBy)
    {
        var now = clock.GetUtcNow();
        var events = new List<ChannelEvent>();
        if (answer == "stop")
            events.Add(new ChannelEvent.Unsubscribed($"{letter.Code}:stop", now, "No, and please send no more (answer to a letter)"));
        else if (answer is "interested" or "declined" or "visited")
            events.Add(new ChannelEvent.Answered($"{letter.Code}:{answer}", now, answer) { Data = new Dictionary<string, object?> { ["code"] = letter.Code } });
        // A form that was sent twice is one answer.
        if (!string.IsNullOrEmpty(text))
            events.Add(new ChannelEvent.Replied($"{letter.Code}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}", now, text));
        return [.. events.Select(come => come with { MessageKey = letter.Key, ProviderId = letter.Code, MatchedBy = matchedBy })];
    }

    private string Waiting() => book.State.Waiting is var count && count == 1 ? "1 letter waits for the next batch." : $"{count} letters wait for the next batch.";

    private bool IsDanish(InboundRequest request)
    {
        var languages = request.Headers.FirstOrDefault(header => string.Equals(header.Key, "Accept-Language", StringComparison.OrdinalIgnoreCase)).Value;
        return string.IsNullOrWhiteSpace(languages) ? settings.Language == "da" : languages.TrimStart().StartsWith("da", StringComparison.OrdinalIgnoreCase);
    }

    private static string Shown(string code) => TrackingCode.TryRead(code, out var read) ? TrackingCode.Shown(read) : "";

    private static InboundAnswer Page(int status, string html) => new(status, []) { Body = html, ContentType = "text/html; charset=utf-8" };

    private sealed record CodeUsed(string? Code, string? Answer, string? Text);
}
