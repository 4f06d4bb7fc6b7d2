namespace Playbook.Sales.Metrics;

/// <summary>A step that people do, as far as somebody else could do it.</summary>
/// <param name="Hours">Spent on it: what it weighs.</param>
/// <param name="IsDocumented">It says when it is done.</param>
/// <param name="IsMeasured">Its outcomes were counted often enough to tell a share.</param>
/// <param name="People">Who did it, with how often.</param>
public sealed record TransferableStep(string Playbook, string Title, double Hours, bool IsDocumented, bool IsScripted, bool IsMeasured, IReadOnlyList<(string Rep, long Tasks)> People);

/// <summary>How well the work would go on without any one person; its four parts are shares of the hours, each a quarter of the score.</summary>
/// <param name="Shared">Done by two people or more.</param>
/// <param name="Weakest">The step with the most hours that hang on one person, with who and their share; null where none does.</param>
/// <param name="Alone">All steps that only one person did, the most hours first.</param>
public sealed record Transferability(double Documented, double Scripted, double Measured, double Shared, double Hours, int Steps, (TransferableStep Step, string Rep, double Share)? Weakest, IReadOnlyList<TransferableStep> Alone)
{
    /// <summary>Fewer tasks than this tell nothing of who can do a step.</summary>
    public const long Fewest = 30;

    /// <summary>From 0 to 100.</summary>
    public int Score => (int)Math.Round((Documented + Scripted + Measured + Shared) * 25);

    /// <summary>Null where too little was done.</summary>
    public static Transferability? Of(IReadOnlyList<TransferableStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var done = steps.Where(step => step.Hours > 0).ToList();
        var hours = done.Sum(step => step.Hours);
        if (done.Sum(step => step.People.Sum(person => person.Tasks)) < Fewest)
            return null;
        double Share(Func<TransferableStep, bool> holds) => done.Where(holds).Sum(step => step.Hours) / hours;
        var leaning = done.Where(step => step.People.Count > 0)
            .Select(step => (Step: step, Most: step.People.MaxBy(person => person.Tasks), All: step.People.Sum(person => person.Tasks)))
            .Select(one => (one.Step, one.Most.Rep, Share: (double)one.Most.Tasks / one.All))
            .Where(one => one.Share > 0.5).OrderByDescending(one => one.Share * one.Step.Hours).ToList();
        return new Transferability(
            Share(step => step.IsDocumented), Share(step => step.IsScripted), Share(step => step.IsMeasured), Share(step => step.People.Count >= 2), hours, done.Count,
            leaning.Count == 0 ? null : leaning[0], [.. done.Where(step => step.People.Count == 1).OrderByDescending(step => step.Hours)]);
    }
}
