using System.Security.Cryptography;
using NodaTime;
using Playbook.Abstractions;
using Playbook.Calendar.Hours;

namespace Playbook.Calendar.Bookings;

/// <summary>
/// Offers and appointments. One change at a time, and each is on disk before anybody hears of it, so that no time is given
/// twice whatever happens. What has still to be mailed and told is known after a restart.
/// </summary>
internal sealed class BookingBook(string folder, Availability availability, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, Offer> _offers = [];
    private readonly Dictionary<string, Booking> _bookings = [];
    private readonly Dictionary<string, ChannelEvent> _untold = [];
    private readonly HashSet<string> _mailed = [];
    private readonly Dictionary<string, string> _sent = [];
    private Journal? _journal;
    private BookingLink? _link;
    private MailboxMark? _read;

    /// <summary>What is known without asking the disk: appointments ahead.</summary>
    public int Ahead { get; private set; }

    public async Task<BookingLink> Link(CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        return _link!;
    }

    public Task<Offer?> FindOffer(string id, CancellationToken cancellationToken) => Ask(() => _offers.GetValueOrDefault(id), cancellationToken);

    public Task<Booking?> Find(string uid, CancellationToken cancellationToken) => Ask(() => _bookings.GetValueOrDefault(uid), cancellationToken);

    /// <summary>The appointment that stands by the offer; null where there is none or it was cancelled or declined.</summary>
    public Task<Booking?> Standing(Offer offer, CancellationToken cancellationToken) => Ask(() => StandingOf(offer), cancellationToken);

    public Task<bool> IsMailed(string messageId, CancellationToken cancellationToken) => Ask(() => _mailed.Contains(messageId), cancellationToken);

    /// <summary>What was answered for a message that went; null for one that did not.</summary>
    public Task<string?> SentAs(string key, CancellationToken cancellationToken) => Ask(() => _sent.GetValueOrDefault(key), cancellationToken);

    /// <summary>The key of the message that the id in one of our Message-IDs belongs to; null where it is none of ours.</summary>
    public Task<string?> KeyOf(string id, CancellationToken cancellationToken) =>
        Ask(() => _offers.GetValueOrDefault(id)?.Key ?? _bookings.Values.FirstOrDefault(booking => booking.Uid.StartsWith(id + "@", StringComparison.Ordinal))?.Key, cancellationToken);

    public Task<MailboxMark?> ReadUntil(CancellationToken cancellationToken) => Ask(() => _read, cancellationToken);

    /// <summary>Changes made on the booking page whose mail has not gone yet.</summary>
    public Task<List<Booking>> ToMail(Func<Booking, string> messageId, CancellationToken cancellationToken) =>
        Ask(() => _bookings.Values.Where(booking => booking.Change is not null && !_mailed.Contains(messageId(booking))).OrderBy(booking => booking.ChangedAt).ToList(), cancellationToken);

    public Task<List<ChannelEvent>> ToTell(CancellationToken cancellationToken) => Ask(() => _untold.Values.OrderBy(come => come.At).ToList(), cancellationToken);

    public Task<List<string>> Uids(CancellationToken cancellationToken) => Ask(() => _bookings.Keys.ToList(), cancellationToken);

    /// <summary>The times at which somebody can be booked, each with who is free then.</summary>
    public Task<SortedDictionary<Instant, List<RepCard>>> Free(IReadOnlyList<RepCard> reps, IReadOnlyDictionary<string, IReadOnlyList<Interval>> busy, int minutes, Booking? instead, Instant from, Instant until, CancellationToken cancellationToken) =>
        Ask(() =>
        {
            var free = new SortedDictionary<Instant, List<RepCard>>();
            foreach (var rep in reps)
                foreach (var start in availability.Free(rep, Taken(rep, instead), busy.GetValueOrDefault(rep.Email) ?? [], minutes, Now, from, until))
                {
                    if (!free.TryGetValue(start, out var who))
                        free.Add(start, who = []);
                    who.Add(rep);
                }
            return free;
        }, cancellationToken);

    public async Task Keep(Offer offer, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        if (!_offers.ContainsKey(offer.Id))
            await Write(new Entry { Offer = offer });
    }

    /// <summary>Keeps an invitation to a time that we chose, or its change or its end.</summary>
    public async Task Keep(Booking booking, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        await Write(new Entry { Booking = booking with { ChangedAt = clock.GetUtcNow() } });
    }

    public async Task Sent(Sent sent, string messageId, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        await Write(new Entry { Mailed = messageId }, new Entry { Sent = sent });
    }

    public async Task Mailed(string messageId, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        if (!_mailed.Contains(messageId))
            await Write(new Entry { Mailed = messageId });
    }

    public async Task Told(string eventId, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        if (_untold.ContainsKey(eventId))
            await Write(new Entry { Told = eventId });
    }

    public async Task Read(MailboxMark mark, Booking? answered, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        await Write(answered is null ? [new Entry { Read = mark }] : [new Entry { Booking = answered with { Change = null } }, new Entry { Read = mark }]);
    }

    /// <summary>
    /// Makes the appointment, or moves the one that stands. Null where the time was taken meanwhile. Asking again for the time
    /// that one already has changes nothing.
    /// </summary>
    public async Task<(Booking Booking, ChannelEvent? Told)?> Book(Offer offer, Instant start, IReadOnlyList<RepCard> reps, IReadOnlyDictionary<string, IReadOnlyList<Interval>> busy, string domain, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        var standing = StandingOf(offer);
        if (standing is not null && Instant.FromDateTimeOffset(standing.Start) == start)
            return (standing, null);
        // One who moves keeps whom they are to meet.
        var able = reps.Where(rep => standing is null ? offer.Rep is null || rep.Email == offer.Rep : rep.Email == standing.Rep);
        var free = able.Where(rep => availability.IsFree(rep, Taken(rep, standing), busy.GetValueOrDefault(rep.Email) ?? [], offer.Minutes, Now, start));
        if (Turns.Next(free, Load) is not { } chosen)
            return null;
        var number = _bookings.Values.Count(booking => booking.OfferId == offer.Id);
        var next = standing is null
            ? new Booking($"{offer.Id}-{number + 1}@{domain}", offer.Key, chosen.Email, start.ToDateTimeOffset(), offer.Minutes, offer.To, offer.ToName, offer.Subject) { OfferId = offer.Id, Place = offer.Place, Language = offer.Language }
            : standing with { Start = start.ToDateTimeOffset(), Sequence = standing.Sequence + 1, State = BookingState.Open, AnsweredAt = null };
        next = next with { ChangedAt = clock.GetUtcNow(), Change = standing is null ? "booked" : "moved" };
        await Write(new Entry { Booking = next });
        return (next, Event(next));
    }

    /// <summary>Cancels the appointment that stands; null where there is none.</summary>
    public async Task<(Booking Booking, ChannelEvent Told)?> Cancel(Offer offer, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        if (StandingOf(offer) is not { } standing)
            return null;
        var next = standing with { State = BookingState.Cancelled, Sequence = standing.Sequence + 1, ChangedAt = clock.GetUtcNow(), Change = "cancelled" };
        await Write(new Entry { Booking = next });
        return (next, Event(next)!);
    }

    public void Dispose()
    {
        _journal?.Dispose();
        _gate.Dispose();
    }

    private Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    private Booking? StandingOf(Offer offer) => _bookings.Values.FirstOrDefault(booking => booking.OfferId == offer.Id && booking.TakesTime);

    private List<Interval> Taken(RepCard rep, Booking? except) =>
        [.. _bookings.Values.Where(booking => booking.Rep == rep.Email && booking.TakesTime && booking.Uid != except?.Uid).Select(booking => new Interval(Instant.FromDateTimeOffset(booking.Start), Instant.FromDateTimeOffset(booking.End)))];

    private (int, Instant) Load(RepCard rep)
    {
        var own = _bookings.Values.Where(booking => booking.Rep == rep.Email).ToList();
        return (own.Count(booking => booking.TakesTime && Instant.FromDateTimeOffset(booking.Start) >= Now),
            own.Count == 0 ? Instant.MinValue : own.Max(booking => Instant.FromDateTimeOffset(booking.ChangedAt)));
    }

    private static ChannelEvent.Answered? Event(Booking booking) => booking.Change is not { } change ? null : new ChannelEvent.Answered($"{booking.Uid}:{booking.Sequence}:{change}", booking.ChangedAt, change)
    {
        MessageKey = booking.Key,
        Address = booking.To,
        MatchedBy = "booking link",
        Data = Facts(booking),
    };

    /// <summary>What a run may want to know of an appointment.</summary>
    public static Dictionary<string, object?> Facts(Booking booking) => new()
    {
        ["uid"] = booking.Uid,
        ["start"] = booking.Start,
        ["minutes"] = (long)booking.Minutes,
        ["rep"] = booking.Rep,
    };

    private async Task<T> Ask<T>(Func<T> question, CancellationToken cancellationToken)
    {
        using var _ = await Open(cancellationToken);
        return question();
    }

    private async Task Write(params IReadOnlyList<Entry> entries)
    {
        await _journal!.Append(entries);
        foreach (var entry in entries)
            Apply(entry);
        Count();
    }

    private void Apply(Entry entry)
    {
        if (entry.Offer is { } offer)
            _offers[offer.Id] = offer;
        if (entry.Booking is { } booking)
        {
            _bookings[booking.Uid] = booking;
            if (Event(booking) is { } told)
                _untold[told.Id] = told;
        }
        if (entry.Sent is { } sent)
            _sent[sent.Key] = sent.ProviderId;
        if (entry.Mailed is { } mailed)
            _mailed.Add(mailed);
        if (entry.Told is { } id)
            _untold.Remove(id);
        _read = entry.Read ?? _read;
    }

    private void Count()
    {
        var now = clock.GetUtcNow();
        Ahead = _bookings.Values.Count(booking => booking.TakesTime && booking.End > now);
    }

    private async Task<Turn> Open(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_journal is null)
                Load();
            return new Turn(_gate);
        }
        catch
        {
            _gate.Release();
            throw;
        }
    }

    private void Load()
    {
        Directory.CreateDirectory(folder);
        _offers.Clear();
        _bookings.Clear();
        _untold.Clear();
        _mailed.Clear();
        _sent.Clear();
        _link = new BookingLink(Secret());
        _journal = Journal.Open(Path.Combine(folder, "bookings.jsonl"), Apply);
        // Long past: nobody can move them any more, and names need not be kept in memory.
        var old = clock.GetUtcNow() - KeptFor;
        foreach (var booking in _bookings.Values.Where(booking => booking.End < old).ToList())
            _bookings.Remove(booking.Uid);
        Count();
    }

    private byte[] Secret()
    {
        var file = Path.Combine(folder, "secret");
        if (!File.Exists(file))
        {
            using (var draft = new FileStream(file + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
            {
                draft.Write(RandomNumberGenerator.GetBytes(32));
                draft.Flush(flushToDisk: true);
            }
            File.Move(file + ".new", file, overwrite: true);
        }
        return File.ReadAllBytes(file);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
