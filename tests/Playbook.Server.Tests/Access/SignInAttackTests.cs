using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Playbook.Server.Access;

namespace Playbook.Server.Tests.Access;

/// <summary>The usual attacks on a sign-in.</summary>
public sealed partial class SignInAttackTests
{
    [Fact]
    public async Task A_stranger_a_wrong_password_and_a_locked_account_are_told_the_same()
    {
        var (trial, _) = await AccessTrial.WithOwner();
        await using var ended = trial;
        var stranger = Words(await trial.Browser().SignIn("nobody@example.com", "whatever it may be"));
        var wrong = Words(await trial.Browser().SignIn(AccessTrial.Email, "whatever it may be"));
        for (var i = 0; i < 5; i++)
            await trial.Browser().SignIn(AccessTrial.Email, "whatever it may be");
        var locked = Words(await trial.Browser().SignIn(AccessTrial.Email, AccessTrial.Password));

        Assert.Contains("is not right", stranger, StringComparison.Ordinal);
        Assert.Equal(stranger, wrong.Replace(AccessTrial.Email, "nobody@example.com", StringComparison.Ordinal));
        Assert.Equal(stranger, locked.Replace(AccessTrial.Email, "nobody@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stranger_is_refused_no_faster_than_a_member()
    {
        var (trial, _) = await AccessTrial.WithOwner();
        await using var ended = trial;
        async Task<TimeSpan> Fastest(string email)
        {
            var fastest = TimeSpan.MaxValue;
            for (var i = 0; i < 3; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await trial.Browser().SignIn(email, "whatever it may be");
                fastest = Stopwatch.GetElapsedTime(began) is var took && took < fastest ? took : fastest;
            }

            return fastest;
        }

        var (stranger, member) = (await Fastest("nobody@example.com"), await Fastest(AccessTrial.Email));

        // Without a password to check it would be a hundredth.
        Assert.True(stranger > member / 3, $"{stranger} against {member}");
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour()
    {
        var (trial, _) = await AccessTrial.WithOwner();
        await using var ended = trial;
        for (var i = 0; i < 5; i++)
            await trial.Browser().SignIn(AccessTrial.Email, $"guess number {i}");

        Assert.Equal(HttpStatusCode.OK, (await trial.Browser().SignIn(AccessTrial.Email, AccessTrial.Password)).Status);
        trial.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Redirect, (await trial.Browser().SignIn(AccessTrial.Email, AccessTrial.Password)).Status);
        Assert.Contains(await trial.Record(), entry => entry is { What: "failed to sign in", Detail: "wrong password; the account is locked now" });
    }

    [Fact]
    public async Task One_address_may_not_try_as_often_as_it_likes()
    {
        await using var trial = await AccessTrial.Start();
        var browser = trial.Browser();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= AccessHosting.TriesPerMinute; i++)
            answers.Add((await browser.Post("/signin", new FormUrlEncodedContent([]))).Status);

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, answers[..AccessHosting.TriesPerMinute]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task A_session_that_was_brought_along_is_not_the_one_that_is_signed_in()
    {
        var (trial, owner) = await AccessTrial.WithOwner();
        await using var ended = trial;
        // Somebody's own session, ended, its cookie put into another's browser: it must not come to life by their password.
        var planted = owner.Session!;
        await owner.Post("/signout", new FormUrlEncodedContent([]));
        owner.Cookies[Sessions.Cookie] = planted;
        var victim = trial.Browser();
        victim.Cookies[Sessions.Cookie] = planted;
        Assert.Equal(HttpStatusCode.Redirect, (await victim.SignIn(AccessTrial.Email, AccessTrial.Password)).Status);

        Assert.NotEqual(planted, victim.Session);
        Assert.Equal(HttpStatusCode.OK, (await victim.Get("/api/tasks")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.Get("/api/tasks")).Status);
    }

    [Fact]
    public async Task After_signing_out_a_kept_cookie_opens_nothing()
    {
        var (trial, owner) = await AccessTrial.WithOwner();
        await using var ended = trial;
        var kept = owner.Session!;
        Assert.Equal((HttpStatusCode.Redirect, "/signin"), (await owner.Post("/signout", new FormUrlEncodedContent([])) is var answer ? (answer.Status, answer.Location) : default));

        Assert.Null(owner.Session);
        owner.Cookies[Sessions.Cookie] = kept;
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.Get("/api/tasks")).Status);
    }

    [Fact]
    public async Task A_session_ends_when_nobody_came_for_a_week()
    {
        var (trial, owner) = await AccessTrial.WithOwner();
        await using var ended = trial;
        trial.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(HttpStatusCode.OK, (await owner.Get("/api/tasks")).Status);
        trial.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(HttpStatusCode.OK, (await owner.Get("/api/tasks")).Status);
        trial.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.Get("/api/tasks")).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/%09/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    public async Task Nobody_is_sent_elsewhere_by_the_sign_in(string returnUrl)
    {
        var (trial, _) = await AccessTrial.WithOwner();
        await using var ended = trial;
        var (status, _, location) = await trial.Browser().SignIn(AccessTrial.Email, AccessTrial.Password, $"?returnUrl={(returnUrl.Contains('%', StringComparison.Ordinal) ? returnUrl : Uri.EscapeDataString(returnUrl))}");

        Assert.Equal((HttpStatusCode.Redirect, "/"), (status, location is null ? null : new Uri(new Uri(trial.Server.Url), location) is var to && to.Authority == new Uri(trial.Server.Url).Authority ? to.PathAndQuery : location));
    }

    [Fact]
    public async Task Whoever_was_led_to_the_sign_in_goes_on_where_they_wanted_to()
    {
        var (trial, _) = await AccessTrial.WithOwner();
        await using var ended = trial;

        Assert.EndsWith("/runs?search=x", (await trial.Browser().SignIn(AccessTrial.Email, AccessTrial.Password, "?returnUrl=%2Fruns%3Fsearch%3Dx")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("token")]
    [InlineData("api_key")]
    [InlineData("apikey")]
    public async Task A_token_in_the_address_opens_nothing(string name)
    {
        await using var trial = await AccessTrial.Start();
        var member = await trial.Member("Bo", AccessRole.Admin);

        Assert.Equal(HttpStatusCode.Unauthorized, (await trial.Browser().Get($"/api/tasks?{name}={member.Token}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await trial.Browser().Get($"/elsa/hubs/workflow-instance?{name}={member.Token}", "application/json")).Status);
    }

    [Fact]
    public async Task A_cookie_of_our_own_making_opens_nothing()
    {
        await using var trial = await AccessTrial.Start();
        await trial.Member("Bo", AccessRole.Admin);
        var browser = trial.Browser();
        browser.Cookies[Sessions.Cookie] = "CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/api/tasks")).Status);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("ada@example.com1")]
    [InlineData("playbook12")]
    public async Task A_password_that_is_tried_first_is_refused(string password)
    {
        await using var trial = await AccessTrial.Start();
        var fields = AccessTrial.Owner();
        fields["Password"] = password;

        Assert.Equal(HttpStatusCode.OK, (await trial.Browser().Submit("/welcome", fields)).Status);
        Assert.NotNull(trial.Server.SetupCode);
    }

    private static string Words((HttpStatusCode Status, string Text, string? Location) answer) => $"{answer.Status} {Changing().Replace(answer.Text, "")}";

    [GeneratedRegex("<input type=\"hidden\"[^>]*>|nonce=\"[^\"]*\"|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Changing();
}
