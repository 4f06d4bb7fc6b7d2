using System.Text.Json;
using System.Text.Json.Serialization;
using Playbook.Sales.Sending;

namespace Playbook.Storage.Sending;

/// <summary>The operator's settings as JSON.</summary>
public static class SettingsText
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) 
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // A setting that is misspelt would silently be the default.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter<DayOfWeek>() },
    };

    public static string Write(SendingSettings settings) => JsonSerializer.Serialize(settings, Format);

    public static SendingSettings Read(string json) => JsonSerializer.Deserialize<SendingSettings>(json, Format) ?? new();
}
