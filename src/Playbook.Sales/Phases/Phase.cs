namespace Playbook.Sales.Phases;

/// <summary>The phases of the sales process, by the names that playbooks and records carry.</summary>
public static class Phase
{
    public const string LeadGeneration = "lead-generation";
    public const string Appointment = "appointment";
    public const string Close = "close";
    public const string Enrollment = "enrollment";
    public const string ProgramDesign = "program-design";
    public const string Renewal = "renewal";
    public const string Upsell = "upsell";

    /// <summary>All of them, in the order in which a customer usually goes through them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [LeadGeneration, Appointment, Close, Enrollment, ProgramDesign, Renewal, Upsell];

    public static bool IsKnown(string phase) => All.Contains(phase);
}
