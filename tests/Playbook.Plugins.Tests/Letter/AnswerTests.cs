using System.Security.Cryptography;
using System.Text;
using Playbook.Abstractions;

namespace Playbook.Plugins.Tests.Letter;

public sealed class AnswerTests : IDisposable
{
    private readonly TrialLetters _letters = new();

    [Fact]
    public async Task Opening_the_page_tells_nothing_and_sending_it_tells_the_answer()
    {
        var code = await _letters.Accepted("m-1");
        var page = await _letters.Ask("GET", "c/" + code);
        Assert.Empty(page.Events);
        Assert.Contains($"{code[..3]}-{code[3..6]}-{code[6..]}", page.Body, StringComparison.Ordinal);

        var answer = await _letters.Ask("POST", "c/" + code, $"code={code.ToLowerInvariant()}&answer=interested&text=Ring+p%C3%A5+torsdag");

        Assert.Equal(200, answer.Status);
        var answered = Assert.IsType<ChannelEvent.Answered>(answer.Events[0]);
        Assert.Equal(("interested", "m-1", code, "tracking code"), (answered.Answer, answered.MessageKey, answered.ProviderId, answered.MatchedBy));
        Assert.Equal("Ring på torsdag", Assert.IsType<ChannelEvent.Replied>(answer.Events[1]).Text);
        var again = await _letters.Ask("POST", "c", $"code={code}&answer=interested&text=Ring+p%C3%A5+torsdag");
        Assert.Equal(answer.Events.Select(come => come.Id), again.Events.Select(come => come.Id));
    }

    [Fact]
    public async Task A_reader_who_wants_no_more_is_unsubscribed()
    {
        var code = await _letters.Accepted("m-1");

        var answer = await _letters.Ask("POST", "c", $"code={code}&answer=stop", ("Accept-Language", "da-DK,da;q=0.9"));

        Assert.IsType<ChannelEvent.Unsubscribed>(Assert.Single(answer.Events));
        Assert.Contains("Du får ikke mere fra os.", System.Net.WebUtility.HtmlDecode(answer.Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code=000-000-001&answer=interested", 404)]
    [InlineData("answer=interested", 404)]
    [InlineData("code=%3Cscript%3E&answer=interested", 404)]
    public async Task A_code_of_no_letter_tells_nothing(string body, int status)
    {
        await _letters.Accepted("m-1");

        var answer = await _letters.Ask("POST", "c", body);

        Assert.Equal(status, answer.Status);
        Assert.Empty(answer.Events);
        Assert.DoesNotContain("<script>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_landing_page_of_our_own_tells_of_a_code_by_a_signed_post()
    {
        var code = await _letters.Accepted("m-1");
        var body = $$"""{"code":"{{code}}"}""";
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("the landing page's secret"), Encoding.UTF8.GetBytes(body)));

        Assert.Equal("visited", Assert.IsType<ChannelEvent.Answered>(Assert.Single((await _letters.Ask("POST", "used", body, ("x-playbook-signature", signature))).Events)).Answer);
        Assert.Equal(401, (await _letters.Ask("POST", "used", body)).Status);
        Assert.Equal(401, (await _letters.Ask("POST", "used", body + " ", ("X-Playbook-Signature", signature))).Status);
        Assert.Equal(404, (await _letters.Ask("GET", "used")).Status);
    }

    public void Dispose() => _letters.Dispose();
}
