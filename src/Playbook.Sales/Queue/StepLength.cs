namespace Playbook.Sales.Queue;

/// <summary>How long a step takes, as far as its channel tells.</summary>
public static class StepLength
{
    public static TimeSpan Of(string? channel) => TimeSpan.FromMinutes(channel switch { "phone" => 10, "email" or "letter" => 6, "social" or "sms" => 4, _ => 15 });
}
