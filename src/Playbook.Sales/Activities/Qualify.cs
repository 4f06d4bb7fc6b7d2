using System.Globalization;
using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>Weighs criteria and says whether the contact is worth a seller's time now, later, or not at all.</summary>
public sealed class Qualify : IActivity
{
    public ActivityDescription Description { get; } = new("Playbook.Qualify", Palette.Qualify, "Qualify",
        "Weighs what is known about the contact and sorts it: worth the time now, later, or not at all, with the reasons.")
    {
        Inputs =
        [
            Palette.Json("Criteria", "Criteria", "What speaks for the contact: each with a label, a weight, a condition, and whether it must be met.", required: true),
            new("QualifyAt", "Double", "The share of the weight, from 0 to 1, from which the contact is qualified.") { DisplayName = "Qualified from", Default = 0.6 },
            new("RecycleAt", "Double", "The share from which it is kept for later.") { DisplayName = "Keep for later from", Default = 0.3 },
        ],
        Outputs =
        [
            new("Score", "Double", "The share of the weight that was met, from 0 to 1."),
            new("Reasons", "String[]", "One sentence for each criterion."),
        ],
        Outcomes = ["Qualified", "Recycle", "Disqualified"],
        Icon = "fact_check",
        Color = Palette.Gate,
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var criteria = Criterion.ReadAll(inputs, "Criteria");
        var qualifyAt = inputs.Number("QualifyAt", 0.6m, 0, 1);
        var recycleAt = inputs.Number("RecycleAt", Math.Min(0.3m, qualifyAt), 0, 1);
        if (inputs.Failure is { } unreadable)
            return unreadable;
        if (criteria.Count == 0)
            inputs.Problem("Criteria", "is missing", "list at least one criterion to qualify by");
        if (recycleAt > qualifyAt)
            inputs.Problem("RecycleAt", FormattableString.Invariant($"is {recycleAt}, above qualifyAt, which is {qualifyAt}"), "make it the smaller of the two");
        var met = criteria.Select(criterion => criterion.IsMet(inputs, "Criteria")).ToList();
        return inputs.Failure as ActivityResult ?? Judge(criteria, met, qualifyAt, recycleAt);
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus) => Execute(context);

    private static ActivityResult.Completed Judge(IReadOnlyList<Criterion> criteria, List<bool> met, decimal qualifyAt, decimal recycleAt)
    {
        decimal total = 0, reached = 0;
        var barred = false;
        var reasons = new List<object?>();
        for (var i = 0; i < criteria.Count; i++)
        {
            var (criterion, isMet) = (criteria[i], met[i]);
            total += criterion.Weight;
            reached += isMet ? criterion.Weight : 0;
            barred |= criterion.Required && !isMet;
            reasons.Add(Reason(criterion, isMet));
        }
        // Weights are compared as decimals and without dividing, so that 0.1 + 0.2 of 0.5 is 0.6 and not a hair less.
        var outcome = barred ? "Disqualified"
            : reached >= qualifyAt * total ? "Qualified"
            : reached >= recycleAt * total ? "Recycle"
            : "Disqualified";
        return ActivityResult.Complete(outcome) with
        {
            Outputs = new Dictionary<string, object?> { ["Score"] = (double)(reached / total), ["Reasons"] = reasons },
        };
    }

    private static string Reason(Criterion criterion, bool met)
    {
        var how = met ? "Met" : criterion.Required ? "Not met, but required" : "Not met";
        return $"{how}: {criterion.Label.TrimEnd('.')} (weight {criterion.Weight.ToString("0.####", CultureInfo.InvariantCulture)}).";
    }
}
