using System.Text.Json;
using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Writing;
using Playbook.Storage.Sending;

namespace Playbook.Storage.Metrics;

/// <summary>What people set about results (goals, costs, experiments) and the forecasts as they were made, as JSON by name. Needs a migrated database.</summary>
public sealed class ResultSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ReadPool _reads;
    private readonly StoreWriter _writer;

    internal ResultSettings(ReadPool reads, StoreWriter writer)
    {
        _reads = reads;
        _writer = writer;
    }

    /// <summary>Null where nobody has set it.</summary>
    public T? Get<T>(string name) where T : class => _reads.Read(name, static (connection, wanted) => connection
        .Prepare("SELECT Json FROM SendingSettings WHERE Name = ?1").Bind(1, wanted).Rows(row => row.Text(0))) is [var text] ? JsonSerializer.Deserialize<T>(text, Json) : null;

    /// <summary>All whose names begin with <paramref name="prefix"/>, by name.</summary>
    public IReadOnlyList<T> All<T>(string prefix) => [.. _reads.Read(prefix, static (connection, wanted) => connection
        .Prepare("SELECT Json FROM SendingSettings WHERE substr(Name, 1, length(?1)) = ?1 ORDER BY Name").Bind(1, wanted).Rows(row => row.Text(0)))
        .Select(text => JsonSerializer.Deserialize<T>(text, Json)!)];

    public async ValueTask Set<T>(string name, T value, DateTimeOffset now, string? by)
    {
        var setting = new OperatorSetting { Name = name, Json = JsonSerializer.Serialize(value, Json), UpdatedAt = now, By = by };
        var request = new WriteRequest<bool>(tables =>
        {
            tables.Ledger.Add(setting);
            return true;
        });
        _writer.Enqueue(request);
        await request.Result();
    }
}
