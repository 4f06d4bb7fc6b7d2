using Playbook.Abstractions;
using Playbook.Sales.Consent;
using Playbook.Sales.Sending;

namespace Playbook.Sales.Tests.Sending;

public sealed class SendingPolicyTests
{
    // A Monday: 09:00 in London, 10:00 in Copenhagen, 04:00 in New York.
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly SendingContext Ada = new("email", Now) { Email = "ada@example.com", Country = "GB" };
    private static readonly SendingContext Dane = new("email", Now) { Email = "bo@example.dk", Phone = "+45 33 44 55 66", LinkedIn = "https://www.linkedin.com/in/bo", PostalAddress = "Havnegade 1, 1058 København K", Country = "DK" };
    private static readonly SendingContext American = new("phone", Now.AddHours(7)) { Phone = "+1 212 555 0123", Country = "US" };

    [Fact]
    public void A_person_at_a_company_in_a_country_that_allows_it_may_be_written_to()
    {
        var permit = Permitted(Ada, "regulation 22(1)");

        Assert.Equal(Now + SendingPolicy.PermitHolds, permit.ValidUntil);
    }

    [Fact]
    public void Who_asked_to_be_left_alone_gets_nothing_whatever_they_agreed_to_before() =>
        Blocked(Ada with { DoNotContact = true, ConsentEmail = true }, "do-not-contact", "asked not to be contacted");

    [Theory]
    [InlineData("letter")]
    [InlineData("phone")]
    [InlineData("calendar")]
    [InlineData("carrier-pigeon")]
    public void Who_asked_to_be_left_alone_gets_nothing_over_any_channel(string channel) =>
        Blocked(Dane with { Channel = channel, DoNotContact = true }, "do-not-contact", "any channel");

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_an_address_no_mail_goes(string? address) => Blocked(Ada with { Email = address }, "no-address", "no e-mail address");

    [Fact]
    public void An_opportunity_without_a_contact_gets_no_mail() => Blocked(Ada with { HasContact = false }, "nobody", "Nobody is known");

    [Theory]
    [InlineData("email")]
    [InlineData("sms")]
    [InlineData("social")]
    [InlineData("carrier-pigeon")]
    public void In_Denmark_electronic_mail_needs_consent_companies_included_and_the_law_is_quoted(string channel)
    {
        Blocked(Dane with { Channel = channel }, "dk-mfl-10-1", "En erhvervsdrivende må ikke rette henvendelse til nogen ved brug af elektronisk post");
        Blocked(Dane with { Channel = channel, Country = "dk" }, "dk-mfl-10-1", "markedsføringsloven § 10, stk. 1");
        Permitted(Dane with { Channel = channel, Wills = [new(ConsentAct.Given, channel, Now.AddDays(-1))] }, "The contact agreed");
    }

    [Fact]
    public void A_consent_is_for_its_channel_only()
    {
        var agreed = Dane with { Wills = [new(ConsentAct.Given, "email", Now.AddDays(-1)) { By = "Karen Lund", Evidence = "task 7" }] };
        Permitted(agreed, "on 1 March 2026 (written down by Karen Lund, task 7)");
        Blocked(agreed with { Channel = "sms" }, "dk-mfl-10-1", "§ 10");
        Permitted(agreed with { Channel = "sms", Wills = [new(ConsentAct.Given, ConsentEntry.Everything, Now)] }, "agreed to get text messages");
    }

    [Fact]
    public void A_Danish_company_may_be_called_and_sent_letters()
    {
        Permitted(Dane with { Channel = "phone" }, "article 21(2)");
        Permitted(Dane with { Channel = "letter" }, "article 21(2)");
    }

    [Fact]
    public void A_Danish_customer_may_be_written_to_about_products_like_those_they_bought() =>
        Permitted(Dane with { IsCustomer = true }, "markedsføringsloven § 10, stk. 2");

    [Fact]
    public void Who_wrote_to_us_may_be_answered_for_a_while()
    {
        Permitted(Dane with { WroteAt = Now.AddDays(-3) }, "wrote to us on 27 February 2026");
        Blocked(Dane with { WroteAt = Now.AddDays(-31) }, "dk-mfl-10-1", "§ 10");
    }

    [Fact]
    public void A_Danish_consumer_is_called_only_on_request_and_never_without_the_Robinson_list()
    {
        var consumer = Dane with { Channel = "phone", IsConsumer = true };
        Assert.Contains(SendingPolicy.Decide(consumer).Reasons, reason => reason is { RuleId: "dk-fal-4", Verdict: Verdict.Block } && reason.Said.Contains("forbrugeraftaleloven § 4", StringComparison.Ordinal));
        Blocked(consumer, "dk-mfl-10-4", "robinson");
        var scrubbed = consumer with { Lists = Listed("robinson", Now.AddDays(-10)) };
        Blocked(scrubbed, "dk-fal-4", "forbrugeraftaleloven § 4");
        Permitted(scrubbed with { Wills = [new(ConsentAct.Given, "phone", Now)] }, "forbrugeraftaleloven § 4");
    }

    [Fact]
    public void A_letter_to_a_Danish_consumer_needs_a_fresh_Robinson_list_without_them_on_it()
    {
        var consumer = Dane with { Channel = "letter", IsConsumer = true };
        Blocked(consumer, "dk-mfl-10-4", "never taken in");
        Blocked(consumer with { Lists = Listed("robinson", Now.AddDays(-93)) }, "dk-mfl-10-4", "may be 92 days old");
        var fresh = consumer with { Lists = Listed("robinson", Now.AddDays(-91)) };
        Permitted(fresh, "not on the list 'robinson'");
        Blocked(fresh with { Suppressions = [new(ConsentEntry.Everything, "on the list", "robinson")] }, "dk-mfl-10-4", "is on the list 'robinson'");
        // The list protects persons: a company's contact is called and written to at work.
        Permitted(fresh with { IsConsumer = false, Suppressions = [new(ConsentEntry.Everything, "on the list", "robinson")] }, "article 21(2)");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("BR")]
    [InlineData("ZZ")]
    public void Where_the_law_is_not_known_the_strictest_holds(string? country)
    {
        Blocked(Ada with { Country = country }, "unknown-electronic", "country is not known");
        Blocked(Dane with { Country = country, Phone = country is null ? null : "+55 11 91234 5678", Channel = "letter", IsConsumer = true }, "unknown-letter", "without prior consent");
        Assert.IsNotType<SendingDecision.Block>(SendingPolicy.Decide(Ada with { Country = country, ConsentEmail = true }));
    }

    [Fact]
    public void A_number_of_another_country_brings_that_countrys_law_to_calls_and_texts() =>
        Blocked(Ada with { Channel = "sms", Phone = "+45 33 44 55 66" }, "dk-mfl-10-1", "markedsføringsloven");

    [Fact]
    public void A_consumer_must_have_agreed()
    {
        Blocked(Ada with { IsConsumer = true }, "gb-pecr-22", "individual subscribers");
        Permitted(Ada with { IsConsumer = true, ConsentEmail = true }, "The contact agreed to get e-mail.");
    }

    [Fact]
    public void Americans_are_called_between_eight_and_nine_where_they_are()
    {
        var settings = new SendingSettings { Hours = new Dictionary<string, IReadOnlyList<HoursBlock>>() };
        var any = American with { Settings = settings };
        // 13:00 UTC is 08:00 in New York, and 05:00 in Los Angeles.
        Waits(any with { Now = At(12, 59) }, "us-tcpa-hours", At(13, 0));
        Permitted(any with { Now = At(13, 0) }, "64.1200");
        Waits(any with { Now = At(26, 0) }, "us-tcpa-hours", At(37, 0));
        Waits(any with { Now = At(13, 0), Phone = "+1 213 555 0123" }, "us-tcpa-hours", At(16, 0));
        // A Floridian has an hour less in the evening.
        Permitted(any with { Now = At(24, 59), Phone = "+1 305 555 0123" }, "64.1200");
        Waits(any with { Now = At(25, 0), Phone = "+1 305 555 0123" }, "us-tcpa-hours", At(37, 0));
        // The address counts too: a number can be taken along.
        Waits(any with { Now = At(25, 0), Phone = "+1 212 555 0123", Region = "FL" }, "us-tcpa-hours", At(37, 0));
        // A Texan's Sunday begins at noon.
        Waits(any with { Now = new(2026, 3, 1, 17, 0, 0, TimeSpan.Zero), Phone = "+1 512 555 0123" }, "us-tcpa-hours", new(2026, 3, 1, 18, 0, 0, TimeSpan.Zero));

        static DateTimeOffset At(int hour, int minute) => new DateTimeOffset(2026, 3, 2, 0, minute, 0, TimeSpan.Zero).AddHours(hour);
    }

    [Fact]
    public void American_consumers_are_called_only_with_a_registry_of_31_days()
    {
        var consumer = American with { IsConsumer = true };
        Blocked(consumer, "us-dnc", "never taken in");
        Blocked(consumer with { Lists = Listed("dnc", consumer.Now.AddDays(-32)) }, "us-dnc", "31 days");
        Permitted(consumer with { Lists = Listed("dnc", consumer.Now.AddDays(-30)) }, "not on the list 'dnc'");
    }

    [Fact]
    public void Where_number_and_own_zone_disagree_only_their_common_hours_count()
    {
        // The number says New York, the field says Copenhagen: 8 to 12 there is 13 or 14 to 17 here.
        var torn = American with { TimeZone = "Europe/Copenhagen", Country = null };
        Waits(torn with { Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero) }, "us-tcpa-hours", new(2026, 3, 2, 13, 0, 0, TimeSpan.Zero));
        Permitted(torn with { Now = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero) }, "64.1200");
        Assert.Equal(["Europe/Copenhagen", "America/New_York"], ContactZones.Of(torn).Zones.Select(zone => zone.Id));
    }

    [Fact]
    public void A_country_of_several_zones_leaves_them_all_open_until_the_number_narrows_them()
    {
        Assert.True(ContactZones.Of(new("phone", Now) { Country = "US" }).Zones.Count > 6);
        Assert.Equal("America/New_York", Assert.Single(ContactZones.Of(American).Zones).Id);
        Assert.Equal("Europe/Copenhagen", Assert.Single(ContactZones.Of(Dane).Zones).Id);
        Assert.Equal("Europe/Copenhagen", Assert.Single(ContactZones.Of(Dane with { Phone = null, TimeZone = "Europe/Copenhagen" }).Zones).Id);
    }

    [Fact]
    public void Where_no_hour_is_common_to_all_zones_nothing_goes_and_the_cure_is_named() =>
        Blocked(new("phone", Now) { Phone = "12", Country = "RU" }, "no-common-hour", "time zone");

    [Fact]
    public void A_day_may_have_several_blocks()
    {
        var lunch = new DateTimeOffset(2026, 3, 2, 11, 10, 0, TimeSpan.Zero); // 12:10 in Copenhagen
        Waits(Dane with { Channel = "phone", Now = lunch }, "window", lunch.AddMinutes(20));
        Permitted(Dane with { Channel = "phone", Now = lunch.AddMinutes(20) }, "article 21(2)");
    }

    [Fact]
    public void Holidays_of_the_country_and_our_own_are_kept()
    {
        var friday = new DateTimeOffset(2026, 12, 25, 10, 0, 0, TimeSpan.Zero);
        Waits(Ada with { Now = friday }, "window", new(2026, 12, 29, 8, 0, 0, TimeSpan.Zero));
        Waits(Ada with { Settings = new() { OwnHolidays = [new(2026, 3, 2)] } }, "window", Now.AddDays(1).AddHours(-1));
    }

    [Fact]
    public void A_permit_ends_with_the_window() =>
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 18, 0, 0, TimeSpan.Zero), Permitted(Ada with { Now = new(2026, 3, 2, 17, 58, 0, TimeSpan.Zero) }, "22(1)").ValidUntil);

    [Fact]
    public void A_full_cap_makes_it_wait_until_there_is_room_and_the_hours_are_open()
    {
        Waits(Ada with { Caps = [new("mailbox-hour", "messages from this mailbox in an hour", 60, Now.AddMinutes(12))] }, "cap-mailbox-hour", Now.AddMinutes(12));
        Waits(Ada with { Caps = [new("mailbox-day", "messages from this mailbox in a day", 400, Now.AddHours(11))] }, "cap-mailbox-day", Now.AddHours(23));
        Permitted(Ada with { Caps = [new("mailbox-day", "messages from this mailbox in a day", 400, null)] }, "22(1)");
    }

    [Fact]
    public void Gaps_and_absences_are_waited_for()
    {
        Waits(Ada with { Gaps = [new("mailbox", "Between two messages from one mailbox lie 20 seconds", Now.AddSeconds(13))] }, "gap-mailbox", Now.AddSeconds(13));
        Waits(Ada with { AwayUntil = Now.AddDays(4) }, "away", Now.AddDays(4));
        Permitted(Ada with { AwayUntil = Now }, "22(1)");
    }

    [Fact]
    public void Another_reps_contact_and_a_company_that_answers_are_left_to_whoever_talks_with_them()
    {
        Blocked(Ada with { TakenBy = "Karen Lund contacted the contact on 1 March." }, "exclusive", "Karen Lund");
        Blocked(Ada with { StoppedByReply = "A colleague of the contact answered us on 1 March." }, "colleague-replied", "answered us");
    }

    [Fact]
    public void Suppressions_objections_and_withdrawals_stop_it_on_their_channels()
    {
        Blocked(Ada with { Suppressions = [new("email", "it bounced", null)] }, "suppressed", "it bounced");
        Permitted(Ada with { Suppressions = [new("sms", "it bounced", null)] }, "22(1)");
        Blocked(Ada with { Suppressions = [new(ConsentEntry.Everything, "a competitor", "rivals")] }, "suppressed", "'rivals'");
        Blocked(Ada with { Wills = [new(ConsentAct.Objected, "email", Now.AddDays(-9)), new(ConsentAct.Given, "email", Now)] }, "objection", "absolute");
        Blocked(Ada with { Wills = [new(ConsentAct.Objected, ConsentEntry.Everything, Now.AddDays(-9)), new(ConsentAct.Given, "email", Now)] }, "objection", "absolute");
        Blocked(Ada with { Wills = [new(ConsentAct.Withdrawn, "email", Now)], ConsentEmail = true }, "withdrawn", "took their consent back");
        Permitted(Ada with { Wills = [new(ConsentAct.Withdrawn, "email", Now.AddDays(-9)), new(ConsentAct.Given, ConsentEntry.Everything, Now.AddDays(-1))] }, "The contact agreed");
    }

    [Fact]
    public void A_full_cap_frees_when_the_oldest_that_counts_leaves_its_window()
    {
        DateTimeOffset[] newestFirst = [Now.AddHours(-1), Now.AddHours(-5), Now.AddHours(-20), Now.AddDays(-3)];

        Assert.Equal(Now.AddHours(4), CapUse.Of("x", "x", 3, TimeSpan.FromDays(1), newestFirst, Now).FreesAt);
        Assert.Null(CapUse.Of("x", "x", 4, TimeSpan.FromDays(1), newestFirst, Now).FreesAt);
    }

    [Fact]
    public void An_invitation_and_a_message_to_a_system_are_no_marketing_but_a_refusal_holds_for_them()
    {
        Permitted(Dane with { Channel = "calendar", Purpose = SendingPurpose.Service }, "no direct marketing");
        Permitted(Dane with { Channel = "webhook", Purpose = SendingPurpose.Service, Email = null }, "no direct marketing");
        Blocked(Dane with { Channel = "calendar", Purpose = SendingPurpose.Service, Suppressions = [new(ConsentEntry.Everything, "complaint", null)] }, "suppressed", "complaint");
    }

    [Fact]
    public void Every_rule_that_was_looked_at_says_its_word()
    {
        var decision = SendingPolicy.Decide(Dane with { Caps = [new("contact-day", "touches of this contact in a day", 3, Now.AddHours(2))] });

        Assert.Equal(
            ["do-not-contact", "suppressed", "objection", "dk-mfl-10-1", "exclusive", "colleague-replied", "away", "cap-contact-day", "window"],
            decision.Reasons.Select(reason => reason.RuleId));
        Assert.Equal([Verdict.Block, Verdict.Wait], decision.Reasons.Select(reason => reason.Verdict).Where(verdict => verdict != Verdict.Permit));
    }

    [Fact]
    public void What_it_needs_is_read_from_the_facts_of_the_subject()
    {
        var facts = new Dictionary<string, object?>
        {
            ["contact"] = new Dictionary<string, object?>
            {
                ["id"] = "1", ["email"] = "bo@example.dk", ["phone"] = "+45 33 44 55 66", ["consent_email"] = true, ["do_not_contact"] = false, ["is_consumer"] = true, ["time_zone"] = "Europe/Copenhagen",
            },
            ["account"] = new Dictionary<string, object?> { ["country"] = "DK" },
        };

        var context = SendingContext.Of(new Subject("contact", "1", facts), "email", Now);
        Assert.Equal(("bo@example.dk", "+45 33 44 55 66", "DK", "Europe/Copenhagen", true, true, true), (context.Email, context.Phone, context.Country, context.TimeZone, context.ConsentEmail, context.IsConsumer, context.HasContact));
        Assert.False(SendingContext.Of(Subject.None, "email", Now).HasContact);
    }

    private static Dictionary<string, DateTimeOffset> Listed(string list, DateTimeOffset at) => new() { [list] = at };

    private static SendingDecision.Permit Permitted(SendingContext context, string rule)
    {
        var decision = SendingPolicy.Decide(context);
        var permit = decision as SendingDecision.Permit;
        Assert.True(permit is not null, decision.ToString());
        Assert.Contains(rule, permit.Rule, StringComparison.Ordinal);
        return permit;
    }

    private static void Waits(SendingContext context, string ruleId, DateTimeOffset until)
    {
        var wait = Assert.IsType<SendingDecision.Wait>(SendingPolicy.Decide(context));
        Assert.Equal((ruleId, until), (wait.RuleId, wait.Until));
    }

    private static void Blocked(SendingContext context, string ruleId, string rule)
    {
        var block = Assert.IsType<SendingDecision.Block>(SendingPolicy.Decide(context));
        Assert.Equal(ruleId, block.RuleId);
        Assert.Contains(rule, block.Rule, StringComparison.Ordinal);
    }
}
