extern alias phone;

using System.Net;
using System.Text;
using System.Xml.Linq;
using phone::Playbook.Phone;
using Playbook.Abstractions;
using Playbook.Twilio;

namespace Playbook.Plugins.Tests.Phone;

public sealed class PhoneChannelTests : IDisposable
{
    private const string Ada = "+4512345678";
    private const string Bo = "+4587654321";

    private readonly TrialTwilio _twilio;
    private readonly Provider _provider;
    private readonly Dictionary<string, string> _settings = TrialTwilio.Settings;

    public PhoneChannelTests()
    {
        TrialTwilio? twilio = null;
        _provider = new Provider((request, cancel) => twilio!.Answer(request, cancel));
        _twilio = twilio = new TrialTwilio(_provider.Clock);
        _settings["rep_phones"] = "Bo@example.org = +45 87 65 43 21\nli@example.org +4500000001";
    }

    [Fact]
    public async Task A_press_rings_the_callers_phone_first()
    {
        Assert.IsType<SendResult.Accepted>(await Send("c-1"));

        var form = Assert.Single(_twilio.Taken);
        Assert.Equal((Bo, TrialTwilio.Number), (form["To"], form["From"]));
        Assert.Equal(["initiated", "ringing", "answered", "completed"], form.All.Where(value => value.Key == "StatusCallbackEvent").Select(value => value.Value));
    }

    [Fact]
    public async Task When_the_caller_takes_up_the_contact_is_rung_under_the_number_that_is_shown()
    {
        var sid = await Call("c-1");

        var answer = await Ask(_twilio.Taken[0]["Url"]!, ("CallSid", sid), ("CallStatus", "in-progress"));

        var dial = XDocument.Parse(answer.Body!).Root!.Element("Dial")!;
        Assert.Equal((TrialTwilio.Number, Ada), (dial.Attribute("callerId")!.Value, dial.Element("Number")!.Value));
        Assert.StartsWith("https://sales.example.com/channels/it/contact?k=", dial.Element("Number")!.Attribute("statusCallback")!.Value, StringComparison.Ordinal);
        Assert.Equal("text/xml; charset=utf-8", answer.ContentType);
    }

    [Theory]
    [InlineData("https://sales.example.com/channels/it/connect?k=YW5vdGhlcg&to=%2B4599999999")]
    [InlineData("https://sales.example.com/channels/it/connect?to=%2B4599999999")]
    public async Task A_call_that_nobody_had_leave_for_is_hung_up(string url)
    {
        var sid = await Call("c-1");

        Assert.Contains("<Hangup", (await Ask(url, ("CallSid", sid))).Body, StringComparison.Ordinal);
        Assert.Contains("<Hangup", (await Ask(_twilio.Taken[0]["Url"]!, ("CallSid", "CA-of-somebody-else"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_public_address_the_order_to_ring_the_contact_goes_along()
    {
        _provider.PublicUrl = null;

        await Call("c-1");

        var form = _twilio.Taken[0];
        Assert.Null(form["Url"]);
        Assert.Null(form["StatusCallback"]);
        Assert.Equal(Ada, XDocument.Parse(form["Twiml"]!).Root!.Element("Dial")!.Element("Number")!.Value);
    }

    [Fact]
    public async Task The_phone_of_the_person_who_presses_beats_the_list()
    {
        var message = _provider.Message("c-1", Ada) with { Inputs = new Dictionary<string, object?> { ["rep_phone"] = "+45 11 22 33 44" } };

        await _provider.Send(Open(), message);

        Assert.Equal("+4511223344", _twilio.Taken[0]["To"]);
    }

    [Fact]
    public async Task Somebody_without_a_phone_on_the_list_is_told_what_to_do()
    {
        var refused = Assert.IsType<SendResult.Refused>(await _provider.Send(Open(), _provider.Message("c-1", Ada) with { FromAddress = "new@example.org", FromName = "Nia" }));

        Assert.Contains("which phone Nia calls from", refused.Reason, StringComparison.Ordinal);
        Assert.Empty(_twilio.Taken);
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_is_looked_up_and_the_phone_rings_once()
    {
        await Call("c-0");
        _provider.After = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
        await Assert.ThrowsAsync<HttpRequestException>(() => Send("c-1"));
        _provider.After = _ => { };
        _provider.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.NotEqual(await Call("c-0"), await Call("c-1"));
        Assert.Equal(2, _twilio.Taken.Count);
    }

    [Theory]
    [InlineData("initiated", null, null)]
    [InlineData("ringing", typeof(ChannelEvent.Delivered), null)]
    [InlineData("in-progress", typeof(ChannelEvent.Answered), "answered")]
    [InlineData("completed", typeof(ChannelEvent.Answered), "completed")]
    [InlineData("busy", typeof(ChannelEvent.Answered), "busy")]
    [InlineData("no-answer", typeof(ChannelEvent.Answered), "no answer")]
    [InlineData("failed", typeof(ChannelEvent.Failed), null)]
    public async Task How_the_contacts_phone_fared_is_an_event(string status, Type? kind, string? said)
    {
        var answer = await Ask("https://sales.example.com/channels/it/contact?k=Yy0x", ("CallSid", "CA2"), ("ParentCallSid", "CA1"), ("CallStatus", status), ("To", Ada), ("CallDuration", "42"), ("Timestamp", "Mon, 02 Mar 2026 08:59:58 +0000"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(kind is null ? 0 : 1, answer.Events.Count);
        if (kind is null)
            return;
        var heard = answer.Events[0];
        Assert.IsType(kind, heard);
        Assert.Equal(($"CA2:{status}", "c-1", "CA1", Ada, Provider.Start.AddSeconds(-2)), (heard.Id, heard.MessageKey, heard.ProviderId, heard.Address, heard.At));
        if (said is not null)
            Assert.Equal((said, 42L), (((ChannelEvent.Answered)heard).Answer, ((ChannelEvent.Answered)heard).Data["seconds"]));
    }

    [Fact]
    public async Task A_number_that_the_network_does_not_know_is_a_hard_bounce()
    {
        var answer = await Ask("https://sales.example.com/channels/it/contact?k=Yy0x", ("CallSid", "CA2"), ("CallStatus", "failed"), ("SipResponseCode", "404"));

        Assert.Equal(BounceKind.Hard, Assert.IsType<ChannelEvent.Bounced>(Assert.Single(answer.Events)).Kind);
    }

    [Theory]
    [InlineData("ringing", null)]
    [InlineData("completed", null)]
    [InlineData("no-answer", "was not taken up")]
    [InlineData("busy", "was engaged")]
    [InlineData("failed", "could not be reached")]
    public async Task Only_if_the_caller_was_not_there_their_own_phone_is_an_event(string status, string? said)
    {
        var answer = await Ask("https://sales.example.com/channels/it/caller?k=Yy0x", ("CallSid", "CA1"), ("CallStatus", status));

        if (said is null)
            Assert.Empty(answer.Events);
        else
            Assert.Contains(said, Assert.IsType<ChannelEvent.Failed>(Assert.Single(answer.Events)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_account_people_dial_by_hand_and_nothing_is_wrong()
    {
        var channel = new PhonePlugin().Open(_provider.Setup(new Dictionary<string, string>()));

        Assert.Empty(await channel.Validate(CancellationToken.None));
        Assert.True(channel.Health.IsWell);
        Assert.Contains("call by hand", Assert.IsType<SendResult.Refused>(await _provider.Send(channel, _provider.Message("c-1", Ada))).Reason, StringComparison.Ordinal);
        Assert.Empty(_provider.Requests);
    }

    [Theory]
    [InlineData("from", "", "number that is shown is missing")]
    [InlineData("from", "12345678", "no number with a country")]
    [InlineData("from", "+4511111111", "not a number of this account")]
    [InlineData("rep_phones", "bo@example.org", "no person with a phone")]
    [InlineData("auth_token", "wrong", "copy both again")]
    public async Task What_is_wrong_with_the_settings_is_said_in_a_sentence(string setting, string value, string said)
    {
        _settings[setting] = value;

        Assert.Contains(said, Assert.Single(await Open().Validate(CancellationToken.None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_somebody_elses_may_be_shown_once_it_is_verified()
    {
        _settings["from"] = "+4511111111";
        _provider.Before = request => request.RequestUri!.AbsolutePath.EndsWith("/OutgoingCallerIds.json", StringComparison.Ordinal) ? Provider.Answer(200, """{"outgoing_caller_ids":[{"phone_number":"+4511111111"}]}""") : null;

        Assert.Empty(await Open().Validate(CancellationToken.None));
    }

    [Fact]
    public async Task Twilios_word_against_a_country_is_a_refusal_with_its_cure()
    {
        _twilio.Refuse = _ => (HttpStatusCode.BadRequest, 21215, "Geo");

        Assert.Contains("Geo permissions", Assert.IsType<SendResult.Refused>(await Send("c-1")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_step_asks_for_what_each_outcome_needs()
    {
        var call = Assert.Single(new PhonePlugin().Description.Actions);

        Assert.Equal((true, true, "tel:{address}"), (call.IsGuided, call.CanBegin, call.Link));
        Assert.All(call.AttemptOutcomes, outcome => Assert.Contains(outcome, call.Outcomes));
        Assert.True(call.Outcomes.Count <= 9, "There are nine number keys.");
        Assert.Equal(["Call back"], call.Fields.Single(field => field.Name == "call_back_at").RequiredFor);
        Assert.Equal(["Verbal opt-in"], call.Fields.Single(field => field.Name == "consent_wording").RequiredFor);
    }

    public void Dispose() => _provider.Dispose();

    private IChannel Open() => new PhonePlugin().Open(_provider.Setup(_settings));

    private async Task<SendResult> Send(string key) => await _provider.Send(Open(), _provider.Message(key, Ada));

    private async Task<string> Call(string key) => Assert.IsType<SendResult.Accepted>(await Send(key)).ProviderId;

    private ValueTask<InboundAnswer> Ask(string url, params ReadOnlySpan<(string Name, string Value)> form) =>
        Open().Receive(TrialTwilio.Request(new Uri(url), new Uri(url).Segments[^1], form), CancellationToken.None);
}
