using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Access;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Access;

/// <summary>First run, invitations, new passwords, and who was put out.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task The_first_who_comes_becomes_the_owner_and_nobody_after_them()
    {
        var (trial, owner) = await AccessTrial.WithOwner();
        await using var ended = trial;
        Assert.Equal(HttpStatusCode.OK, (await owner.Get("/settings/people")).Status);

        var second = trial.Browser();
        Assert.Contains("has an owner", (await second.Get("/welcome")).Text, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.Redirect, (await second.Submit("/welcome", AccessTrial.Owner("eve@example.com"))).Status);
        Assert.Null(second.Session);
        Assert.Null(trial.Server.SetupCode);
    }

    [Fact]
    public async Task Of_many_who_begin_at_once_one_becomes_the_owner()
    {
        await using var trial = await AccessTrial.Start();
        var browsers = Enumerable.Range(0, 4).Select(_ => trial.Browser()).ToList();
        await Task.WhenAll(browsers.Select((browser, i) => browser.Submit("/welcome", AccessTrial.Owner($"owner{i}@example.com"))));

        Assert.Single(browsers, browser => browser.Session is not null);
        await using var scope = trial.Server.Services.CreateAsyncScope();
        Assert.Single(await scope.ServiceProvider.GetRequiredService<People>().All());
    }

    [Fact]
    public async Task From_elsewhere_it_takes_the_code_that_the_server_printed()
    {
        await using var trial = await AccessTrial.Start(options => options with { PublicUrl = new Uri("https://sales.example.com/") });
        var browser = trial.Browser();
        var fields = AccessTrial.Owner();
        Assert.Contains("Setup code", (await browser.Get("/welcome")).Text, StringComparison.Ordinal);
        Assert.Contains("not the setup code", (await browser.Submit("/welcome", fields)).Text, StringComparison.Ordinal);
        fields["Code"] = "WRONGWRONGWR";
        Assert.Contains("not the setup code", (await browser.Submit("/welcome", fields)).Text, StringComparison.Ordinal);
        fields["Code"] = trial.Server.SetupCode!;

        Assert.Equal(HttpStatusCode.Redirect, (await browser.Submit("/welcome", fields)).Status);
    }

    [Fact]
    public async Task An_invitation_makes_one_member_with_the_roles_that_were_given_whatever_the_form_brings()
    {
        await using var trial = await AccessTrial.Start();
        var admin = await trial.Member("Ada Owner", AccessRole.Admin);
        var link = "";
        await trial.As(admin, async services => link = await services.GetRequiredService<Invitations>().Invite("Bo", [AccessRole.Rep], null, "Ada Owner"));
        var browser = trial.Browser();
        // A mail program that looks ahead uses nothing up.
        await browser.Get(link);
        var (status, _, _) = await browser.Submit(link, new()
        {
            ["Name"] = "Bo Rep", ["Email"] = "bo@example.com", ["Password"] = AccessTrial.Password,
            ["Roles"] = "admin", ["Role"] = "admin", ["_invitation.Roles"] = "admin", ["Member.Roles"] = "admin", ["RepId"] = Guid.Empty.ToString(), ["Id"] = admin.Id.ToString(),
        });

        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/api/tasks")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/settings/people")).Status);
        await using var scope = trial.Server.Services.CreateAsyncScope();
        var made = Assert.Single(await scope.ServiceProvider.GetRequiredService<People>().All(), member => member.Name == "Bo Rep");
        Assert.Equal(("rep", null), (made.Roles.ToString(), made.RepId));
        Assert.Contains("opens nothing", (await trial.Browser().Get(link)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_that_many_use_at_once_makes_one_member()
    {
        await using var trial = await AccessTrial.Start();
        var admin = await trial.Member("Ada Owner", AccessRole.Admin);
        var link = "";
        await trial.As(admin, async services => link = await services.GetRequiredService<Invitations>().Invite("Bo", [AccessRole.Rep], null, "Ada Owner"));
        var browsers = Enumerable.Range(0, 4).Select(_ => trial.Browser()).ToList();
        await Task.WhenAll(browsers.Select((browser, i) => browser.Submit(link, new() { ["Name"] = "Bo", ["Email"] = $"bo{i}@example.com", ["Password"] = AccessTrial.Password })));

        Assert.Single(browsers, browser => browser.Session is not null);
        await using var scope = trial.Server.Services.CreateAsyncScope();
        Assert.Equal(2, (await scope.ServiceProvider.GetRequiredService<People>().All()).Count);
    }

    [Fact]
    public async Task An_invitation_runs_out_and_can_be_withdrawn()
    {
        await using var trial = await AccessTrial.Start();
        var admin = await trial.Member("Ada Owner", AccessRole.Admin);
        var links = new List<string>();
        await trial.As(admin, async services =>
        {
            var invitations = services.GetRequiredService<Invitations>();
            links.Add(await invitations.Invite("Bo", [AccessRole.Rep], null, "Ada Owner"));
            links.Add(await invitations.Invite("Cy", [AccessRole.Rep], null, "Ada Owner"));
            await invitations.Withdraw((await invitations.All()).Single(one => one.For == "Cy").Id);
        });

        Assert.Contains("opens nothing", (await trial.Browser().Get(links[1])).Text, StringComparison.Ordinal);
        Assert.Contains("Welcome, Bo", (await trial.Browser().Get(links[0])).Text, StringComparison.Ordinal);
        trial.Clock.Advance(Invitations.GoodFor);
        Assert.Contains("opens nothing", (await trial.Browser().Get(links[0])).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_signs_out_whoever_has_the_old_one()
    {
        var (trial, owner) = await AccessTrial.WithOwner();
        await using var ended = trial;
        var admin = await trial.Member("Bo Admin", AccessRole.Admin);
        var link = "";
        await trial.As(admin, async services => link = await services.GetRequiredService<Invitations>().Renew((await services.GetRequiredService<People>().All()).Single(member => member.Name == "Ada Owner").Id, "Bo Admin"));
        var elsewhere = trial.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.Submit(link, new() { ["Password"] = "another seven foxes" })).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.Get("/api/tasks")).Status);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.Get("/api/tasks")).Status);
        Assert.Equal(HttpStatusCode.OK, (await trial.Browser().SignIn(AccessTrial.Email, AccessTrial.Password)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await trial.Browser().SignIn(AccessTrial.Email, "another seven foxes")).Status);
    }

    [Fact]
    public async Task An_owner_who_lost_the_password_gets_in_again_by_a_command_on_the_machine()
    {
        var (trial, owner) = await AccessTrial.WithOwner();
        await using var ended = trial;
        using var program = new Commands.BuiltProgram();
        var answer = await program.Run("password", AccessTrial.Email.ToUpperInvariant(), "--database", trial.Database);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        var link = new Uri(Assert.Single(answer.Lines, line => line.StartsWith(trial.Server.Url, StringComparison.Ordinal))).AbsolutePath;

        var elsewhere = trial.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.Submit(link, new() { ["Password"] = "another seven foxes" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.Get("/settings/people")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.Get("/api/tasks")).Status);
        Assert.Contains("opens nothing", (await trial.Browser().Get(link)).Text, StringComparison.Ordinal);
        Assert.Contains(await trial.Record(), entry => entry.What == "made a link for a new password" && entry.On == "Ada Owner");

        var stranger = await program.Run("password", "eve@example.com", "--database", trial.Database);
        Assert.Equal(6, stranger.ExitCode);
        Assert.Contains($"Administrators are: {AccessTrial.Email}", stranger.Errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_member_is_out_at_once_with_every_cookie_and_token()
    {
        await using var trial = await AccessTrial.Start();
        var admin = await trial.Member("Ada Owner", AccessRole.Admin);
        var member = await trial.Member("Bo", AccessRole.Rep);
        async Task<(HttpStatusCode, HttpStatusCode)> Tried()
        {
            using var http = LocalKeyHandler.Client(trial.Database, trial.Server.Url);
            using var byToken = new HttpRequestMessage(HttpMethod.Get, "/api/tasks");
            byToken.Headers.Authorization = new("Bearer", member.Token);
            using var byCookie = new HttpRequestMessage(HttpMethod.Get, "/api/tasks");
            byCookie.Headers.Add("Cookie", member.Cookie);
            return ((await http.SendAsync(byToken)).StatusCode, (await http.SendAsync(byCookie)).StatusCode);
        }

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await Tried());
        await trial.As(admin, services => services.GetRequiredService<People>().SetDisabled(member.Id, true));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), await Tried());
        await trial.As(admin, services => services.GetRequiredService<People>().SetDisabled(member.Id, false));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await Tried());
    }

    [Fact]
    public async Task Somebody_always_remains_who_may_let_people_in()
    {
        await using var trial = await AccessTrial.Start();
        var admin = await trial.Member("Ada Owner", AccessRole.Admin);
        var rep = await trial.Member("Bo", AccessRole.Rep);
        await trial.As(admin, async services =>
        {
            var people = services.GetRequiredService<People>();
            await Assert.ThrowsAsync<InvalidOperationException>(() => people.SetDisabled(admin.Id, true));
            await Assert.ThrowsAsync<InvalidOperationException>(() => people.SetRoles(admin.Id, [AccessRole.Rep]));
            await people.SetRoles(rep.Id, [AccessRole.Admin]);
            await people.SetRoles(admin.Id, [AccessRole.Rep]);
        });
        // What was just given up is not to be had by itself.
        await trial.As(admin, services => Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredService<People>().SetRoles(admin.Id, [AccessRole.Admin])));

        Assert.Equal(["changed somebody's roles", "changed somebody's roles"], (await trial.Record()).Select(entry => entry.What));
    }

    [Fact]
    public async Task A_token_is_kept_as_a_hash_and_opens_nothing_once_it_is_revoked()
    {
        await using var trial = await AccessTrial.Start();
        var (member, other) = (await trial.Member("Bo", AccessRole.Rep), await trial.Member("Cy", AccessRole.Rep));
        var token = "";
        Guid id = default;
        await trial.As(member, async services =>
        {
            token = await services.GetRequiredService<Tokens>().Make("script", 30);
            id = (await services.GetRequiredService<Tokens>().Mine()).First(one => one.Name == "script").Id;
        });
        using var http = LocalKeyHandler.Client(trial.Database, trial.Server.Url);
        http.DefaultRequestHeaders.Authorization = new("ApiKey", token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/elsa/api/workflow-definitions")).StatusCode);
        Assert.DoesNotContain(token, System.Text.Encoding.Latin1.GetString(await ReadShared(trial.Database)), StringComparison.Ordinal);

        await trial.As(other, services => services.GetRequiredService<Tokens>().Revoke(id));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/tasks")).StatusCode);
        await trial.As(member, services => services.GetRequiredService<Tokens>().Revoke(id));
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/tasks")).StatusCode);
    }

    [Fact]
    public async Task The_key_of_this_machine_is_for_its_owner_alone_and_another_one_after_each_start()
    {
        string first;
        await using (var trial = await AccessTrial.Start())
        {
            first = LocalKey.Read(trial.Database)!;
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(trial.Database + ".key"));
        }

        await using var again = await AccessTrial.Start();
        using var http = LocalKeyHandler.Client(again.Database, again.Server.Url);
        http.DefaultRequestHeaders.Authorization = new("Bearer", first);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/tasks")).StatusCode);
        http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/tasks")).StatusCode);
    }

    private static async Task<byte[]> ReadShared(string path)
    {
        var all = new MemoryStream();
        foreach (var file in new[] { path, path + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await stream.CopyToAsync(all);
        }

        return all.ToArray();
    }
}
