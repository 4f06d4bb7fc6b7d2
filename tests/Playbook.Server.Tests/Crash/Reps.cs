using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Crash;

/// <summary>
/// People at work while the server is killed: they start runs and complete tasks, note what was acknowledged, and ask
/// again where no answer came.
/// </summary>
internal sealed class Reps(string database, string playbook, IReadOnlyList<Guid> contacts)
{
    private readonly ConcurrentDictionary<Guid, bool> _started = new();
    private readonly ConcurrentDictionary<string, string> _completed = new();
    private int _stamp;

    /// <summary>Where the server is now; null while there is none.</summary>
    public volatile string? Url;

    public ICollection<Guid> Started => _started.Keys;

    /// <summary>Tasks that somebody was told are done, with the name under which it was done.</summary>
    public IReadOnlyDictionary<string, string> Completed => _completed;

    /// <summary>Starts runs until there are <paramref name="wanted"/> and <paramref name="isEnough"/> says so.</summary>
    public async Task StartRuns(int wanted, Func<bool> isEnough)
    {
        using var http = LocalKeyHandler.Client(database);
        while (_started.Count < wanted || !isEnough())
        {
            var id = Guid.CreateVersion7();
            var contact = contacts[_started.Count % contacts.Count];
            while (await Post(http, "/api/runs", new JsonObject
            {
                ["playbook"] = playbook, ["id"] = id.ToString(), ["subject"] = new JsonObject { ["kind"] = "contact", ["id"] = contact.ToString() },
            }) is not (HttpStatusCode.Created, _))
                await Task.Delay(20);
            _started[id] = true;
            // Once there are enough, they only keep the server busy.
            if (_started.Count >= wanted)
                await Task.Delay(5);
        }
    }

    /// <summary>Completes tasks until <paramref name="isEnough"/> says so and no run waits for anything: a message under way can still open a task.</summary>
    public async Task CompleteTasks(int share, int of, Func<bool> isEnough)
    {
        using var http = LocalKeyHandler.Client(database);
        while (true)
        {
            var enough = isEnough();
            var open = (await OpenTasks(http)).Where(task => (uint)task.GetHashCode(StringComparison.Ordinal) % of == share).ToList();
            if (open.Count == 0 && enough && await NothingWaits(http))
                return;
            foreach (var task in open)
                await Complete(http, task);
            await Task.Delay(10);
        }
    }

    private async Task Complete(HttpClient http, string task)
    {
        var name = $"rep {Interlocked.Increment(ref _stamp)}";
        while (true)
        {
            var (status, answer) = await Post(http, $"/api/tasks/{task}/complete", new JsonObject { ["outcome"] = "Done", ["by"] = name });
            switch (status)
            {
                case HttpStatusCode.OK:
                    _completed[task] = name;
                    return;
                case HttpStatusCode.Conflict:
                    // It was ours, and only the answer got lost.
                    if ((string?)answer?["by"] == name)
                        _completed[task] = name;
                    return;
                default:
                    await Task.Delay(20);
                    break;
            }
        }
    }

    private async Task<bool> NothingWaits(HttpClient http)
    {
        if (Url is not { } url)
            return false;
        try
        {
            var health = JsonNode.Parse(await http.GetStringAsync(url + "/health"))!;
            return (long)health["outbox"]! == 0 && (long)health["openTasks"]! == 0 && health["runs"]!.AsObject().All(runs => runs.Key == "finished");
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<string>> OpenTasks(HttpClient http)
    {
        if (Url is not { } url)
            return [];
        try
        {
            var page = JsonNode.Parse(await http.GetStringAsync(url + "/api/tasks?take=200"))!;
            return [.. page["items"]!.AsArray().Select(task => (string)task!["id"]!)];
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException)
        {
            return [];
        }
    }

    private async Task<(HttpStatusCode? Status, JsonNode? Answer)> Post(HttpClient http, string path, JsonObject body)
    {
        if (Url is not { } url)
            return default;
        try
        {
            using var response = await http.PostAsJsonAsync(url + path, body);
            var text = await response.Content.ReadAsStringAsync();
            return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException)
        {
            return default;
        }
    }
}
