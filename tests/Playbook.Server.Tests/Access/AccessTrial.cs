using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Playbook.Server.Access;
using Playbook.Server.Host;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Access;

/// <summary>A server without an account, whose sign-in runs on a clock of its own.</summary>
internal sealed class AccessTrial : IAsyncDisposable
{
    public const string Email = "ada@example.com";
    public const string Password = "seven slow foxes";

    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-access-").FullName;
    private readonly List<Browser> _browsers = [];

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    public string Database => Path.Combine(_folder, "playbook.db");
    public PlaybookServer Server { get; private set; } = null!;

    public static async Task<AccessTrial> Start(Func<ServeOptions, ServeOptions>? with = null)
    {
        var trial = new AccessTrial();
        var options = new ServeOptions { Database = trial.Database, Url = "http://127.0.0.1:0", IsQuiet = true, AccessClock = trial.Clock };
        trial.Server = await PlaybookServer.Start(with?.Invoke(options) ?? options);
        return trial;
    }

    /// <summary>One with an owner, who is signed in at the browser.</summary>
    public static async Task<(AccessTrial Trial, Browser Owner)> WithOwner()
    {
        var trial = await Start();
        var owner = trial.Browser();
        var (status, text, _) = await owner.Submit("/welcome", Owner());
        Assert.True(status == System.Net.HttpStatusCode.Redirect, text);
        return (trial, owner);
    }

    public static Dictionary<string, string> Owner(string email = Email) => new() { ["Name"] = "Ada Owner", ["Email"] = email, ["Password"] = Password };

    public Browser Browser()
    {
        var browser = new Browser(Server.Url);
        _browsers.Add(browser);
        return browser;
    }

    public Task<TrialMember> Member(string name, params IReadOnlyList<string> roles) => TrialMember.Make(Server.Services, name, roles);

    /// <summary>Does something as the page of an administrator does it.</summary>
    public async Task As(TrialMember member, Func<IServiceProvider, Task> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentPerson>().Become(Caller.Of(scope.ServiceProvider.GetRequiredService<MemberBook>().Find(member.Id)!, null));
        await work(scope.ServiceProvider);
    }

    public Task<IReadOnlyList<Playbook.Storage.Access.AuditEntry>> Record() => Server.Services.GetRequiredService<AuditTrail>().Read(null, 0, 100);

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers)
            browser.Dispose();
        await Server.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
