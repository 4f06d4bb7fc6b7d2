using Playbook.Sales.Statistics;

namespace Playbook.Sales.Experiments;

/// <summary>How one variant does beside the control.</summary>
/// <param name="Successes">Of those whose answer is known.</param>
/// <param name="OptOuts">Of the same.</param>
/// <param name="Difference">From the control, with its bounds; null for the control, and where nothing can be compared yet.</param>
/// <param name="PValue">Safe to look at every day, corrected for the number of variants; null for the control.</param>
/// <param name="Loss">What choosing this variant instead of the best is expected to cost, in rate.</param>
public sealed record VariantReading(string Name, Proportion Successes, Proportion OptOuts, TwoProportions? Difference, double? PValue, double Loss);

/// <summary>What an experiment says now. It may be looked at as often as one likes: the decision does not get worse by it.</summary>
/// <param name="Verdict">What may be concluded.</param>
/// <param name="Winner">The variant that is shown to be better; null as long as none is.</param>
/// <param name="RatioPValue">Whether the variants got their shares; below <see cref="SampleRatio.Alarm"/> nothing can be concluded.</param>
/// <param name="HarmfulVariants">Variants that more people opted out of than of the control.</param>
public sealed record ExperimentReading(ExperimentVerdict Verdict, string? Winner, double RatioPValue, IReadOnlyList<VariantReading> Variants, IReadOnlyList<string> HarmfulVariants)
{
    /// <summary>Below this many answers of a variant its rates are not shown: they would only mislead.</summary>
    public const int FewestToShow = 30;

    private const double Alpha = 0.05;

    public static ExperimentReading Of(ExperimentDesign design, IEnumerable<Answer> answers)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(answers);
        if (!design.Weights.ContainsKey(design.Control))
            throw new ArgumentException($"The control '{design.Control}' is none of the variants {string.Join(", ", design.Weights.Keys)}. Name one of them.", nameof(design));
        var byVariant = design.Weights.Keys.Order(StringComparer.Ordinal).ToDictionary(name => name, _ => new List<Answer>(), StringComparer.Ordinal);
        var inOrder = answers.OrderBy(answer => answer.AssignedAt).ToList();
        foreach (var answer in inOrder)
            if (byVariant.TryGetValue(answer.Variant, out var own))
                own.Add(answer);
        var ratio = SampleRatio.PValue([.. byVariant.Select(variant => (long)variant.Value.Count)], [.. byVariant.Keys.Select(name => design.Weights[name])]);
        var rivals = byVariant.Keys.Where(name => name != design.Control).ToList();
        var better = ManyTests.Holm([.. rivals.Select(rival => Anytime(inOrder, design.Control, rival, answer => answer.Succeeded))]);
        var worse = ManyTests.Holm([.. rivals.Select(rival => Anytime(inOrder, design.Control, rival, answer => answer.OptedOut))]);
        var readings = byVariant.Select(variant => Read(variant.Key, byVariant, design.Control, rivals.IndexOf(variant.Key) is >= 0 and var place ? better[place] : null)).ToList();
        var control = readings.Single(reading => reading.Name == design.Control);
        List<string> harmful = [.. rivals.Where((rival, place) => worse[place] <= Alpha && Of(readings, rival).OptOuts.Rate > control.OptOuts.Rate)];
        var decided = rivals.Where((_, place) => better[place] <= Alpha).ToList();
        var winner = decided.Where(rival => !harmful.Contains(rival) && Of(readings, rival).Successes.Rate > control.Successes.Rate).MaxBy(rival => Of(readings, rival).Successes.Rate);
        var controlWins = decided.Count == rivals.Count && decided.TrueForAll(rival => Of(readings, rival).Successes.Rate < control.Successes.Rate);
        return new ExperimentReading(Judge(), winner ?? (controlWins ? design.Control : null), ratio, readings, harmful);

        ExperimentVerdict Judge() =>
            ratio < SampleRatio.Alarm ? ExperimentVerdict.SharesAreWrong
            : harmful.Count > 0 && winner is null ? ExperimentVerdict.Harmful
            : winner is not null ? ExperimentVerdict.Won
            : controlWins ? ExperimentVerdict.ControlStays
            : design.PlannedPerVariant is { } planned && readings.TrueForAll(reading => reading.Successes.Trials >= planned) ? ExperimentVerdict.NoDifferenceSeen
            : ExperimentVerdict.NotDecided;
    }

    private static double Anytime(IEnumerable<Answer> inOrder, string control, string rival, Func<Answer, bool> counts)
    {
        var test = new AnytimeTest();
        foreach (var answer in inOrder)
            if (answer.Variant == control || answer.Variant == rival)
                test.Add(answer.Variant == rival, counts(answer));
        return test.PValue;
    }

    private static VariantReading Read(string name, Dictionary<string, List<Answer>> byVariant, string control, double? pValue)
    {
        var own = Successes(byVariant[name]);
        return new VariantReading(
            name,
            own,
            new Proportion(byVariant[name].Count(answer => answer.OptedOut), byVariant[name].Count),
            name == control ? null : TwoProportions.Compare(Successes(byVariant[control]), own),
            name == control ? null : pValue,
            byVariant.Where(other => other.Key != name).Select(other => BetaBinomial.Of(own, Successes(other.Value)).LossOfFirst).DefaultIfEmpty(0).Max());
    }

    private static VariantReading Of(List<VariantReading> readings, string name) => readings.Find(reading => reading.Name == name)!;

    private static Proportion Successes(List<Answer> answers) => new(answers.Count(answer => answer.Succeeded), answers.Count);
}

public enum ExperimentVerdict
{
    /// <summary>Go on: nothing is shown yet.</summary>
    NotDecided,

    /// <summary>A variant is better than the control; it can become the playbook's next draft.</summary>
    Won,

    /// <summary>Every variant is worse than what is in use.</summary>
    ControlStays,

    /// <summary>As many were asked as planned, and no difference worth seeing came out: take the cheaper way.</summary>
    NoDifferenceSeen,

    /// <summary>More people opted out of a variant; stop it.</summary>
    Harmful,

    /// <summary>The variants did not get their shares, so something sorts people: find that first.</summary>
    SharesAreWrong,
}
