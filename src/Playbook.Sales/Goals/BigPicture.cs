using Playbook.Sales.Phases;
using Playbook.Sales.Reps;

namespace Playbook.Sales.Goals;

/// <summary>What a goal counts.</summary>
public enum GoalMeasure
{
    ValueWon,
    NewClients,
}

/// <summary>A result with a number, a date and an owner.</summary>
public sealed record Goal(string Id, string Name, GoalMeasure Measure, double Target, DateOnly From, DateOnly By, string Owner)
{
    /// <summary>The share of the time that is over, from 0 to 1.</summary>
    public double TimeGone(DateOnly today) => Math.Clamp((today.DayNumber - From.DayNumber + 1.0) / Math.Max(1, By.DayNumber - From.DayNumber + 1), 0, 1);
}

/// <summary>Completion plans that together make one part of the sales process run.</summary>
/// <param name="Owner">The role that answers for it.</param>
/// <param name="Phases">The phases whose playbooks are its completion plans.</param>
public sealed record SalesSystem(string Id, string Name, string Owner, IReadOnlyList<string> Phases)
{
    public static IReadOnlyList<SalesSystem> All { get; } =
    [
        new("new-clients", "New clients", Role.Manager, [Phase.LeadGeneration, Phase.Appointment, Phase.Close]),
        new("good-start", "A good start", Role.Onboarder, [Phase.Enrollment, Phase.ProgramDesign]),
        new("clients-stay", "Clients stay and grow", Role.AccountManager, [Phase.Renewal, Phase.Upsell]),
    ];
}

/// <summary>Where we want to go, and the results that lead there.</summary>
public sealed record BigPicture(string Vision, IReadOnlyList<Goal> Goals)
{
    public static BigPicture Empty { get; } = new("", []);

    public BigPicture With(Goal goal) => this with { Goals = [.. Goals.Where(one => one.Id != goal.Id), goal] };

    public BigPicture Without(string id) => this with { Goals = [.. Goals.Where(one => one.Id != id)] };
}
