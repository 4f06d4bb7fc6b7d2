namespace Playbook.Server.Workers;

/// <summary>What came of an attempt to do an effect: a closed set. What went wrong is thrown instead.</summary>
public abstract record Attempt
{
    private Attempt()
    {
    }

    /// <summary>It is done, or was given its end: committed already.</summary>
    public sealed record Done : Attempt
    {
        public static Done Now { get; } = new();
    }

    /// <summary>Not yet, by our own rules.</summary>
    public sealed record Wait(DateTimeOffset Until, string Reason) : Attempt;

    /// <summary>The outside asks for time. That is no fault, unless it goes on for days.</summary>
    public sealed record Busy(TimeSpan After, string Reason) : Attempt;
}
