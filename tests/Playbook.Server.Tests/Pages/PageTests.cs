using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Engine.Runs;
using Playbook.Server.Pages.Runs;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Pages;

public sealed class PageTests : IAsyncLifetime
{
    private TrialServer _trial = null!;

    public async ValueTask InitializeAsync() => _trial = await TrialServer.Start(Trial.Playbooks.Outreach);

    public ValueTask DisposeAsync() => _trial.DisposeAsync();

    private async Task<(HttpStatusCode Status, string Text)> Browse(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml");
        using var response = await _trial.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_first_address_leads_to_the_list_with_every_playbook()
    {
        var (status, text) = await Browse("/");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("outreach", text, StringComparison.Ordinal);
        Assert.Contains("version 1 is live", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_runs_says_so_where_none_has_begun() => Assert.Contains("No run has begun yet.", (await Browse("/runs")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/playbook.css")]
    [InlineData("/playbook.styles.css")]
    [InlineData("/Pages/Designer/DesignerPage.razor.js")]
    public async Task Every_file_that_the_pages_need_is_served(string path) => Assert.Equal(HttpStatusCode.OK, (await _trial.Http.GetAsync(path)).StatusCode);

    [Fact]
    public async Task Files_of_the_pages_are_small_on_the_wire_and_kept_as_long_as_they_are_the_same()
    {
        var page = await (await _trial.Http.GetAsync("/today")).Content.ReadAsStringAsync();
        var sheets = System.Text.RegularExpressions.Regex.Matches(page, "href=\"([^\"]+[.]css)\"").Select(link => "/" + link.Groups[1].Value.TrimStart('/')).ToList();

        Assert.Contains(sheets, sheet => sheet.Contains("MudBlazor", StringComparison.Ordinal));
        foreach (var sheet in sheets)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, sheet);
            request.Headers.AcceptEncoding.ParseAdd("gzip");
            using var answer = await _trial.Http.SendAsync(request);
            Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
            Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl?.MaxAge);
        }
    }

    [Fact]
    public async Task A_person_who_mistypes_sees_a_page_and_a_program_problem_details()
    {
        var (status, text) = await Browse("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("There is nothing here", text, StringComparison.Ordinal);

        Assert.Equal("application/problem+json", (await _trial.Http.GetAsync("/nowhere")).Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<html", (await Browse("/api/nowhere")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_open_the_pages_socket()
    {
        var address = new Uri(_trial.Server.Url.Replace("http", "ws", StringComparison.Ordinal) + "/_blazor?id=x");
        using var foreign = new ClientWebSocket();
        foreign.Options.SetRequestHeader("Origin", "https://elsewhere.example");
        foreign.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(address, CancellationToken.None));

        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);
    }

    [Theory]
    [InlineData("/playbooks/outreach/export.json", "application/json")]
    [InlineData("/playbooks/outreach/export.zip", "application/zip")]
    [InlineData("/playbooks/export.zip", "application/zip")]
    public async Task Playbooks_are_given_as_files(string path, string type)
    {
        using var response = await _trial.Http.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType!));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, (await _trial.Http.GetAsync(path.Replace("outreach", "nobody", StringComparison.Ordinal).Replace("/export.zip", "/nobody/export.zip", StringComparison.Ordinal))).StatusCode);
    }

    [Fact]
    public async Task A_run_is_told_in_words_and_its_trouble_can_be_mended()
    {
        var contact = await _trial.Contact();
        var id = Guid.Parse(await _trial.Run("outreach", contact.Id));
        var desk = _trial.Server.Services.GetRequiredService<RunDesk>();
        string State(RunView view) => _trial.Server.Services.GetRequiredService<RunStateWords>().Of(view.Status, view.SubStatus, view.Troubles.Count, view.Pause is not null);

        var run = (await desk.Load(id))!;

        Assert.Equal(("Ada Byron", "outreach", 1, "waits"), (run.Who, run.Playbook, run.Version, State(run)));
        Assert.StartsWith("“call” waits for the prospector to do it", Assert.Single(run.Waits).Words, StringComparison.Ordinal);
        Assert.True(await desk.Cancel(id, "a mistake", "Karen"));
        Assert.False(await desk.Cancel(id, null, "Karen"));
        var over = (await desk.Load(id))!;
        Assert.Equal((RunSubStatus.Cancelled, "cancelled"), (over.SubStatus, State(over)));
        Assert.Contains("Karen cancelled the run: a mistake.", over.History[0].Because, StringComparison.Ordinal);
        Assert.Null(await desk.Load(Guid.Empty));
    }

    [Fact]
    public async Task Runs_are_found_by_name_playbook_and_state()
    {
        var contact = await _trial.Contact();
        await _trial.Contact(other => other with { Name = "100% Bo_b" });
        var id = await _trial.Run("outreach", contact.Id);
        await _trial.Run("outreach");
        var shelf = _trial.Server.Services.GetRequiredService<RunShelf>();

        Assert.Equal(2, (await shelf.Load(new())).Total);
        Assert.Equal("Ada Byron", Assert.Single((await shelf.Load(new(Search: "byron"))).Rows).Who);
        Assert.Equal(id, Assert.Single((await shelf.Load(new(Search: contact.Email))).Rows).Run.Id.ToString());
        Assert.Empty((await shelf.Load(new(Search: "%"))).Rows);
        Assert.Equal(2, (await shelf.Load(new("outreach", "running"))).Total);
        Assert.Equal(0, (await shelf.Load(new("outreach", "finished"))).Total);
        Assert.Equal(0, (await shelf.Load(new(Incidents: true))).Total);
    }
}
