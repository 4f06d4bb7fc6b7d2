using Playbook.Sales.Consent;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Reps;
using Playbook.Sales.Sending;
using Playbook.Storage.Sending;

namespace Playbook.Storage.Tests.Sending;

public sealed class DecisionTests
{
    private static readonly DateTimeOffset Now = LedgerDatabase.Now;

    [Fact]
    public async Task A_cold_mail_to_a_Dane_is_blocked_until_they_agree_and_both_decisions_are_kept()
    {
        await using var database = new LedgerDatabase();
        var contact = database.Contact();
        var blocked = await Ask(database, contact.Id, "m-1");
        Assert.Contains("markedsføringsloven § 10", Assert.IsType<SendingDecision.Block>(blocked.Decision).Rule, StringComparison.Ordinal);

        await database.Store.Sending.Record(new ConsentEntry { Id = Guid.CreateVersion7(Now), ContactId = contact.Id, Act = ConsentAct.Given, Scope = "email", At = Now, Channel = "phone", By = "Karen Lund", Evidence = "task 7" });
        Assert.IsType<SendingDecision.Permit>((await Ask(database, contact.Id, "m-1")).Decision);

        var kept = database.Store.Sending.Decisions("m-1");
        Assert.Equal([(Verdict.Block, "dk-mfl-10-1"), (Verdict.Permit, "dk-mfl-10-1")], kept.Select(decision => (decision.Verdict, decision.RuleId)));
        Assert.Contains("Karen Lund, task 7", kept[1].Rule, StringComparison.Ordinal);
        Assert.Contains(DecisionText.Reasons(kept[0]), reason => reason.RuleId == "window");
        Assert.DoesNotContain("anne", kept[0].Facts, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_permit_counts_against_the_caps_at_once_and_not_against_its_own_message()
    {
        await using var database = new LedgerDatabase();
        await Set(database, new() { Mailbox = new(2, 0), MailboxGap = TimeSpan.Zero, Domain = new(0, 0) });
        var asked = await Task.WhenAll(Enumerable.Range(0, 5).Select(async i => await Ask(database, Briton(database, i), $"m-{i}", "us@example.com")));

        Assert.Equal(2, asked.Count(decided => decided.Decision is SendingDecision.Permit));
        var later = asked.Select(decided => decided.Decision).OfType<SendingDecision.Wait>().ToList();
        Assert.Equal(3, later.Count);
        Assert.All(later, wait => Assert.Equal("cap-mailbox-hour", wait.RuleId));
        // After a crash the same message is asked about again.
        var permitted = database.Store.Sending.TouchesOfMessage("m-0").Count > 0 ? "m-0" : "m-1";
        var again = await database.Store.Sending.Decide(new SendingQuestion(permitted, "email", Now) { ContactId = database.Store.Sending.TouchesOfMessage(permitted)[0].ContactId, Mailbox = "us@example.com" });
        Assert.IsType<SendingDecision.Permit>(again.Decision);
        Assert.Single(database.Store.Sending.TouchesOfMessage(permitted));
    }

    [Fact]
    public async Task What_did_not_go_out_makes_room_again()
    {
        await using var database = new LedgerDatabase();
        await Set(database, new() { Mailbox = new(1, 0), MailboxGap = TimeSpan.Zero });
        var (one, other) = (Briton(database, 1), Briton(database, 2));
        Assert.IsType<SendingDecision.Permit>((await Ask(database, one, "m-1", "us@example.com")).Decision);
        Assert.IsType<SendingDecision.Wait>((await Ask(database, other, "m-2", "us@example.com")).Decision);
        await database.Store.Sending.Release("m-1");
        Assert.IsType<SendingDecision.Permit>((await Ask(database, other, "m-2", "us@example.com")).Decision);
    }

    [Fact]
    public async Task A_message_that_went_out_is_never_permitted_again()
    {
        await using var database = new LedgerDatabase();
        var contact = Briton(database, 1);
        await Ask(database, contact, "m-1");
        await database.Store.Sending.Sent(new SentTouch("m-1", "<1@us>", Now));
        Assert.True((await Ask(database, contact, "m-1")).WasSent);
    }

    [Fact]
    public async Task A_new_mailbox_starts_slowly()
    {
        await using var database = new LedgerDatabase();
        await Set(database, new() { Mailbox = new(0, 300), RampUpStart = 3, RampUpDays = 30, MailboxGap = TimeSpan.Zero });
        var contacts = Enumerable.Range(0, 4).Select(i => Briton(database, i)).ToList();
        for (var i = 0; i < 3; i++)
            Assert.IsType<SendingDecision.Permit>((await Ask(database, contacts[i], $"m-{i}", "new@example.com")).Decision);
        Assert.Equal("cap-mailbox-day", (await Ask(database, contacts[3], "m-3", "new@example.com")).Decision.RuleId);
        // Ten days later it may send a hundred more.
        Assert.IsType<SendingDecision.Permit>((await database.Store.Sending.Decide(new SendingQuestion("m-3", "email", Now.AddDays(10)) { ContactId = contacts[3], Mailbox = "new@example.com" })).Decision);
    }

    [Fact]
    public async Task What_a_channel_says_of_its_senders_addresses_holds_instead_of_the_policy_s_caps()
    {
        await using var database = new LedgerDatabase();
        await Set(database, new() { Mailbox = new(0, 300), RampUpStart = 300, MailboxGap = TimeSpan.Zero });
        var contacts = Enumerable.Range(0, 3).Select(i => Briton(database, i)).ToList();
        ValueTask<Decided> Limited(int i) => database.Store.Sending.Decide(new SendingQuestion($"m-{i}", "email", Now)
        {
            ContactId = contacts[i], Mailbox = "us@example.com", MailboxLimits = new MailboxLimits { PerHour = 2 },
        });

        Assert.IsType<SendingDecision.Permit>((await Limited(0)).Decision);
        Assert.IsType<SendingDecision.Permit>((await Limited(1)).Decision);
        Assert.Equal("cap-mailbox-hour", (await Limited(2)).Decision.RuleId);
        Assert.IsType<SendingDecision.Permit>((await Ask(database, contacts[2], "m-2", "us@example.com")).Decision);
    }

    [Fact]
    public async Task Contact_and_company_are_spared_over_all_channels_and_reps()
    {
        await using var database = new LedgerDatabase();
        await Set(database, new() { ContactPerDay = 2, CompanyPerDay = 3, ContactGap = TimeSpan.Zero, ContactIsOneReps = TimeSpan.Zero });
        var account = database.Account(country: "GB");
        var (anne, bo) = (Briton(database, 1, account.Id), Briton(database, 2, account.Id));
        await Touched(database, anne, account.Id, "phone", Now.AddHours(-3));
        Assert.IsType<SendingDecision.Permit>((await Ask(database, anne, "m-1")).Decision);
        Assert.Equal("cap-contact-day", (await Ask(database, anne, "m-2")).Decision.RuleId);
        Assert.IsType<SendingDecision.Permit>((await Ask(database, bo, "m-3")).Decision);
        Assert.Equal("cap-company-day", (await Ask(database, bo, "m-4")).Decision.RuleId);
    }

    [Fact]
    public async Task A_contact_belongs_to_the_rep_who_last_spoke_with_them()
    {
        await using var database = new LedgerDatabase();
        var karen = Rep(database, "Karen Lund");
        var contact = Briton(database, 1);
        await Touched(database, contact, null, "phone", Now.AddDays(-3), karen);
        var other = await database.Store.Sending.Decide(new SendingQuestion("m-1", "email", Now) { ContactId = contact, RepId = Rep(database, "Ole Bang") });
        Assert.Contains("Karen Lund", Assert.IsType<SendingDecision.Block>(other.Decision).Rule, StringComparison.Ordinal);
        Assert.IsType<SendingDecision.Permit>((await database.Store.Sending.Decide(new SendingQuestion("m-1", "email", Now) { ContactId = contact, RepId = karen })).Decision);
        Assert.IsType<SendingDecision.Permit>((await database.Store.Sending.Decide(new SendingQuestion("m-2", "email", Now.AddDays(14)) { ContactId = contact, RepId = Rep(database, "Per") })).Decision);
    }

    [Fact]
    public async Task A_reply_stops_cold_messages_to_colleagues_and_allows_an_answer()
    {
        await using var database = new LedgerDatabase();
        var account = database.Account(country: "DK");
        var anne = database.Contact(contact => contact with { AccountId = account.Id });
        var bo = Briton(database, 2, account.Id);
        await Came(database, anne.Id, account.Id, TouchKind.Replied, Now.AddDays(-2));
        Assert.Equal("colleague-replied", (await Ask(database, bo, "m-1")).Decision.RuleId);
        Assert.Contains("wrote to us", Assert.IsType<SendingDecision.Permit>((await Ask(database, anne.Id, "m-2")).Decision).Rule, StringComparison.Ordinal);
        await database.Store.Sending.Record(new ConsentEntry { Id = Guid.CreateVersion7(Now), ContactId = bo, Act = ConsentAct.Given, Scope = "email", At = Now });
        Assert.IsType<SendingDecision.Permit>((await Ask(database, bo, "m-1")).Decision);
    }

    [Fact]
    public async Task A_customer_is_not_written_to_cold_whatever_a_colleague_answered()
    {
        await using var database = new LedgerDatabase();
        var account = database.Account(country: "GB");
        var (anne, bo) = (Briton(database, 1, account.Id), Briton(database, 2, account.Id));
        await Came(database, anne, account.Id, TouchKind.Replied, Now.AddDays(-2));
        database.Add(new Opportunity { Id = Guid.CreateVersion7(Now), NaturalKey = "sale", Name = "Sale", Phase = "close", Status = OpportunityStatus.Won, ContactId = bo, CreatedAt = Now, UpdatedAt = Now });

        Assert.IsType<SendingDecision.Permit>((await Ask(database, bo, "m-1")).Decision);
    }

    [Fact]
    public async Task A_contact_s_own_old_reply_is_no_colleague_s()
    {
        await using var database = new LedgerDatabase();
        await Set(database, new() { ReplyAllowsAnswer = TimeSpan.FromDays(1) });
        var account = database.Account(country: "GB");
        var anne = Briton(database, 1, account.Id);
        await Came(database, anne, account.Id, TouchKind.Replied, Now.AddDays(-5));

        Assert.IsType<SendingDecision.Permit>((await Ask(database, anne, "m-1")).Decision);
    }

    [Fact]
    public async Task A_week_s_cap_counts_a_week()
    {
        await using var database = new LedgerDatabase();
        await Set(database, new() { ContactPerWeek = 2 });
        var anne = Briton(database, 1);
        await Touched(database, anne, null, "phone", Now.AddDays(-6));
        Assert.IsType<SendingDecision.Permit>((await Ask(database, anne, "m-1")).Decision);
        await database.Store.Sending.Release("m-1");
        await Touched(database, anne, null, "phone", Now.AddDays(-3));

        var wait = Assert.IsType<SendingDecision.Wait>((await Ask(database, anne, "m-2")).Decision);
        Assert.Equal("cap-contact-week", wait.RuleId);
        Assert.True(wait.Until >= Now.AddDays(1), $"{wait.Until:o}");
    }

    [Fact]
    public async Task The_gap_between_two_touches_is_that_of_one_channel()
    {
        await using var database = new LedgerDatabase();
        var anne = Briton(database, 1);
        await Touched(database, anne, null, "phone", Now.AddMinutes(-5));
        Assert.IsType<SendingDecision.Permit>((await Ask(database, anne, "m-1")).Decision);
        Assert.Equal("gap-contact", (await Ask(database, anne, "m-2")).Decision.RuleId);
    }

    [Fact]
    public async Task After_an_automatic_reply_nothing_goes_before_they_are_back_unless_they_write_themselves()
    {
        await using var database = new LedgerDatabase();
        var contact = Briton(database, 1);
        await Came(database, contact, null, TouchKind.AutoReplied, Now.AddHours(-1), Now.AddDays(7));
        var wait = Assert.IsType<SendingDecision.Wait>((await Ask(database, contact, "m-1")).Decision);
        Assert.Equal("away", wait.RuleId);
        Assert.True(wait.Until >= Now.AddDays(7));
        await Came(database, contact, null, TouchKind.Replied, Now.AddMinutes(-5));
        Assert.IsType<SendingDecision.Permit>((await Ask(database, contact, "m-1")).Decision);
    }

    [Theory]
    [InlineData("anne@nord.dk")]
    [InlineData("+4533445566")]
    [InlineData("33 44 55 66")]
    public async Task Whoever_is_suppressed_by_any_address_gets_nothing(string address)
    {
        await using var database = new LedgerDatabase();
        var contact = database.Contact(one => one with { ConsentEmail = true });
        await database.Store.Sending.Suppress(AddressKeys.OfPhone(address, "DK").Select(key => Suppressed(SuppressionKind.Address, key)).ToList());
        Assert.Equal("suppressed", (await Ask(database, contact.Id, "m-1")).Decision.RuleId);
    }

    [Fact]
    public async Task A_suppressed_domain_holds_for_everybody_there()
    {
        await using var database = new LedgerDatabase();
        var contact = database.Contact(one => one with { ConsentEmail = true, Email = "anne@mail.nord.dk" });
        await database.Store.Sending.Suppress(Suppressed(SuppressionKind.Domain, SuppressionKey.OfDomain("nord.dk")));
        Assert.Equal("suppressed", (await Ask(database, contact.Id, "m-1")).Decision.RuleId);
    }

    [Fact]
    public async Task A_customer_is_who_has_bought()
    {
        await using var database = new LedgerDatabase();
        var contact = database.Contact();
        database.Add(new Opportunity { Id = Guid.CreateVersion7(Now), NaturalKey = "o", Name = "Order", Phase = "close", Stage = "Won", Status = OpportunityStatus.Won, ContactId = contact.Id, CreatedAt = Now, UpdatedAt = Now });
        Assert.Contains("§ 10, stk. 2", Assert.IsType<SendingDecision.Permit>((await Ask(database, contact.Id, "m-1")).Decision).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_wait_get_moments_of_their_own_within_the_pace()
    {
        await using var database = new LedgerDatabase();
        await Set(database, new() { Mailbox = new(10, 0), MailboxGap = TimeSpan.FromSeconds(30) });
        var moments = new List<DateTimeOffset>();
        for (var i = 0; i < 60; i++)
            if ((await Ask(database, Briton(database, i), $"m-{i}", "us@example.com")).Decision is SendingDecision.Wait wait)
                moments.Add(wait.Until);
        Assert.Equal(59, moments.Count);
        var all = moments.Prepend(Now).Order().ToList();
        for (var i = 1; i < all.Count; i++)
            Assert.True(all[i] - all[i - 1] >= TimeSpan.FromSeconds(30));
        for (var i = 0; i + 10 < all.Count; i++)
            Assert.True(all[i + 10] - all[i] >= TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Looking_at_a_step_keeps_and_reserves_nothing()
    {
        await using var database = new LedgerDatabase();
        var contact = database.Contact();
        Assert.IsType<SendingDecision.Permit>(database.Store.Sending.Preview(new SendingQuestion("task-1", "phone", Now) { ContactId = contact.Id }));
        Assert.Empty(database.Store.Sending.Decisions("task-1"));
        Assert.Empty(database.Store.Sending.TouchesOfMessage("task-1"));
    }

    [Fact]
    public async Task The_operators_settings_are_kept_and_hold_at_once()
    {
        await using var database = new LedgerDatabase();
        var settings = new SendingSettings { OwnHolidays = [new(2026, 3, 2)], Hours = new Dictionary<string, IReadOnlyList<HoursBlock>> { ["*"] = [new([DayOfWeek.Monday], new(9, 0), new(12, 0))] } };
        await Set(database, settings);
        Assert.Equal("window", (await Ask(database, Briton(database, 1), "m-1")).Decision.RuleId);
        Assert.Equal(SettingsText.Write(settings), SettingsText.Write(SettingsText.Read(SettingsText.Write(settings))));
    }

    private static ValueTask Set(LedgerDatabase database, SendingSettings settings) => database.Store.Sending.Set(settings, Now, "test");

    private static ValueTask<Decided> Ask(LedgerDatabase database, Guid contact, string message, string? mailbox = null) =>
        database.Store.Sending.Decide(new SendingQuestion(message, "email", Now) { ContactId = contact, Mailbox = mailbox });

    private static Guid Briton(LedgerDatabase database, int number, Guid? account = null) =>
        database.Contact(contact => contact with { Email = $"ada{number}@example.com", Phone = null, Country = "GB", AccountId = account }).Id;

    private static Guid Rep(LedgerDatabase database, string name)
    {
        var rep = new Rep { Id = Guid.CreateVersion7(Now), Name = name, NameKey = name, Roles = RoleSet.Parse(""), CreatedAt = Now, UpdatedAt = Now };
        database.Add(rep);
        return rep.Id;
    }

    private static ValueTask<bool> Touched(LedgerDatabase database, Guid contact, Guid? account, string channel, DateTimeOffset at, Guid? rep = null) => database.Store.Sending.Record(new Touch
    {
        Id = Guid.CreateVersion7(at), Key = Touch.KeyOut($"old-{at.Ticks}"), Channel = channel, Direction = TouchDirection.Out, Kind = TouchKind.Sent, At = at, ContactId = contact, AccountId = account, RepId = rep,
    });

    private static ValueTask<bool> Came(LedgerDatabase database, Guid contact, Guid? account, TouchKind kind, DateTimeOffset at, DateTimeOffset? returns = null) => database.Store.Sending.Record(new Touch
    {
        Id = Guid.CreateVersion7(at), Key = Touch.KeyIn("email", $"{kind}-{at.Ticks}"), Channel = "email", Direction = TouchDirection.In, Kind = kind, At = at, ContactId = contact, AccountId = account, ReturnsAt = returns,
    });

    private static Suppression Suppressed(SuppressionKind kind, string key) => new() { Id = Guid.CreateVersion7(Now), Kind = kind, Key = key, Scope = ConsentEntry.Everything, Reason = "asked", At = Now };
}
