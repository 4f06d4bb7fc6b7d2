using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Playbook.Server.Host;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Host;

public sealed class HostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-host-").FullName;

    private ServeOptions Options => new() { Database = Path.Combine(_folder, "playbook.db"), Url = "http://127.0.0.1:0", IsQuiet = true };

    [Fact]
    public async Task A_second_server_on_a_database_is_told_who_has_it()
    {
        await using var first = await PlaybookServer.Start(Options);

        var refusal = await Assert.ThrowsAsync<HostException>(() => PlaybookServer.Start(Options));

        Assert.Equal(5, refusal.ExitCode);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(first.Url, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_and_the_database_is_free_again()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        var refusal = await Assert.ThrowsAsync<HostException>(() => PlaybookServer.Start(Options with { Url = $"http://127.0.0.1:{port}" }));

        Assert.Equal(5, refusal.ExitCode);
        Assert.Contains($"Port {port}", refusal.Message, StringComparison.Ordinal);
        await using var server = await PlaybookServer.Start(Options);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://192.168.1.7:5080")]
    [InlineData("http://example.com:5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("5080")]
    public async Task Any_address_but_this_machine_is_refused(string url) =>
        Assert.Equal(2, (await Assert.ThrowsAsync<HostException>(() => PlaybookServer.Start(Options with { Url = url }))).ExitCode);

    [Fact]
    public async Task A_file_that_is_no_database_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(Options.Database, new string('x', 5000));

        var refusal = await Assert.ThrowsAsync<HostException>(() => PlaybookServer.Start(Options));

        Assert.Equal(7, refusal.ExitCode);
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(Options.Database));
    }

    [Fact]
    public async Task A_broken_playbook_is_told_of_and_the_others_are_there()
    {
        var playbooks = Path.Combine(_folder, "playbooks");
        Playbooks.Outreach(playbooks);
        Directory.CreateDirectory(Path.Combine(playbooks, "broken"));
        await File.WriteAllTextAsync(Path.Combine(playbooks, "broken", "playbook.json"), "{ not json");

        await using var server = await PlaybookServer.Start(Options with { Playbooks = playbooks });

        Assert.Equal(["Refused broken", "Created outreach"], server.Playbooks.Select(result => $"{result.Outcome} {result.DefinitionId}"));
        Assert.NotNull(server.Playbooks[0].Cause);
    }

    [Fact]
    public async Task A_trial_goes_on_at_the_time_where_it_stopped()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Post("/api/clock/advance", new JsonObject { ["by"] = "7.00:00:00" });
        await trial.Stop();
        await trial.StartAgain();

        Assert.Equal(TrialServer.Begin.AddDays(7), trial.Clock.GetUtcNow());
    }

    [Fact]
    public async Task The_real_clock_is_not_moved()
    {
        await using var server = await PlaybookServer.Start(Options);
        using var http = LocalKeyHandler.Client(Options.Database, server.Url);
        using var content = new StringContent("{\"by\":\"1.00:00:00\"}", System.Text.Encoding.UTF8, "application/json");

        Assert.Equal(System.Net.HttpStatusCode.Conflict, (await http.PostAsync("/api/clock/advance", content)).StatusCode);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
