using MimeKit;
using Playbook.Abstractions;
using Playbook.Calendar.Bookings;
using Playbook.Calendar.Hours;
using Playbook.Calendar.Mail;
using Playbook.Calendar.Pages;

namespace Playbook.Calendar;

/// <summary>Sends booking links and invitations, serves the booking page, and reads what calendars answer.</summary>
internal sealed class CalendarChannel : IChannel, IDisposable
{
    public const string OfferTimes = "OfferTimes";
    public const string Invite = "Invite";
    public const string CancelInvitation = "Cancel";

    private static readonly TimeSpan SettingsPause = TimeSpan.FromMinutes(15);

    private readonly ChannelSetup _setup;
    private readonly CalendarSettings _settings;
    private readonly IReadOnlyList<string> _problems;
    private readonly BookingBook _book;
    private readonly BusyFeeds _feeds;
    private readonly BookingPages _pages;
    private readonly Mails _mails;
    private readonly Postman _postman;
    private readonly Mailbox? _mailbox;
    private readonly Rounds _rounds;
    private readonly SemaphoreSlim _sending = new(1, 1);

    public CalendarChannel(ChannelSetup setup)
    {
        _setup = setup;
        _settings = CalendarSettings.Read(setup.Settings, out _problems);
        _book = new BookingBook(setup.Folder, new Availability(_settings.Rules), setup.Clock);
        _feeds = new BusyFeeds(setup.Http, setup.Folder, setup.Clock, setup.Log);
        _pages = new BookingPages(_settings, _book, _feeds, setup.Clock);
        _mails = new Mails(_settings);
        _postman = new Postman(_settings.Smtp);
        _mailbox = _settings.Imap is { } imap ? new Mailbox(imap, _settings.ImapFolder) : null;
        _rounds = new Rounds(_settings, _book, _mails, _postman, _mailbox, setup);
    }

    public ChannelHealth Health
    {
        get
        {
            if (_problems.Count > 0)
                return new ChannelHealth(false, _problems[0]);
            if (_rounds.Fault is { } fault)
                return new ChannelHealth(false, fault);
            if (_feeds.Unread is [var rep, ..])
                return new ChannelHealth(false, $"The calendar of {rep} has never been read, so they are not offered. Look at its address in the settings.");
            return new ChannelHealth(true, $"{_book.Ahead} {(_book.Ahead == 1 ? "appointment lies" : "appointments lie")} ahead.");
        }
    }

    public async ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
    {
        if (_problems.Count > 0)
            return _problems;
        var found = new List<string?> { await _postman.Try(cancellationToken) };
        if (_mailbox is not null)
            found.Add(await _mailbox.Try(cancellationToken));
        return [.. found.OfType<string>()];
    }

    public async ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(permit);
        // One at a time: the same message asked for twice at once must not go twice.
        await _sending.WaitAsync(cancellationToken);
        try
        {
            return await SendOne(message, permit, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    public ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _problems.Count > 0 ? new(InboundAnswer.NotHere) : _pages.Answer(request, cancellationToken);
    }

    public Task Listen(IInbox inbox, CancellationToken cancellationToken) =>
        _problems.Count > 0 ? Task.CompletedTask : _rounds.Run(inbox, cancellationToken);

    /// <summary>One round of what <see cref="Listen"/> does for ever.</summary>
    internal Task Round(IInbox inbox, CancellationToken cancellationToken) => _rounds.Once(inbox, cancellationToken);

    public void Dispose()
    {
        _book.Dispose();
        _sending.Dispose();
    }

    private async Task<SendResult> SendOne(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        // Before the permit: what went is gone, and saying anything else after a crash would be untrue.
        if (await _book.SentAs(message.IdempotencyKey, cancellationToken) is { } known)
            return new SendResult.Accepted(known);
        if (permit.IdempotencyKey != message.IdempotencyKey)
            return new SendResult.Refused("The permit is for another message; this is a fault in Playbook, please report it.");
        if (permit.ValidUntil < _setup.Clock.GetUtcNow())
            return new SendResult.TryLater(TimeSpan.Zero, "The permit ran out before the mail was sent; another is asked for.");
        if (_problems.Count > 0)
            return new SendResult.TryLater(SettingsPause, "The calendar channel's settings are not complete. " + _problems[0]);
        if (!MailboxAddress.TryParse(message.To, out var to) || !to.Address.Contains('@', StringComparison.Ordinal))
            return new SendResult.Refused($"'{message.To}' is not an e-mail address; correct the contact.");
        var wish = Wish.From(message, _settings);
        return wish.Problem is { } problem ? new SendResult.Refused(problem)
            : wish.Kind == OfferTimes ? await SendOffer(message, wish, to, cancellationToken)
            : await SendInvitation(message, wish, to, cancellationToken);
    }

    private async Task<SendResult> SendOffer(OutgoingMessage message, Wish wish, MailboxAddress to, CancellationToken cancellationToken)
    {
        if (_setup.PublicUrl is not { } publicUrl)
            return new SendResult.TryLater(SettingsPause, "Nobody outside could open the booking page: the server's public address is not set. Set it in the server's settings.");
        var id = BookingLink.IdOf(message.IdempotencyKey);
        var offer = await _book.FindOffer(id, cancellationToken) ?? new Offer(id, message.IdempotencyKey, to.Address, message.ToName, message.Subject ?? Words.Say("Choose a time", wish.Language), wish.Minutes, _setup.Clock.GetUtcNow().AddDays(_settings.LinkDays))
        {
            Rep = wish.Rep?.Email,
            Language = wish.Language,
            Zone = wish.Zone.Id,
            Place = wish.Place,
        };
        await _book.Keep(offer, cancellationToken);
        var link = new Uri(publicUrl, "book/" + (await _book.Link(cancellationToken)).Token(offer));
        var mail = _mails.OfOffer(offer, message.Text, message.FromName ?? _settings.Company, message.FromAddress, message.CreatedAt, link);
        return await Deliver(message, mail, _mails.OfferId(message.IdempotencyKey), cancellationToken);
    }

    private async Task<SendResult> SendInvitation(OutgoingMessage message, Wish wish, MailboxAddress to, CancellationToken cancellationToken)
    {
        var uid = wish.Of ?? $"{BookingLink.IdOf(message.IdempotencyKey)}@{_settings.Domain}";
        var known = await _book.Find(uid, cancellationToken);
        if (wish.Of is not null && known is null)
            return new SendResult.Refused($"There is no invitation '{wish.Of}' to change. Give the step the id that the earlier step gave.");
        var booking = known is { } earlier && earlier.Key == message.IdempotencyKey ? earlier : Change(known, message, wish, uid, to);
        if (known != booking)
            await _book.Keep(booking, cancellationToken);
        booking = (await _book.Find(uid, cancellationToken))!;
        var rep = _settings.Reps.FirstOrDefault(rep => rep.Email == booking.Rep) ?? wish.Rep ?? _settings.Reps[0];
        return await Deliver(message, _mails.OfBooking(booking, rep, link: null), uid, cancellationToken);
    }

    private Booking Change(Booking? known, OutgoingMessage message, Wish wish, string uid, MailboxAddress to)
    {
        if (wish.Kind == CancelInvitation)
            return known! with { Key = message.IdempotencyKey, Sequence = known.Sequence + 1, State = BookingState.Cancelled, Change = null, Text = message.Text };
        var rep = wish.Rep ?? (known is null ? null : _settings.Reps.FirstOrDefault(rep => rep.Email == known.Rep)) ?? _settings.Reps[0];
        return new Booking(uid, message.IdempotencyKey, rep.Email, wish.Start!.Value, wish.Minutes, to.Address, message.ToName, message.Subject ?? known?.Subject ?? Words.Say("Your appointment:", wish.Language).TrimEnd(':'))
        {
            Sequence = known is null ? 0 : known.Sequence + 1,
            OfferId = known?.OfferId,
            Place = wish.Place ?? known?.Place,
            Text = message.Text,
            Language = wish.Language,
        };
    }

    private async Task<SendResult> Deliver(OutgoingMessage message, MimeMessage mail, string providerId, CancellationToken cancellationToken)
    {
        if (await _postman.Deliver(mail, cancellationToken) is { } notNow)
            return notNow;
        await _book.Sent(new Sent(message.IdempotencyKey, providerId), mail.MessageId!, cancellationToken);
        return new SendResult.Accepted(providerId);
    }
}
