using Playbook.Sales.Consent;
using Playbook.Sales.Sending;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Sending;

/// <summary>
/// Reads all that the sending policy must know of one message, by a handful of indexed reads. What the message itself left
/// behind (its permit before a crash) does not count against it.
/// </summary>
/// <param name="prepare">Gives the statement of a connection, prepared once.</param>
internal sealed class SendingFacts(Func<string, Statement> prepare)
{
    private const string SelectContact = """
        SELECT c.Email, c.Phone, c.LinkedIn, c.DoNotContact, c.ConsentEmail, c.IsConsumer, coalesce(c.Country, a.Country), c.TimeZone, c.AccountId,
            EXISTS (SELECT 1 FROM Opportunities o WHERE o.ContactId = c.Id AND o.Status = 'Won')
        FROM Contacts c LEFT JOIN Accounts a ON a.Id = c.AccountId WHERE c.Id = ?1
        """;

    private const string SelectTouches = "SELECT Channel, Direction, Kind, At, ContactId, RepId, ReturnsAt FROM Touches";

    // The moment that the message at the limit went: where there is one within the window, the cap is full until it leaves.
    private const string Nth = "(SELECT At FROM Touches WHERE {0} = ?1 AND {0} IS NOT NULL AND Direction = 'Out' AND At > ?{1} AND MessageKey IS NOT ?2 ORDER BY At DESC LIMIT 1 OFFSET ?{2})";

    private static readonly string SelectDomain = "SELECT " + Use("Domain", 3, 4) + ", " + Use("Domain", 5, 6);

    private static readonly string SelectMailbox = "SELECT " + Use("Mailbox", 3, 4) + ", " + Use("Mailbox", 5, 6);

    private static readonly string SelectMailboxAge = """
        SELECT (SELECT At FROM Touches WHERE Mailbox = ?1 AND Mailbox IS NOT NULL AND Direction = 'Out' AND MessageKey IS NOT ?2 ORDER BY At LIMIT 1),
            (SELECT At FROM Touches WHERE Mailbox = ?1 AND Mailbox IS NOT NULL AND Direction = 'Out' AND MessageKey IS NOT ?2 ORDER BY At DESC LIMIT 1)
        """;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The context, and the account of the contact.</summary>
    public (SendingContext Context, Guid? AccountId) Read(SendingQuestion question, SendingSettings settings)
    {
        var context = new SendingContext(question.Channel, question.Now) { Settings = settings, Purpose = question.Purpose ?? ChannelClass.PurposeOf(question.Channel), HasContact = false };
        if (question.ContactId is not { } contact || !TryContact(contact, context, out var found, out var account))
            return (context, null);
        context = found with
        {
            Wills = Wills(contact),
            Suppressions = Suppressions(AddressKeys.Of(contact, found.Email, found.Phone, found.LinkedIn, found.Country)),
            Lists = Lists(),
        };
        var horizon = question.Now - Longest(settings);
        var own = Touches(" WHERE ContactId = ?1 AND ContactId IS NOT NULL AND At > ?2 AND MessageKey IS NOT ?3 ORDER BY At DESC LIMIT 500", contact, horizon, question.MessageKey);
        var company = account is { } at ? Touches(" WHERE AccountId = ?1 AND AccountId IS NOT NULL AND At > ?2 AND MessageKey IS NOT ?3 ORDER BY At DESC LIMIT 1000", at, horizon, question.MessageKey) : [];
        var history = new TouchHistory(question, settings, own, company);
        context = history.Apply(context, RepName);
        return (context with { Caps = [.. context.Caps, .. MailboxCaps(question, settings, out var gap), .. DomainCaps(question, settings, found)], Gaps = gap is null ? context.Gaps : [.. context.Gaps, gap] }, account);
    }

    private static string Use(string column, int since, int offset) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Nth, column, since, offset);

    private static TimeSpan Longest(SendingSettings settings) =>
        new[] { Week, settings.ContactIsOneReps, settings.CompanyIsOneReps, settings.ReplyStopsColleagues, settings.ReplyAllowsAnswer, settings.ContactGap, TimeSpan.FromDays(30) }.Max();

    private bool TryContact(Guid id, SendingContext asked, out SendingContext context, out Guid? account)
    {
        var row = prepare(SelectContact).Bind(1, LedgerRows.Text(id));
        try
        {
            if (!row.Step())
            {
                (context, account) = (asked, null);
                return false;
            }

            context = asked with
            {
                HasContact = true, Email = row.TextOrNull(0), Phone = row.TextOrNull(1), LinkedIn = row.TextOrNull(2), DoNotContact = row.Int32(3) != 0, ConsentEmail = row.Int32(4) != 0,
                IsConsumer = row.Int32(5) != 0, Country = row.TextOrNull(6), TimeZone = row.TextOrNull(7), IsCustomer = row.Int32(9) != 0,
            };
            account = LedgerRows.IdOrNull(row, 8);
            return true;
        }
        finally
        {
            row.Reset();
        }
    }

    /// <summary>The newest word of each scope, and every objection.</summary>
    private List<Will> Wills(Guid contact)
    {
        var newest = new List<Will>();
        foreach (var will in prepare("""SELECT "Act", Scope, At, "By", Evidence FROM Consents WHERE ContactId = ?1 ORDER BY At, Id""").Bind(1, LedgerRows.Text(contact))
            .Rows(row => new Will(Enum.Parse<ConsentAct>(row.Text(0)), row.Text(1), LedgerRows.Time(row, 2)) { By = row.TextOrNull(3), Evidence = row.TextOrNull(4) }))
        {
            newest.RemoveAll(known => known.Scope == will.Scope && known.Act != ConsentAct.Objected);
            newest.Add(will);
        }

        return newest;
    }

    private List<Suppressed> Suppressions(IReadOnlyList<string> keys)
    {
        var found = new List<Suppressed>();
        foreach (var key in keys)
            found.AddRange(prepare("SELECT Scope, Reason, List FROM Suppressions WHERE \"Key\" = ?1").Bind(1, key).Rows(row => new Suppressed(row.Text(0), row.Text(1), row.TextOrNull(2))));
        return found;
    }

    private Dictionary<string, DateTimeOffset> Lists()
    {
        var lists = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var (name, at) in prepare("SELECT Name, ImportedAt FROM SuppressionLists").Rows(row => (row.Text(0), LedgerRows.Time(row, 1))))
            lists[name] = at;
        return lists;
    }

    private List<PastTouch> Touches(string where, Guid whose, DateTimeOffset since, string messageKey) => prepare(SelectTouches + where)
        .Bind(1, LedgerRows.Text(whose)).Bind(2, since.UtcTicks).Bind(3, messageKey)
        .Rows(row => new PastTouch(row.Text(0), row.Text(1) == nameof(TouchDirection.Out), Enum.Parse<TouchKind>(row.Text(2)), LedgerRows.Time(row, 3), LedgerRows.IdOrNull(row, 4), LedgerRows.IdOrNull(row, 5), LedgerRows.TimeOrNull(row, 6)));

    private List<CapUse> MailboxCaps(SendingQuestion question, SendingSettings settings, out GapUse? gap)
    {
        gap = null;
        if (question.Mailbox is not { } mailbox)
            return [];
        var (first, latest) = prepare(SelectMailboxAge).Bind(1, mailbox).Bind(2, question.MessageKey).Rows(row => (LedgerRows.TimeOrNull(row, 0), LedgerRows.TimeOrNull(row, 1)))[0];
        if (latest is { } at && settings.MailboxGap > TimeSpan.Zero)
            gap = new("mailbox", $"Between two messages from one mailbox lie {settings.MailboxGap.TotalSeconds:0} seconds", at + settings.MailboxGap);
        var perDay = settings.MailboxPerDay(first is { } began ? question.Now - began : TimeSpan.Zero);
        return Caps(SelectMailbox, mailbox, question, new Cap(settings.Mailbox.PerHour, perDay), "mailbox", "from this mailbox");
    }

    private List<CapUse> DomainCaps(SendingQuestion question, SendingSettings settings, SendingContext context) =>
        question.Channel == "email" && SuppressionKey.DomainOf(context.Email) is { } domain
            ? Caps(SelectDomain, domain, question, settings.Domain, "domain", "to this receiving domain")
            : [];

    private List<CapUse> Caps(string sql, string value, SendingQuestion question, Cap cap, string id, string what)
    {
        if (cap is { PerHour: 0, PerDay: 0 })
            return [];
        var (hour, day) = prepare(sql).Bind(1, value).Bind(2, question.MessageKey)
            .Bind(3, (question.Now - Hour).UtcTicks).Bind(4, Math.Max(cap.PerHour, 1) - 1L).Bind(5, (question.Now - Day).UtcTicks).Bind(6, Math.Max(cap.PerDay, 1) - 1L)
            .Rows(row => (LedgerRows.TimeOrNull(row, 0), LedgerRows.TimeOrNull(row, 1)))[0];
        var caps = new List<CapUse>(2);
        if (cap.PerHour > 0)
            caps.Add(new($"{id}-hour", $"messages {what} in an hour", cap.PerHour, hour + Hour));
        if (cap.PerDay > 0)
            caps.Add(new($"{id}-day", $"messages {what} in a day", cap.PerDay, day + Day));
        return caps;
    }

    private string? RepName(Guid rep) => prepare("SELECT Name FROM Reps WHERE Id = ?1").Bind(1, LedgerRows.Text(rep)).Rows(row => row.Text(0)) is [var name] ? name : null;
}
