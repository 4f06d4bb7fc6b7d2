using MimeKit;
using Playbook.Abstractions;
using Playbook.Calendar.Bookings;
using Playbook.Calendar.Mail;

namespace Playbook.Calendar;

/// <summary>What is done over and over: telling the host of bookings, mailing their invitations, and reading what came back.</summary>
internal sealed class Rounds(CalendarSettings settings, BookingBook book, Mails mails, Postman postman, Mailbox? mailbox, ChannelSetup setup)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MailboxPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private string? _outFault;
    private string? _inFault;

    /// <summary>What keeps mails from going out or coming in; null for nothing.</summary>
    public string? Fault => _outFault ?? _inFault;

    public async Task Run(IInbox inbox, CancellationToken cancellationToken) =>
        await Task.WhenAll(
            Repeat(Pause, () => Out(inbox, cancellationToken), () => _outFault, cancellationToken),
            mailbox is null ? Task.CompletedTask : Repeat(MailboxPause, () => In(mailbox, inbox, cancellationToken), () => _inFault, cancellationToken));

    public async Task Once(IInbox inbox, CancellationToken cancellationToken)
    {
        await Out(inbox, cancellationToken);
        if (mailbox is not null)
            await In(mailbox, inbox, cancellationToken);
    }

    /// <summary>Waits longer after each fault in a row.</summary>
    private async Task Repeat(TimeSpan pause, Func<Task> round, Func<string?> fault, CancellationToken cancellationToken)
    {
        var wait = pause;
        while (true)
        {
            await round();
            wait = fault() is null ? pause : wait * 2 < LongestPause ? wait * 2 : LongestPause;
            await Task.Delay(wait, setup.Clock, cancellationToken);
        }
    }

    private async Task Out(IInbox inbox, CancellationToken cancellationToken)
    {
        // Told again even where the page's answer carried it: the host may have stopped before it stored it, and drops what it has.
        foreach (var come in await book.ToTell(cancellationToken))
        {
            await inbox.Take(come, cancellationToken);
            await book.Told(come.Id, cancellationToken);
        }
        try
        {
            foreach (var booking in await book.ToMail(mails.ChangeId, cancellationToken))
                await Mail(booking, inbox, cancellationToken);
            _outFault = null;
        }
        catch (Exception fault) when (MailFault.IsKnown(fault, cancellationToken))
        {
            Note(ref _outFault, MailFault.Say(fault, "SMTP", settings.Smtp));
        }
    }

    private async Task Mail(Booking booking, IInbox inbox, CancellationToken cancellationToken)
    {
        var rep = settings.Reps.FirstOrDefault(rep => rep.Email == booking.Rep) ?? settings.Reps[0] with { Email = booking.Rep, Name = booking.Rep };
        Uri? link = null;
        if (booking.OfferId is { } id && setup.PublicUrl is { } publicUrl && await book.FindOffer(id, cancellationToken) is { } offer)
            link = new Uri(publicUrl, "book/" + (await book.Link(cancellationToken)).Token(offer));
        switch (await postman.Deliver(mails.OfBooking(booking, rep, link), cancellationToken))
        {
            case SendResult.TryLater:
                return;
            case SendResult.Refused refused:
                await inbox.Take(new ChannelEvent.Bounced($"{booking.Uid}:{booking.Sequence}:refused", setup.Clock.GetUtcNow(), BounceKind.Hard, refused.Reason) { MessageKey = booking.Key, Address = booking.To }, cancellationToken);
                break;
        }
        await book.Mailed(mails.ChangeId(booking), cancellationToken);
    }

    private async Task In(Mailbox from, IInbox inbox, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (mail, mark) in from.New(await book.ReadUntil(cancellationToken), setup.Clock.GetUtcNow(), cancellationToken))
                await book.Read(mark, mail is null ? null : await Take(mail, inbox, cancellationToken), cancellationToken);
            _inFault = null;
        }
        catch (Exception fault) when (MailFault.IsKnown(fault, cancellationToken))
        {
            Note(ref _inFault, MailFault.Say(fault, "IMAP", settings.Imap!));
        }
    }

    /// <summary>Hands on what a mail says; gives the appointment as it is after it, where it changed.</summary>
    internal async Task<Booking?> Take(MimeMessage mail, IInbox inbox, CancellationToken cancellationToken)
    {
        Booking? changed = null;
        var replies = CalendarReply.In(mail);
        foreach (var reply in replies)
        {
            if (await book.Find(reply.Uid, cancellationToken) is not { } booking || IsOld(reply, booking))
                continue;
            await inbox.Take(Event(reply, booking), cancellationToken);
            changed = booking with { State = StateAfter(reply, booking), AnsweredAt = reply.Stamp ?? booking.AnsweredAt };
        }
        if (replies.Count == 0)
            await TakeOther(mail, inbox, cancellationToken);
        return changed;
    }

    private async Task TakeOther(MimeMessage mail, IInbox inbox, CancellationToken cancellationToken)
    {
        foreach (var (about, matchedBy) in AnswerMail.About(mail))
        {
            // Ours begin with the id of the message or of the appointment.
            if (await book.KeyOf(about.Split('.')[0], cancellationToken) is not { } key)
                continue;
            var at = setup.Clock.GetUtcNow() < mail.Date ? setup.Clock.GetUtcNow() : mail.Date.ToUniversalTime();
            if (AnswerMail.Read(mail, mail.MessageId ?? $"{about}:{mail.Date.ToUnixTimeSeconds()}", at) is { } come)
                await inbox.Take(come with { MessageKey = key, ProviderId = about, MatchedBy = matchedBy, Address = come is ChannelEvent.Bounced ? null : mail.From.Mailboxes.FirstOrDefault()?.Address }, cancellationToken);
            return;
        }
    }

    // A calendar that answers the time before the last move has not said anything about the new one.
    private static bool IsOld(CalendarReply reply, Booking booking) =>
        reply.Sequence < booking.Sequence || (reply.Stamp is { } stamp && booking.AnsweredAt is { } last && stamp < last) || booking.State == BookingState.Cancelled;

    private static BookingState StateAfter(CalendarReply reply, Booking booking) => reply.Answer switch
    {
        "accepted" => BookingState.Accepted,
        "declined" => BookingState.Declined,
        "tentative" => BookingState.Tentative,
        _ => booking.State,
    };

    private static ChannelEvent.Answered Event(CalendarReply reply, Booking booking)
    {
        var data = BookingBook.Facts(booking);
        if (reply.Proposed is { } proposed)
        {
            // What a run goes by is the time that they would have.
            data["planned"] = data["start"];
            data["start"] = proposed.Start;
            data["minutes"] = (long)(proposed.End - proposed.Start).TotalMinutes;
        }
        if (reply.Comment is { } comment)
            data["comment"] = comment;
        var at = reply.Stamp ?? booking.ChangedAt;
        return new ChannelEvent.Answered($"{booking.Uid}:{reply.Sequence}:{reply.Answer}:{at.ToUnixTimeSeconds()}", at, reply.Answer)
        {
            MessageKey = booking.Key,
            ProviderId = booking.Uid,
            Address = reply.Attendee,
            MatchedBy = "UID",
            Data = data,
        };
    }

    private void Note(ref string? kept, string fault)
    {
        if (kept != fault)
            setup.Log(fault);
        kept = fault;
    }
}
