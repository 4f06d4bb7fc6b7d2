namespace Playbook.Sales.Reps;

/// <summary>How much time for steps somebody has: what is left of their week after meetings of our own, mail and breaks.</summary>
/// <param name="Person">By name.</param>
/// <param name="Hours">A week, above 0.</param>
/// <param name="Days">On so many days, 1 to 7.</param>
public sealed record WorkingWeek(string Person, double Hours, int Days)
{
    public double HoursOfDay => Hours / Days;

    /// <summary>Of who has said nothing else.</summary>
    public static WorkingWeek Usual(string person) => new(person, 32.5, 5);

    public bool IsPossible => Days is >= 1 and <= 7 && Hours > 0 && HoursOfDay <= 16;
}
