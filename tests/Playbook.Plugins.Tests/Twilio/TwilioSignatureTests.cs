using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Playbook.Abstractions;
using Playbook.Twilio;

namespace Playbook.Plugins.Tests.Twilio;

public sealed class TwilioSignatureTests
{
    private const string Token = "12345";
    private static readonly Uri Address = new("https://mycompany.com/myapp.php?foo=1&bar=2");

    [Fact]
    public void It_is_the_one_of_Twilios_own_example() => Assert.Equal("RSOYDt4T1cUTdK1PDd93/VVr8B8=", TwilioSignature.Of(Token, Address.OriginalString, new FormValues(
    [
        new("To", "+18005551212"), new("CallSid", "CA1234567890ABCDE"), new("Digits", "1234"), new("From", "+14158675309"), new("Caller", "+14158675309"),
    ])));

    [Property(MaxTest = 500)]
    public void Whatever_is_signed_holds_and_in_any_order(Dictionary<NonNull<string>, NonNull<string>> values, int seed)
    {
        var form = values.Select(value => KeyValuePair.Create(Sound(value.Key.Get), Sound(value.Value.Get))).ToList();
        var shuffled = form.ToArray();
        new System.Random(seed).Shuffle(shuffled);
        var signature = TwilioSignature.Of(Token, Address.OriginalString, new FormValues(form));

        Assert.True(Holds(signature, Address, new FormValues(shuffled)));
        Assert.True(Holds(signature, Address, FormValues.Parse(Encoding.UTF8.GetBytes(Encode(shuffled)))));
    }

    [Property(MaxTest = 500)]
    public void Nothing_that_was_changed_holds(NonEmptyString name, NonEmptyString value, NonEmptyString more)
    {
        var signature = TwilioSignature.Of(Token, Address.OriginalString, new FormValues([new(name.Get, value.Get)]));

        Assert.False(Holds(signature, Address, new FormValues([new(name.Get, value.Get + more.Get)])));
        Assert.False(Holds(signature, Address, new FormValues([new(name.Get, value.Get), new("zz", more.Get)])));
        Assert.False(Holds(signature, new Uri(Address.OriginalString + "3"), new FormValues([new(name.Get, value.Get)])));
        Assert.False(Holds(TwilioSignature.Of(Token + "6", Address.OriginalString, new FormValues([new(name.Get, value.Get)])), Address, new FormValues([new(name.Get, value.Get)])));
        Assert.False(Holds(more.Get, Address, new FormValues([new(name.Get, value.Get)])));
    }

    [Theory]
    [InlineData("https://a.example/x?b=1", "https://a.example:443/x?b=1")]
    [InlineData("https://a.example:443/x", "https://a.example/x")]
    [InlineData("http://a.example/", "http://a.example:80/")]
    public void The_usual_port_may_be_written_or_not(string called, string signed) =>
        Assert.True(Holds(TwilioSignature.Of(Token, signed, FormValues.None), new Uri(called), FormValues.None));

    [Fact]
    public void Another_port_is_another_address() =>
        Assert.False(Holds(TwilioSignature.Of(Token, "https://a.example:8443/x", FormValues.None), new Uri("https://a.example/x"), FormValues.None));

    [Fact]
    public void Behind_a_proxy_the_public_address_counts()
    {
        var signature = TwilioSignature.Of(Token, "https://sales.example.com/channels/sms/status?k=YQ", FormValues.None);
        var request = Request(signature, new Uri("http://127.0.0.1:5000/channels/sms/status?k=YQ")) with { Path = "status" };

        Assert.True(TwilioSignature.Holds(Token, request, FormValues.None, new Uri("https://sales.example.com/channels/sms/")));
        Assert.False(TwilioSignature.Holds(Token, request, FormValues.None, new Uri("https://other.example.com/channels/sms/")));
        Assert.False(TwilioSignature.Holds(Token, request, FormValues.None, null));
    }

    [Fact]
    public void A_body_that_is_no_form_is_covered_by_its_hash()
    {
        var body = "{\"a\":1}"u8.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        var url = new Uri($"https://a.example/x?bodySHA256={hash}");
        var request = Request(TwilioSignature.Of(Token, url.OriginalString, FormValues.None), url) with { Body = body, Query = new Dictionary<string, string> { ["bodySHA256"] = hash } };

        Assert.True(TwilioSignature.Holds(Token, request, FormValues.None, null));
        Assert.False(TwilioSignature.Holds(Token, request with { Body = "{\"a\":2}"u8.ToArray() }, FormValues.None, null));
    }

    [Fact]
    public void Without_a_token_nothing_holds() =>
        Assert.False(TwilioSignature.Holds("", Request(TwilioSignature.Of("", Address.OriginalString, FormValues.None), Address), FormValues.None, null));

    [Fact]
    public void A_value_that_comes_twice_is_read_twice()
    {
        var form = FormValues.Parse("a=1&b=%C3%A6+%26&a=2&c"u8);

        Assert.Equal([new("a", "1"), new("b", "æ &"), new("a", "2"), new("c", "")], form.All);
        Assert.Equal("1", form["a"]);
        Assert.Null(form["c"]);
    }

    private static bool Holds(string signature, Uri url, FormValues form) => TwilioSignature.Holds(Token, Request(signature, url), form, null);

    private static InboundRequest Request(string signature, Uri url) =>
        new("POST", "", new Dictionary<string, string> { ["x-twilio-signature"] = signature }, ReadOnlyMemory<byte>.Empty) { Url = url };

    private static string Encode(IEnumerable<KeyValuePair<string, string>> form) =>
        string.Join('&', form.Select(value => $"{Uri.EscapeDataString(value.Key)}={Uri.EscapeDataString(value.Value)}"));

    /// <summary>Half of a pair is no text, and cannot be sent.</summary>
    private static string Sound(string text) => new([.. text.Where(letter => !char.IsSurrogate(letter))]);
}
