using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Sending;
using Playbook.Server.Access;
using Playbook.Server.Host;
using Playbook.Server.Sending;
using Playbook.Server.Workers;
using Playbook.Storage;
using Playbook.Storage.Sending;

namespace Playbook.Server.Tests.Trial;

/// <summary>A folder with a database, playbooks and messages, and a real server over it, on a clock that is moved by hand.</summary>
internal sealed class TrialServer : IAsyncDisposable
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private PlaybookServer? _server;
    private readonly Dictionary<string, TrialMember> _members = [];
    private HttpClient? _http;

    public string Folder { get; } = Directory.CreateTempSubdirectory("playbook-server-").FullName;
    public string Playbooks => Path.Combine(Folder, "playbooks");
    public string Database => Path.Combine(Folder, "playbook.db");
    public string Plugins => Path.Combine(Folder, "plugins");
    public string Messages => Path.Combine(Folder, "messages");
    public string Studio => Path.Combine(Folder, "studio");
    public PlaybookServer Server => _server!;
    public HttpClient Http => _http!;
    public ManualClock Clock => (ManualClock)Server.Services.GetRequiredService<TimeProvider>();

    public IReadOnlyList<string> Mails => Directory.Exists(Messages) ? [.. Directory.EnumerateFiles(Messages, "*.eml").Order(StringComparer.Ordinal)] : [];

    /// <summary>Changes how the server runs.</summary>
    public Func<ServeOptions, ServeOptions> With { get; init; } = options => options;

    /// <summary>Activities besides Elsa's and those of sales.</summary>
    public IReadOnlyList<IActivity> MoreActivities { get; init; } = [];

    /// <summary>Channels besides the e-mail that becomes files, or in its place.</summary>
    public IReadOnlyDictionary<ChannelDescription, IChannel> MoreChannels { get; init; } = new Dictionary<ChannelDescription, IChannel>();

    public Func<string, SendingLimits>? Limits { get; init; }

    /// <summary>The operator's hours, caps and pauses; null for the defaults.</summary>
    public SendingSettings? Policy { get; init; }

    public Uri? PublicUrl { get; init; }

    /// <summary>The same member for the same name, until the server stops; a designer where nothing else is said.</summary>
    public async Task<TrialMember> Member(string name, params IReadOnlyList<string> roles) =>
        _members.TryGetValue(name, out var known) ? known : _members[name] = await TrialMember.Make(Server.Services, name, roles.Count == 0 ? [AccessRole.Designer] : roles);

    public static Task<TrialServer> Start(Action<string> draw, params IReadOnlyList<IActivity> more) => Start(new TrialServer { MoreActivities = more }, draw);

    public static async Task<TrialServer> Start(TrialServer trial, Action<string> draw)
    {
        Directory.CreateDirectory(trial.Playbooks);
        draw(trial.Playbooks);
        await trial.StartAgain();
        return trial;
    }

    public async Task StartAgain(Func<IRunStore, IRunStore>? around = null)
    {
        _server = await PlaybookServer.Start(
            With(new ServeOptions { Database = Database, Url = "http://127.0.0.1:0", Playbooks = Playbooks, Studio = Studio, Company = "Playbook Ltd", IsQuiet = true, MoreActivities = MoreActivities, MoreChannels = MoreChannels, Limits = Limits, PublicUrl = PublicUrl, FinishWithin = TimeSpan.FromSeconds(2) }),
            ManualClock.Open(Database, Begin), around);
        _http = LocalKeyHandler.Client(Database, _server.Url);
        if (Policy is { } policy)
            await _server.Services.GetRequiredService<SendingLedger>().Set(policy, Begin, "test");
    }

    public async Task Stop()
    {
        _http?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }

    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    public async Task<(HttpStatusCode Status, JsonNode Answer)> Post(string path, JsonObject? body = null)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }

    public async Task<(HttpStatusCode Status, string Type, JsonNode? Answer)> PostText(string path, string body, string type = "application/json")
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = new(type);
        using var response = await Http.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Starts a run and gives its id.</summary>
    public async Task<string> Run(string playbook, Guid? contact = null)
    {
        var body = new JsonObject { ["playbook"] = playbook };
        if (contact is { } id)
            body["subject"] = new JsonObject { ["kind"] = "contact", ["id"] = id.ToString() };
        var (status, answer) = await Post("/api/runs", body);
        Assert.True(status == HttpStatusCode.Created, answer.ToJsonString());
        return (string)answer["id"]!;
    }

    /// <summary>Has the workers do what there is to do now.</summary>
    public Task Settle() => Server.Services.GetRequiredService<TimeTravel>().Settle(CancellationToken.None);

    public Task<string> FirstTask() => FirstTask("");

    public async Task<string> FirstTask(string query) => (string)(await Get($"/api/tasks{query}"))["items"]![0]!["id"]!;

    public async Task<Contact> Contact(Func<Contact, Contact>? change = null)
    {
        var id = Guid.CreateVersion7();
        var contact = new Contact
        {
            Id = id, NaturalKey = id.ToString(), Name = "Ada Byron", FirstName = "Ada", LastName = "Byron", Email = "ada@example.com", Phone = "+44 20 7946 0123", Country = "GB", Language = "en",
            ConsentEmail = true, CreatedAt = Begin, UpdatedAt = Begin,
        };
        contact = change?.Invoke(contact) ?? contact;
        await Add(contact);
        return contact;
    }

    public async Task Opportunities(int count, string stage)
    {
        await using var database = await Server.Services.GetRequiredService<IDbContextFactory<PlaybookDb>>().CreateDbContextAsync();
        for (var i = 0; i < count; i++)
        {
            var id = Guid.CreateVersion7();
            database.Add(new Opportunity { Id = id, NaturalKey = id.ToString(), Name = $"Sale {i}", Phase = "lead-generation", Stage = stage, CreatedAt = Begin, UpdatedAt = Begin });
        }

        await database.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task Add(object record)
    {
        await using var database = await Server.Services.GetRequiredService<IDbContextFactory<PlaybookDb>>().CreateDbContextAsync();
        database.Add(record);
        await database.SaveChangesAsync();
    }
}
