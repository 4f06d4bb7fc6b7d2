using System.Net;
using Playbook.Abstractions;
using Playbook.Sms;
using Playbook.Twilio;

namespace Playbook.Plugins.Tests.Sms;

public sealed class SmsChannelTests : IDisposable
{
    private const string Ada = "+4512345678";

    private readonly TrialTwilio _twilio;
    private readonly Provider _provider;
    private readonly Dictionary<string, string> _settings = TrialTwilio.Settings;

    public SmsChannelTests()
    {
        TrialTwilio? twilio = null;
        _provider = new Provider((request, cancel) => twilio!.Answer(request, cancel));
        _twilio = twilio = new TrialTwilio(_provider.Clock);
    }

    private List<FormValues> Sent => _twilio.Taken;

    [Fact]
    public async Task A_message_goes_from_the_sender_to_the_number_with_a_place_for_reports()
    {
        var answer = await Send("m-1", " 0045 12 34 56 78", "Kære Åse 😀");

        Assert.StartsWith("SM", Assert.IsType<SendResult.Accepted>(answer).ProviderId, StringComparison.Ordinal);
        var form = Assert.Single(Sent);
        Assert.Equal((TrialTwilio.Number, Ada, "Kære Åse 😀"), (form["From"], form["To"], form["Body"]));
        Assert.StartsWith("https://sales.example.com/channels/it/status?k=", form["StatusCallback"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_messaging_service_sends_by_its_own_numbers()
    {
        _settings["from"] = "MG00000000000000000000000000000001";

        await Send("m-1");

        Assert.Equal("MG00000000000000000000000000000001", Sent[0]["MessagingServiceSid"]);
        Assert.Null(Sent[0]["From"]);
    }

    [Fact]
    public async Task From_a_name_that_nobody_can_answer_a_text_ends_with_the_link_that_stops_it()
    {
        _settings["from"] = "Acme";
        var message = _provider.Message("m-1", Ada, "Hi") with { UnsubscribeUrl = new Uri("https://sales.example.com/u/1") };

        await _provider.Send(Open(), message);

        Assert.Equal("Hi\nStop: https://sales.example.com/u/1", Sent[0]["Body"]);
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_looked_up_and_not_sent_again()
    {
        await Send("m-0"); // the same text to the same number, and known
        _provider.After = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
        await Assert.ThrowsAsync<HttpRequestException>(() => Send("m-1"));
        _provider.After = _ => { };
        _provider.Clock.Advance(TimeSpan.FromMinutes(7));

        var answer = await Send("m-1"); // a new channel, as after a crash

        Assert.Equal(2, Sent.Count);
        Assert.NotEqual(await Send("m-0"), answer);
        Assert.Equal(answer, await Send("m-1"));
        Assert.Equal(2, Sent.Count);
    }

    [Fact]
    public async Task It_is_found_though_many_others_went_to_that_number_since()
    {
        _provider.After = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
        await Assert.ThrowsAsync<HttpRequestException>(() => Send("m-1", text: "The one"));
        _provider.After = _ => { };
        for (var other = 0; other < 250; other++)
            _twilio.Receive(Ada, "x");
        for (var other = 2; other < 130; other++)
            await Send($"m-{other}");

        Assert.IsType<SendResult.Accepted>(await Send("m-1", text: "The one"));

        Assert.Single(Sent, form => form["Body"] == "The one");
    }

    [Fact]
    public async Task It_is_found_though_its_words_are_others_by_now()
    {
        _provider.After = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
        await Assert.ThrowsAsync<HttpRequestException>(() => Send("m-1", text: "See you tomorrow"));
        _provider.After = _ => { };

        Assert.IsType<SendResult.Accepted>(await Send("m-1", text: "See you today"));

        Assert.Equal("See you tomorrow", Assert.Single(Sent)["Body"]);
    }

    [Fact]
    public async Task Two_with_the_same_words_and_both_answers_lost_are_two_in_the_end()
    {
        _provider.After = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
        await Assert.ThrowsAsync<HttpRequestException>(() => Send("m-1"));
        await Assert.ThrowsAsync<HttpRequestException>(() => Send("m-2"));
        _provider.After = _ => { };
        var channel = Open();

        var answers = await Task.WhenAll(new[] { "m-1", "m-2", "m-3" }.Select(key => _provider.Send(channel, _provider.Message(key, Ada)).AsTask()));

        Assert.Equal(3, answers.Distinct().Count());
        Assert.Equal(3, Sent.Count);
    }

    [Fact]
    public async Task A_report_that_names_the_message_settles_a_lost_answer_too()
    {
        _provider.After = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke.");
        await Assert.ThrowsAsync<HttpRequestException>(() => Send("m-1"));
        _provider.After = _ => { };
        var channel = Open();
        await channel.Receive(TrialTwilio.Request(new Uri(Sent[0]["StatusCallback"]!), "status", ("MessageSid", "SM77"), ("MessageStatus", "sent")), CancellationToken.None);
        _provider.Requests.Clear();

        Assert.Equal(new SendResult.Accepted("SM77"), await _provider.Send(channel, _provider.Message("m-1", Ada)));
        Assert.Empty(_provider.Requests);
    }

    [Fact]
    public async Task A_message_that_never_reached_Twilio_goes_without_looking()
    {
        _provider.Before = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody there.");
        await Assert.ThrowsAsync<HttpRequestException>(() => Send("m-1"));
        _provider.Before = _ => null;
        _provider.Requests.Clear();

        Assert.IsType<SendResult.Accepted>(await Send("m-1"));

        Assert.Equal("POST", Assert.Single(_provider.Requests).Method);
    }

    [Fact]
    public async Task One_that_did_not_get_in_before_the_break_goes_once_it_was_looked_for()
    {
        _provider.Before = _ => Provider.Answer(503, "<html>upstream", ("Retry-After", "30"));
        var later = Assert.IsType<SendResult.TryLater>(await Send("m-1"));
        _provider.Before = _ => null;

        Assert.Equal(TimeSpan.FromSeconds(30), later.After);
        Assert.IsType<SendResult.Accepted>(await Send("m-1"));
        Assert.Single(Sent);
        Assert.Contains(_provider.Requests, request => request.Method == "GET" && request.Url.Contains("Messages.json?To=%2B4512345678", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(429, 20429, typeof(SendResult.TryLater))]
    [InlineData(400, 21611, typeof(SendResult.TryLater))]
    [InlineData(400, 21211, typeof(SendResult.Refused))]
    [InlineData(400, 21610, typeof(SendResult.Refused))]
    [InlineData(400, 99999, typeof(SendResult.Refused))]
    public async Task What_Twilio_refuses_is_told_apart(int status, int code, Type kind)
    {
        _twilio.Refuse = _ => ((HttpStatusCode)status, code, "No.");

        Assert.IsType(kind, await Send("m-1"));
        _twilio.Refuse = _ => null;
        Assert.IsType<SendResult.Accepted>(await Send("m-1"));
    }

    [Theory]
    [InlineData(401, 20003)]
    [InlineData(400, 21606)]
    public async Task Faults_of_the_account_are_thrown_and_show_in_its_health(int status, int code)
    {
        _twilio.Refuse = _ => ((HttpStatusCode)status, code, "Not yours.");
        var channel = Open();

        var fault = await Assert.ThrowsAsync<HttpRequestException>(async () => await _provider.Send(channel, _provider.Message("m-1", Ada)));

        Assert.Equal((false, fault.Message), (channel.Health.IsWell, channel.Health.Text));
        _twilio.Refuse = _ => null;
        Assert.IsType<SendResult.Accepted>(await _provider.Send(channel, _provider.Message("m-1", Ada)));
        Assert.True(channel.Health.IsWell);
    }

    [Fact]
    public async Task A_contact_who_has_stopped_us_at_Twilio_is_an_unsubscription_even_after_a_restart()
    {
        _twilio.Refuse = _ => (HttpStatusCode.BadRequest, 21610, "Attempt to send to unsubscribed recipient");
        await Send("m-1");

        var heard = Assert.IsType<ChannelEvent.Unsubscribed>(Assert.Single(await _provider.Hear(Open(), 1)));
        Assert.Equal(("m-1", Ada, Provider.Start), (heard.MessageKey, heard.Address, heard.At));
    }

    [Theory]
    [InlineData("12345678", "no phone number")]
    [InlineData("ada@example.com", "no phone number")]
    public async Task A_number_without_its_country_is_refused(string to, string why)
    {
        Assert.Contains(why, Assert.IsType<SendResult.Refused>(await Send("m-1", to)).Reason, StringComparison.Ordinal);
        Assert.Empty(_provider.Requests);
    }

    [Fact]
    public async Task A_text_of_too_many_parts_is_refused_and_says_why_it_is_so_long()
    {
        _settings["max_segments"] = "2";

        Assert.IsType<SendResult.Accepted>(await Send("m-1", text: new string('x', 306)));
        var refused = Assert.IsType<SendResult.Refused>(await Send("m-2", text: new string('x', 306) + "😀"));

        Assert.Contains("5 parts", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("outside the phone alphabet", refused.Reason, StringComparison.Ordinal);
        Assert.Single(Sent);
    }

    [Fact]
    public async Task Sending_can_be_called_off()
    {
        using var called = new CancellationTokenSource();
        await called.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _provider.Send(Open(), _provider.Message("m-1", Ada), called.Token));
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Without_a_public_address_answers_and_reports_are_fetched_oldest_first()
    {
        _provider.PublicUrl = null;
        var sent = Assert.IsType<SendResult.Accepted>(await Send("m-1")).ProviderId;
        Assert.Null(Sent[0]["StatusCallback"]);
        _twilio.Report(sent, "undelivered", 30005);
        var reply = _twilio.Receive(Ada, "Ja");
        var stop = _twilio.Receive(Ada, "AFMELD");

        var heard = await _provider.Hear(Open(), 3);

        Assert.Equal([$"{sent}:undelivered", $"in:{reply}", $"in:{stop}"], heard.Select(one => one.Id));
        Assert.Equal(BounceKind.Hard, Assert.IsType<ChannelEvent.Bounced>(heard[0]).Kind);
        Assert.IsType<ChannelEvent.Replied>(heard[1]);
        Assert.IsType<ChannelEvent.Unsubscribed>(heard[2]);
    }

    [Fact]
    public async Task Settings_are_tried_at_Twilio_and_nothing_is_sent()
    {
        Assert.Empty(await Open().Validate(CancellationToken.None));
        Assert.All(_provider.Requests, request => Assert.Equal("GET", request.Method));
    }

    [Theory]
    [InlineData("auth_token", "wrong", "copy both again")]
    [InlineData("auth_token", "", "auth token is missing")]
    [InlineData("account_sid", "", "account SID is missing")]
    [InlineData("from", "", "sender is missing")]
    [InlineData("from", "A name too long", "can be no sender")]
    [InlineData("from", "+4511111111", "not a number of this account")]
    [InlineData("api_key", "SK1", "fill in both or neither")]
    [InlineData("api_url", "http://api.example.com", "unencrypted")]
    public async Task What_is_wrong_with_the_settings_is_said_in_a_sentence(string setting, string value, string said)
    {
        _settings[setting] = value;

        Assert.Contains(said, Assert.Single(await Open().Validate(CancellationToken.None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_suspended_and_a_network_that_is_away_are_said_too()
    {
        _twilio.State = "suspended";
        Assert.Contains("is suspended", Assert.Single(await Open().Validate(CancellationToken.None)), StringComparison.Ordinal);
        _provider.Before = _ => throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host.");
        Assert.Contains("api.twilio.com cannot be reached", Assert.Single(await Open().Validate(CancellationToken.None)), StringComparison.Ordinal);
        _provider.Before = _ => throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout.", new TimeoutException());
        Assert.Contains("did not answer in time", Assert.Single(await Open().Validate(CancellationToken.None)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_settings_ends_within_half_a_minute()
    {
        _provider.IsSilent = true;
        var looking = Open().Validate(CancellationToken.None).AsTask();
        _provider.Clock.Advance(TimeSpan.FromSeconds(26));

        Assert.Contains("did not answer in time", Assert.Single(await looking.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System)), StringComparison.Ordinal);
    }

    public void Dispose() => _provider.Dispose();

    private IChannel Open() => new SmsPlugin().Open(_provider.Setup(_settings));

    private async Task<SendResult> Send(string key, string to = Ada, string text = "Hi Ada") => await _provider.Send(Open(), _provider.Message(key, to, text));
}
