using System.Text.Json;
using System.Text.Json.Serialization;
using Playbook.Sales.Sending;

namespace Playbook.Storage.Sending;

/// <summary>The operator's settings as JSON.</summary>
public static class SettingsText
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter<DayOfWeek>() } };

    public static string Write(SendingSettings settings) => JsonSerializer.Serialize(settings, Format);

    public static SendingSettings Read(string json) => JsonSerializer.Deserialize<SendingSettings>(json, Format) ?? new();
}
