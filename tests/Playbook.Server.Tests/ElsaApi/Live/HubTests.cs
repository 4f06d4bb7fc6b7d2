using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Playbook.Server.Access;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Live;

public sealed class HubTests
{
    private const string Hub = "/elsa/hubs/workflow-instance";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Whoever_observes_a_run_hears_of_each_change_of_it(HttpTransportType transport)
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await using var observer = await Observer.Connect(trial, transport);
        await observer.Connection.InvokeAsync("ObserveInstanceAsync", run);

        await trial.Complete(run, "Won");

        var updated = await observer.Next("WorkflowInstanceUpdatedAsync");
        Assert.Equal(run, (string?)updated["workflowInstanceId"]);
        Assert.Empty((await observer.Next("WorkflowExecutionLogUpdatedAsync")).AsObject());
        var stats = (await observer.Next("ActivityExecutionLogUpdatedAsync"))["stats"]!.AsArray();
        var won = stats.Single(s => (string?)s!["activityNodeId"] == "Workflow1:Flowchart1:won")!;
        Assert.Equal(("won", 1, 0, false), ((string?)won["activityId"], (int)won["completedCount"]!, (int)won["uncompletedCount"]!, (bool)won["isBlocked"]!));
    }

    [Fact]
    public async Task Other_runs_are_not_told_of()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var (run, other) = (await trial.StartRun("sale"), await trial.StartRun("sale"));
        await using var observer = await Observer.Connect(trial);
        await observer.Connection.InvokeAsync("ObserveInstanceAsync", Guid.Parse(run).ToString("D"));

        await trial.Complete(other, "Won");
        await trial.Complete(run, "Lost");

        Assert.Equal(run, (string?)(await observer.Next("WorkflowInstanceUpdatedAsync"))["workflowInstanceId"]);
    }

    [Fact]
    public async Task Observing_goes_on_for_one_when_another_leaves()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var run = await trial.StartRun("sale");
        await using var observer = await Observer.Connect(trial);
        await observer.Connection.InvokeAsync("ObserveInstanceAsync", run);
        await using (var other = await Observer.Connect(trial))
            await other.Connection.InvokeAsync("ObserveInstanceAsync", run);

        await trial.Complete(run, "Lost");

        Assert.Equal(run, (string?)(await observer.Next("WorkflowInstanceUpdatedAsync"))["workflowInstanceId"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("01a20922916276b0a3d33be015aae18f")]
    public async Task A_run_that_is_not_there_cannot_be_observed(string id)
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        await using var observer = await Observer.Connect(trial);

        var refusal = await Assert.ThrowsAsync<HubException>(() => observer.Connection.InvokeAsync("ObserveInstanceAsync", id));

        Assert.Contains($"There is no workflow instance '{id}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_negotiation_has_the_shape_that_a_real_Elsa_gives()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        using var response = await trial.Http.PostAsJsonAsync($"{Hub}/negotiate?negotiateVersion=1", new { });

        Recorded.HasShapeOf(Recorded.Response("POST-elsa-hubs-workflow-instance-negotiate.json"), JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_page_of_another_site_may_not_listen()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(trial.Server.Url.Replace("http:", "ws:", StringComparison.Ordinal) + Hub), CancellationToken.None));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    private sealed class Observer : IAsyncDisposable
    {
        private static readonly string[] Messages = ["WorkflowInstanceUpdatedAsync", "WorkflowExecutionLogUpdatedAsync", "ActivityExecutionLogUpdatedAsync"];

        private readonly Dictionary<string, Channel<JsonNode>> _heard = Messages.ToDictionary(message => message, _ => Channel.CreateUnbounded<JsonNode>());

        private Observer(HubConnection connection)
        {
            Connection = connection;
            foreach (var (message, heard) in _heard)
                connection.On<JsonNode>(message, told => heard.Writer.TryWrite(told));
        }

        public HubConnection Connection { get; }

        public static async Task<Observer> Connect(TrialServer trial, HttpTransportType transport = HttpTransportType.WebSockets)
        {
            var observer = new Observer(new HubConnectionBuilder().WithUrl(trial.Server.Url + Hub, transport, options => options.AccessTokenProvider = () => Task.FromResult(LocalKey.Read(trial.Database))).Build());
            await observer.Connection.StartAsync();
            return observer;
        }

        public async Task<JsonNode> Next(string message)
        {
            using var limit = new CancellationTokenSource(Soon);
            return await _heard[message].Reader.ReadAsync(limit.Token);
        }

        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
