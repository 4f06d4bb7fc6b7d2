namespace Playbook.Sales.Metrics;

/// <summary>Something that happened to a subject and counts the first time only.</summary>
/// <param name="SubjectId">Of a contact or an opportunity.</param>
/// <param name="What">One of the names here.</param>
/// <param name="Day">Of <paramref name="At"/>, in the company's own zone; days since 1 January of the year 1.</param>
public readonly record struct Mark(string SubjectId, string What, DateTimeOffset At, int Day)
{
    /// <summary>The first run about the subject began.</summary>
    public const string Started = "started";

    /// <summary>A person on our side did something about it.</summary>
    public const string Touched = "touched";

    /// <summary>Words went both ways.</summary>
    public const string Conversation = "conversation";

    /// <summary>The subject answered in writing.</summary>
    public const string Replied = "replied";

    /// <summary>A meeting was agreed.</summary>
    public const string Booked = "booked";

    /// <summary>A meeting took place.</summary>
    public const string Held = "held";

    /// <summary>The subject wants no more.</summary>
    public const string OptedOut = "opted-out";

    /// <summary>The agreement holds: the subject has come to the phase after closing.</summary>
    public const string Won = "won";

    /// <summary>The sale was given up.</summary>
    public const string Lost = "lost";

    public const string Renewed = "renewed";

    /// <summary>The customer left.</summary>
    public const string Left = "left";

    public const string Referred = "referred";

    private const string PhaseBefore = "phase:";
    private const string VariantBefore = "variant:";
    private const string AfterBefore = "after:";

    /// <summary>A phase was reached.</summary>
    public static string Phase(string phase) => PhaseBefore + phase;

    /// <summary>An experiment gave the subject a variant.</summary>
    public static string Variant(string experiment, string variant) => $"{VariantBefore}{experiment}:{variant}";

    /// <summary>All variants of an experiment begin with this.</summary>
    public static string Variants(string experiment) => $"{VariantBefore}{experiment}:";

    /// <summary>Something happened after the subject had got its variant: what an experiment is read by.</summary>
    public static string After(string experiment, string what) => $"{AfterBefore}{experiment}:{what}";

    /// <summary>The experiment of a mark that a variant left; null for any other mark.</summary>
    public static string? ExperimentOf(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        return what.StartsWith(VariantBefore, StringComparison.Ordinal) && what.LastIndexOf(':') is var end && end > VariantBefore.Length ? what[VariantBefore.Length..end] : null;
    }

    /// <summary>Whether an experiment may hope for it or fear it.</summary>
    public static bool IsAnswer(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        return what is Conversation or Replied or Booked or Held or OptedOut or Won or Lost or Renewed || what.StartsWith(PhaseBefore, StringComparison.Ordinal);
    }
}
