namespace Playbook.Sales.Goals;

/// <summary>A ratio with where it is from.</summary>
/// <param name="Measured">Whether it was counted; otherwise somebody assumed it.</param>
/// <param name="Of">How many cases it was counted over.</param>
public sealed record Ratio(double Value, bool Measured, long Of);

/// <summary>What a goal asks for.</summary>
/// <param name="Revenue">To be won, above 0.</param>
/// <param name="ValueOfWin">What a sale brings, above 0.</param>
/// <param name="WinOfHeld">Won of meetings held; this and the next three above 0.</param>
/// <param name="HeldOfBooked">Meetings that took place of those agreed.</param>
/// <param name="BookedOfConversations">Meetings agreed of conversations.</param>
/// <param name="ConversationsOfDials">Calls in which words went both ways.</param>
/// <param name="WorkingDays">Until the goal's date, 1 or more.</param>
/// <param name="Reps">Who share the work, 1 or more.</param>
public sealed record BackSolverQuestion(
    double Revenue, Ratio ValueOfWin, Ratio WinOfHeld, Ratio HeldOfBooked, Ratio BookedOfConversations, Ratio ConversationsOfDials, int WorkingDays, int Reps);

/// <summary>How much of one step the goal needs.</summary>
/// <param name="By">The ratio that leads from the step above to this one; null for the first.</param>
public sealed record NeededStep(string Name, double Total, double PerDay, double PerRepAndDay, Ratio? By);

/// <summary>From the revenue back to what has to be done today.</summary>
public static class BackSolver
{
    public static IReadOnlyList<NeededStep> Solve(BackSolverQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (question.WorkingDays < 1 || question.Reps < 1)
            throw new ArgumentException($"{question.Reps} reps in {question.WorkingDays} working days can do nothing: one of each is the least.", nameof(question));
        List<NeededStep> steps = [];
        var total = question.Revenue;
        Add("Revenue", null);
        foreach (var (name, ratio) in ((string, Ratio)[])[
            ("Clients won", question.ValueOfWin), ("Meetings held", question.WinOfHeld), ("Meetings agreed", question.HeldOfBooked),
            ("Conversations", question.BookedOfConversations), ("Dials", question.ConversationsOfDials)])
        {
            if (ratio.Value <= 0)
                throw new ArgumentException($"'{name}' cannot be told from a ratio of {ratio.Value}: it must be above 0.", nameof(question));
            total /= ratio.Value;
            Add(name, ratio);
        }

        return steps;

        void Add(string name, Ratio? by) => steps.Add(new NeededStep(name, total, total / question.WorkingDays, total / question.WorkingDays / question.Reps, by));
    }
}
