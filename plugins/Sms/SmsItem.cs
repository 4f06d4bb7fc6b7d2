using System.Globalization;
using System.Text.Json;
using Playbook.Twilio;

namespace Playbook.Sms;

/// <summary>A message in Twilio's list.</summary>
internal readonly struct SmsItem(JsonElement item)
{
    public string? Sid => Text("sid");
    public string To => Text("to") ?? "";
    public string From => Text("from") ?? "";
    public string Body => Text("body") ?? "";
    public string Status => Text("status") ?? "";
    public bool IsOutbound => Text("direction")?.StartsWith("outbound", StringComparison.Ordinal) == true;
    public DateTimeOffset? CreatedAt => TwilioAccount.Date(Text("date_created"));
    public DateTimeOffset? SentAt => TwilioAccount.Date(Text("date_sent"));

    public int ErrorCode => !item.TryGetProperty("error_code", out var code) ? 0
        : code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number
        : code.ValueKind == JsonValueKind.String && int.TryParse(code.GetString(), CultureInfo.InvariantCulture, out number) ? number : 0;

    private string? Text(string name) =>
        item.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
