using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Playbook.Server.Access;
using Playbook.Server.Host;
using Playbook.Storage.Runs;

namespace Playbook.Server.Commands.Client;

/// <summary>
/// How commands reach runs: over HTTP, always. Where a server owns the database they talk to it; otherwise one is started
/// in this process for as long as the command takes.
/// </summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly PlaybookServer? _own;

    private ServerConnection(string url, string database, PlaybookServer? own)
    {
        _own = own;
        // Moving a trial's clock by months takes as long as the runs need.
        _http = new HttpClient { BaseAddress = new Uri(url), Timeout = Timeout.InfiniteTimeSpan };
        if (LocalKey.Read(database) is { } key)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Where a server runs that people can reach; null for the one that lives as long as the command.</summary>
    public string? Url => _own is null ? _http.BaseAddress!.ToString() : null;

    public static async Task<ServerConnection> Open(string database, CancellationToken cancellationToken)
    {
        if (await FindUrl(database, cancellationToken) is { } url)
            return new ServerConnection(url, database, null);
        if (!File.Exists(database))
            throw new HostException(ExitCodes.InvalidInput, $"There is no database {Path.GetFullPath(database)}. Name it with --database, or make it with 'playbook serve' or 'playbook import'.");
        var own = await PlaybookServer.Start(new ServeOptions
        {
            Database = database,
            Url = $"http://{ListenUrl.Loopback}:0",
            Playbooks = ServeOptions.PlaybooksHere,
            Clock = ManualClock.Exists(Path.GetFullPath(database)) ? ClockKind.Manual : ClockKind.Real,
            IsQuiet = true,
        }, cancellationToken: cancellationToken);
        return new ServerConnection(own.Url, database, own);
    }

    public Task<JsonNode> Get(string path, CancellationToken cancellationToken) => Send(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonNode> Post(string path, JsonObject? body, CancellationToken cancellationToken) => Send(HttpMethod.Post, path, body, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_own is not null)
            await _own.DisposeAsync();
    }

    private static async Task<string?> FindUrl(string database, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        while (StoreLock.ReadOwner(database) is { } owner)
        {
            if (owner.Url is { } url)
                return url;
            if (clock.GetElapsedTime(began) > StartsWithin)
                throw new HostException(ExitCodes.Busy, $"Process {owner.Pid} uses the database {database} and serves nothing. Wait until it has ended, then try again.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
        }

        return null;
    }

    private async Task<JsonNode> Send(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var answer = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
        if (response.IsSuccessStatusCode)
            return answer;
        throw new HostException(
            response.StatusCode switch
            {
                HttpStatusCode.Unauthorized => ExitCodes.Storage,
                HttpStatusCode.ServiceUnavailable => ExitCodes.Storage,
                >= HttpStatusCode.InternalServerError => ExitCodes.Failure,
                _ => ExitCodes.InvalidInput,
            },
            response.StatusCode == HttpStatusCode.Unauthorized
                ? "The server does not know this account. Run the command as the account that runs the server: only that one may read its key beside the database."
                : Words(answer, response.StatusCode));
    }

    private static string Words(JsonNode problem, HttpStatusCode status) =>
        problem["errors"] is JsonObject errors
            ? string.Join(Environment.NewLine, errors.SelectMany(field => (field.Value as JsonArray ?? []).Select(message => $"{field.Key}: {message}")))
            : (string?)problem["detail"] ?? (string?)problem["title"] ?? $"The server answered {(int)status}.";
}
