using Playbook.Abstractions;
using Playbook.Sales.Sending;

namespace Playbook.Sales.Tests.Sending;

public sealed class SendingPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly SendingContext Ada = new("email", Now) { Email = "ada@example.com", Country = "GB" };

    [Fact]
    public void A_person_at_a_foreign_company_may_be_written_to()
    {
        var permit = Assert.IsType<SendingDecision.Permit>(SendingPolicy.Decide(Ada));

        Assert.Equal(Now + SendingPolicy.PermitHolds, permit.ValidUntil);
    }

    [Fact]
    public void Who_asked_to_be_left_alone_gets_nothing_whatever_they_agreed_to_before() =>
        Blocked(Ada with { DoNotContact = true, ConsentEmail = true }, "asked not to be contacted");

    [Fact]
    public void Who_asked_to_be_left_alone_gets_nothing_over_any_channel() =>
        Blocked(Ada with { Channel = "letter", DoNotContact = true }, "any channel");

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_an_address_no_mail_goes(string? address) => Blocked(Ada with { Email = address }, "no e-mail address");

    [Fact]
    public void An_opportunity_without_a_contact_gets_no_mail() => Blocked(Ada with { HasContact = false }, "Nobody is known");

    [Theory]
    [InlineData("DK")]
    [InlineData("dk")]
    public void In_Denmark_mail_needs_consent_companies_included(string country)
    {
        Blocked(Ada with { Country = country }, "Denmark");
        Assert.IsType<SendingDecision.Permit>(SendingPolicy.Decide(Ada with { Country = country, ConsentEmail = true }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Where_the_country_is_not_known_mail_needs_consent(string? country)
    {
        Blocked(Ada with { Country = country }, "country is not known");
        Assert.IsType<SendingDecision.Permit>(SendingPolicy.Decide(Ada with { Country = country, ConsentEmail = true }));
    }

    [Fact]
    public void A_consumer_must_have_agreed_wherever_they_live()
    {
        Blocked(Ada with { IsConsumer = true }, "Consumers");
        Assert.IsType<SendingDecision.Permit>(SendingPolicy.Decide(Ada with { IsConsumer = true, ConsentEmail = true }));
    }

    [Fact]
    public void What_it_needs_is_read_from_the_facts_of_the_subject()
    {
        var facts = new Dictionary<string, object?>
        {
            ["contact"] = new Dictionary<string, object?>
            {
                ["id"] = "1", ["email"] = "bo@example.dk", ["country"] = "DK", ["consent_email"] = true, ["do_not_contact"] = false, ["is_consumer"] = true,
            },
        };

        Assert.Equal(
            new SendingContext("email", Now) { Email = "bo@example.dk", Country = "DK", ConsentEmail = true, IsConsumer = true },
            SendingContext.Of(new Subject("contact", "1", facts), "email", Now));
        Assert.False(SendingContext.Of(Subject.None, "email", Now).HasContact);
    }

    private static void Blocked(SendingContext context, string rule) =>
        Assert.Contains(rule, Assert.IsType<SendingDecision.Block>(SendingPolicy.Decide(context)).Rule, StringComparison.Ordinal);
}
