using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Import;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Products;
using Playbook.Sales.Reps;

namespace Playbook.Storage.Import;

/// <summary>Records, reports and batches as JSON.</summary>
public static class RecordJson
{
    /// <summary>As our pages and the command line write them too: camel case, enums by name.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The text goes into a database or a file, never into a page: letters of other languages stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("There is only null where a record should be.");

    internal static string WriteRecord(object record) => JsonSerializer.Serialize(record, record.GetType(), Options);

    internal static object ReadRecord(RecordKind kind, string text) => kind switch
    {
        RecordKind.Product => Read<Product>(text),
        RecordKind.Team => Read<Team>(text),
        RecordKind.Rep => Read<Rep>(text),
        RecordKind.Account => Read<Account>(text),
        RecordKind.Contact => Read<Contact>(text),
        RecordKind.Opportunity => Read<Opportunity>(text),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of record."),
    };
}
