using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Sales.Consent;
using Playbook.Sales.Contacts;
using Playbook.Server.Inbound.Unsubscribe;
using Playbook.Storage;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Tests.Inbound;

/// <summary>The link in a message, by the rules of RFC 8058 and for people.</summary>
public sealed partial class OneClickTests
{
    private static readonly Uri Public = new("https://sales.example.com/");

    [Fact]
    public async Task A_message_carries_a_link_below_the_public_address_and_none_without_one()
    {
        await using var open = await InboundTrial.Start(publicUrl: Public);
        await open.Write(await open.Server.Contact());
        await using var closed = await InboundTrial.Start();
        await closed.Write(await closed.Server.Contact());

        Assert.StartsWith("https://sales.example.com/u/", Assert.Single(open.Mail.Sent).UnsubscribeUrl!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Null(Assert.Single(closed.Mail.Sent).UnsubscribeUrl);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task One_click_ends_everything_at_once_from_anywhere_without_cookie_sign_in_or_redirect(string type)
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        var contact = await trial.Server.Contact();
        var (run, _) = await trial.Write(contact);
        using var request = new HttpRequestMessage(HttpMethod.Post, PathOf(trial)) { Content = OneClick(type) };
        // As Gmail's servers call it through the proxy in front of us.
        request.Headers.Host = "sales.example.com";
        request.Headers.Add("Origin", "https://mail.example.net");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = trial.Server.Http.BaseAddress };
        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        // Before the answer, not some time later.
        Assert.True((await Contact(trial, contact.Id)).DoNotContact);
        Assert.Contains("went through Unsubscribed", await trial.History(run), StringComparison.Ordinal);
        Assert.Equal("link", Assert.Single(trial.Inbox.List(new EventFilter(), 0, 10)).MatchedBy);
    }

    [Fact]
    public async Task Clicking_again_changes_nothing_and_answers_the_same()
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        var contact = await trial.Server.Contact();
        await trial.Write(contact);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await trial.Server.Http.PostAsync(PathOf(trial), OneClick());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Single(trial.Store.Sending.Consents(contact.Id));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Fetching_the_link_shows_a_page_and_does_nothing(string method)
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        var contact = await trial.Server.Contact();
        await trial.Write(contact);
        using var answer = await trial.Server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), PathOf(trial)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, trial.Inbox.Count(new EventFilter()));
        Assert.False((await Contact(trial, contact.Id)).DoNotContact);
    }

    [Theory]
    [InlineData("en", "Do you want no more messages to a•••@e•••.com?", "lang=\"en\"")]
    [InlineData("da", "Vil du ikke have flere beskeder til a•••@e•••.com?", "lang=\"da\"")]
    public async Task The_page_speaks_the_contact_s_language_and_shows_no_more_of_them_than_a_masked_address(string language, string question, string tag)
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        await trial.Write(await trial.Server.Contact(c => c with { Language = language }));

        var page = WebUtility.HtmlDecode(await trial.Server.Http.GetStringAsync(PathOf(trial)));

        Assert.Contains(question, page, StringComparison.Ordinal);
        Assert.Contains(tag, page, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Byron", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_can_be_used_with_a_keyboard_and_a_screen_reader()
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        await trial.Write(await trial.Server.Contact());

        var page = await trial.Server.Http.GetStringAsync(PathOf(trial));

        Assert.Single(Heading().Matches(page));
        Assert.Contains("<title>", page, StringComparison.Ordinal);
        Assert.Contains("<legend>", page, StringComparison.Ordinal);
        Assert.Contains("name=\"viewport\"", page, StringComparison.Ordinal);
        // Every choice stands inside its label, and nothing needs a script.
        Assert.Equal(Input().Count(page), LabelledInput().Count(page));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all", ConsentEntry.Everything, true)]
    [InlineData("channel", "email", false)]
    public async Task The_button_on_the_page_ends_everything_or_only_this_channel(string choice, string scope, bool everything)
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        var contact = await trial.Server.Contact();
        await trial.Write(contact);

        using var answer = await trial.Server.Http.PostAsync(PathOf(trial), new FormUrlEncodedContent([new("choice", choice)]));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("You get no more messages", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(scope, Assert.Single(trial.Store.Sending.Consents(contact.Id)).Scope);
        Assert.Equal((everything, false), ((await Contact(trial, contact.Id)).DoNotContact, (await Contact(trial, contact.Id)).ConsentEmail));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_link_that_is_not_ours_gets_a_friendly_page(string method)
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        await trial.Write(await trial.Server.Contact());
        var good = PathOf(trial);
        string[] bad = [good[..^3] + (good.EndsWith("AAA", StringComparison.Ordinal) ? "BBB" : "AAA"), good[..^8], "/u/x", "/u/" + new string('A', 90), "/u/!!!", "/u/" + new string('A', 3000)];
        foreach (var path in bad)
        {
            using var answer = await trial.Server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? OneClick() : null });
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("This link does not work", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(0, trial.Inbox.Count(new EventFilter()));
    }

    [Fact]
    public async Task A_post_that_says_nothing_ends_nothing()
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        var contact = await trial.Server.Contact();
        await trial.Write(contact);
        foreach (var content in (HttpContent[])[new StringContent(""), new StringContent("{}", Encoding.UTF8, "application/json"), new FormUrlEncodedContent([new("List-Unsubscribe", "No")])])
        {
            using var answer = await trial.Server.Http.PostAsync(PathOf(trial), content);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.False((await Contact(trial, contact.Id)).DoNotContact);
    }

    [Fact]
    public async Task A_link_works_after_a_restart_and_after_its_run_was_deleted()
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        var contact = await trial.Server.Contact();
        var (run, key) = await trial.Write(contact);
        var path = PathOf(trial);
        await trial.Server.Post($"/api/runs/{run}/cancel", []);
        await trial.Store.Delete([run]);
        await trial.Server.Stop();
        await trial.Server.StartAgain();

        Assert.Equal(path, UnsubscribeLinks.Path + trial.Part<UnsubscribeLinks>().Token(new UnsubscribeTarget(contact.Id, "email", key)));
        using var answer = await trial.Server.Http.PostAsync(path, OneClick());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((await Contact(trial, contact.Id)).DoNotContact);
    }

    [Fact]
    public async Task Who_agreed_again_can_say_no_again_by_the_same_link()
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        var contact = await trial.Server.Contact();
        await trial.Write(contact);
        using (await trial.Server.Http.PostAsync(PathOf(trial), OneClick()))
        {
        }

        trial.Server.Clock.MoveTo(trial.Server.Clock.GetUtcNow().AddDays(300));
        using (await trial.Server.Http.PostAsync(PathOf(trial), OneClick()))
        {
        }

        Assert.Equal(2, trial.Store.Sending.Consents(contact.Id).Count);
    }

    [Theory]
    [InlineData("sales.example.com", HttpStatusCode.Unauthorized)] // our own name for the world: only who signs in gets further
    [InlineData("rebound.example.net", HttpStatusCode.Forbidden)] // a name that somebody else made to lead here
    public async Task The_rest_of_the_server_stays_closed_to_the_world(string host, HttpStatusCode expected)
    {
        await using var trial = await InboundTrial.Start(publicUrl: Public);
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/runs");
        foreign.Headers.Host = host;
        using var refused = await trial.Server.Http.SendAsync(foreign);

        Assert.Equal(expected, refused.StatusCode);
    }

    private static string PathOf(InboundTrial trial) => trial.Mail.Sent.Last().UnsubscribeUrl!.AbsolutePath;

    private static HttpContent OneClick(string type = "application/x-www-form-urlencoded")
    {
        if (type == "multipart/form-data")
            return new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        var content = new StringContent("List-Unsubscribe=One-Click");
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private static async Task<Contact> Contact(InboundTrial trial, Guid id)
    {
        await using var database = await trial.Part<IDbContextFactory<PlaybookDb>>().CreateDbContextAsync();
        return await database.Contacts.AsNoTracking().SingleAsync(c => c.Id == id);
    }

    [GeneratedRegex("<h1>", RegexOptions.None, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("<input ", RegexOptions.None, 1000)]
    private static partial Regex Input();

    [GeneratedRegex("<label><input [^>]*> [^<]+</label>", RegexOptions.None, 1000)]
    private static partial Regex LabelledInput();
}
