using System.Globalization;
using PdfSharp.Pdf.IO;
using Playbook.Abstractions;
using Playbook.Letter.Answers;
using Playbook.Letter.Batches;
using Playbook.Letter.Pages;

namespace Playbook.Letter;

/// <summary>Takes letters for the day's batch, closes the batch at its time, and hears of the codes that readers type.</summary>
internal sealed class LetterChannel : IChannel, IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    private readonly ChannelSetup _setup;
    private readonly LetterSettings _settings;
    private readonly IReadOnlyList<string> _problems;
    private readonly PrintFiles _files;
    private readonly LetterBook _book;
    private readonly CutOff _cutOff;
    private readonly AnswerPages _answers;

    public LetterChannel(ChannelSetup setup, Action<string>? reached = null)
    {
        _setup = setup;
        _settings = LetterSettings.Read(setup.Settings, out _problems);
        _files = new PrintFiles(_settings, setup.PublicUrl, _settings.BatchFolder ?? Path.Combine(setup.Folder, "print"));
        _book = new LetterBook(setup.Folder, _files.Write, reached);
        _cutOff = new CutOff(_settings.CutOff, _settings.Days, _settings.Zone);
        _answers = new AnswerPages(_settings, _book, setup.Clock, CloseNow);
    }

    public ChannelHealth Health
    {
        get
        {
            if (_problems.Count > 0)
                return new ChannelHealth(false, _problems[0]);
            var state = _book.State;
            var next = _cutOff.After(_setup.Clock.GetUtcNow()) is { } at ? TimeZoneInfo.ConvertTime(at, _settings.Zone).ToString("ddd HH:mm", CultureInfo.InvariantCulture) : "never";
            return new ChannelHealth(true, $"{state.Waiting} {(state.Waiting == 1 ? "letter waits" : "letters wait")} for the batch of {next}. "
                + (state.LastBatch is null ? "No batch has been made yet." : $"The last batch is {state.LastBatch}."));
        }
    }

    public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
    {
        var problems = _problems.ToList();
        foreach (var folder in new[] { _setup.Folder, _settings.BatchFolder }.OfType<string>().Where(Path.IsPathFullyQualified))
        {
            try
            {
                Directory.CreateDirectory(folder);
                var trial = Path.Combine(folder, ".trial");
                File.WriteAllText(trial, "");
                File.Delete(trial);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                problems.Add($"Letters cannot be written to {folder}: {fault.Message} Give the account that runs Playbook the right to write there, or name another folder.");
            }
        }
        return new(problems);
    }

    public async ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(permit);
        // Before the permit: what was accepted goes, and saying anything else after a crash would be untrue.
        if (await _book.Find(message.IdempotencyKey, cancellationToken) is { } known)
            return new SendResult.Accepted(known.Code);
        var now = _setup.Clock.GetUtcNow();
        if (permit.IdempotencyKey != message.IdempotencyKey)
            return new SendResult.Refused("The permit is for another message; this is a fault in Playbook, please report it.");
        if (permit.ValidUntil < now)
            return new SendResult.TryLater(TimeSpan.Zero, "The permit ran out before the letter was accepted; another is asked for.");
        if (_problems.Count > 0)
            return new SendResult.TryLater(TimeSpan.FromMinutes(15), "The letter channel's settings are not complete. " + _problems[0]);

        var letter = Compose(message, now, out var refusal);
        if (refusal is not null)
            return new SendResult.Refused(refusal);
        return new SendResult.Accepted((await _book.Accept(letter, cancellationToken)).Code);
    }

    public ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken) => _answers.Answer(request, cancellationToken);

    /// <summary>Closes the batch at its time each day. One that was missed while the server was down is closed at once.</summary>
    public async Task Listen(IInbox inbox, CancellationToken cancellationToken)
    {
        while (_problems.Count == 0)
        {
            await CloseDue(cancellationToken);
            var now = _setup.Clock.GetUtcNow();
            var wait = (_cutOff.After(now) ?? now + LongestSleep) - now;
            await Task.Delay(wait < LongestSleep ? wait : LongestSleep, _setup.Clock, cancellationToken);
        }
    }

    public void Dispose() => _book.Dispose();

    /// <summary>Closes what should have been closed by now.</summary>
    internal async Task<Batch?> CloseDue(CancellationToken cancellationToken)
    {
        var now = _setup.Clock.GetUtcNow();
        if (_cutOff.Before(now) is not { } due)
            return null;
        var batch = await _book.Close(_cutOff.DayOf(now), due, now, cancellationToken);
        if (batch is not null)
            _setup.Log($"Batch {batch.Id}: {batch.Letters.Count} letters to print in {_files.FolderOf(batch)}.");
        await _book.Forget(now - KeptFor, cancellationToken);
        return batch;
    }

    private async Task<(Batch Batch, string Folder)?> CloseNow(CancellationToken cancellationToken)
    {
        var now = _setup.Clock.GetUtcNow();
        return await _book.Close(_cutOff.DayOf(now), now, now, cancellationToken) is { } batch ? (batch, _files.FolderOf(batch)) : null;
    }

    private AcceptedLetter Compose(OutgoingMessage message, DateTimeOffset now, out string? refusal)
    {
        var address = PrintableText.Of(string.Join('\n', EnvelopeAddress.Lines(message.ToName, message.To, _settings.Country)));
        var text = PrintableText.Of(message.Text);
        var subject = message.Subject is null ? null : PrintableText.Of(message.Subject);
        var from = message.FromName is null ? null : PrintableText.Of(message.FromName);
        var language = message.Inputs.GetValueOrDefault("Language") as string is { Length: > 0 } asked ? asked : _settings.Language;
        var letter = new AcceptedLetter(message.IdempotencyKey, "", LetterSettings.Lines(address.Text), subject?.Text, text.Text, now)
        {
            FromName = from?.Text,
            Language = language.StartsWith("da", StringComparison.OrdinalIgnoreCase) ? "da" : "en",
            Enclosures = [.. message.Attachments.Select(attachment => attachment.Content.ToArray())],
        };
        var parts = new[] { address, text, subject, from }.OfType<PrintableText>().ToList();
        refusal = EnvelopeAddress.WhyNot(message.ToName, message.To)
            ?? WhyNotPrintable([.. parts.SelectMany(part => part.Missing).Distinct()])
            ?? WhyNotInWindow(letter)
            ?? message.Attachments.Select(WhyNotEnclosed).FirstOrDefault(why => why is not null);
        var dropped = parts.SelectMany(part => part.Dropped).Distinct().ToList();
        if (refusal is null && dropped.Count > 0)
            _setup.Log($"A letter is printed without {string.Join(' ', dropped)}: its font has no such symbols. Take them out of the script.");
        return letter;
    }

    private string? WhyNotInWindow(AcceptedLetter letter)
    {
        using var ruler = new Ruler();
        return new LetterLayout(_settings, _setup.PublicUrl, ruler).WhyNoAddress(letter.Address);
    }

    private static string? WhyNotPrintable(IReadOnlyList<string> missing) => missing.Count == 0
        ? null
        : $"The letter cannot be printed: its font has no {string.Join(' ', missing.Take(10))}. Write the address and the text in Latin, Greek or Cyrillic letters.";

    private static string? WhyNotEnclosed(Attachment attachment)
    {
        try
        {
            using var document = PdfReader.Open(new MemoryStream(attachment.Content.ToArray()), PdfDocumentOpenMode.Import);
            return document.PageCount > 0 ? null : $"'{attachment.Name}' has no pages. Enclose another file.";
        }
        // The reader throws several kinds for files that are no PDF, and for locked ones.
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return $"'{attachment.Name}' cannot be enclosed: {fault.Message} Only PDF files without a password can be printed with a letter.";
        }
    }
}
