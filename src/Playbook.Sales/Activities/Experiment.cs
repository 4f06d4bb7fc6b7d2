using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>
/// Sends each subject down one of several ways, always the same one: SHA-256 of the experiment's name, a colon and the
/// subject's id gives a place between 0 and 1, and the variants, sorted by name, share that line by their weights.
/// Sorted, so that drawing the ports in another order changes nobody's variant. Changing weights, or adding a variant,
/// moves those whose place then belongs to another variant; start a new experiment under a new name to be sure.
/// </summary>
public sealed class Experiment : IActivity
{
    private const string WeightsCure = "list one number per variant, in the same order, such as [50, 50]";

    public ActivityDescription Description { get; } = new("Playbook.Experiment", Palette.Steer, "Experiment",
        "Tries several ways on different contacts, each contact always the same way, to learn which works best.")
    {
        Inputs =
        [
            new("ExperimentName", "String", "What is tried; the same name gives the same contact the same variant everywhere.") { DisplayName = "Name", Required = true },
            new("Variants", "String[]", "The ways to try; each is a port.") { DisplayName = "Variants", Required = true, Editor = "dynamic-outcomes" },
            Palette.Json("Weights", "Weights", "How many contacts each variant gets, as numbers in the variants' order; equal where it is empty."),
        ],
        Outputs = [new("Variant", "String", "The variant that the contact is in.")],
        Outcomes = [],
        OutcomesFrom = "Variants",
        Icon = "science",
        Color = Palette.Signpost,
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var name = inputs.RequiredText("ExperimentName", "name what is tried, such as short-or-long-mail");
        var variants = inputs.Ports("Variants", atLeast: 2, """name at least two ways, such as ["Short", "Long"]""");
        var weights = Weights(inputs, variants.Count);
        if (inputs.Failure is { } failure)
            return failure;
        if (context.Subject.Id.Length == 0)
            return ActivityResult.Fail($"The experiment '{name}' has nobody to assign, because this run is about no contact or opportunity. Start the run for a subject.");
        var variant = Assign(name, context.Subject.Id, variants, weights);
        return ActivityResult.Complete(variant) with
        {
            Outputs = new Dictionary<string, object?> { ["Variant"] = variant },
            Effects = [new Effect.RecordFact("VariantAssigned", new Dictionary<string, object?> { ["experiment"] = name, ["variant"] = variant })],
        };
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus) => Execute(context);

    /// <summary>The variant of a subject; weights stand in the order of the variants, each 0 or more, with a sum above 0.</summary>
    public static string Assign(string name, string subjectId, IReadOnlyList<string> variants, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(variants);
        ArgumentNullException.ThrowIfNull(weights);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name + ":" + subjectId));
        // The upper 53 bits are what a double holds exactly.
        var place = (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) / (double)(1UL << 53);
        var shares = variants.Zip(weights, (variant, weight) => (variant, weight))
            .Where(share => share.weight > 0).OrderBy(share => share.variant, StringComparer.Ordinal).ToList();
        var point = place * shares.Sum(share => share.weight);
        foreach (var (variant, weight) in shares)
        {
            if (point < weight)
                return variant;
            point -= weight;
        }
        return shares[^1].variant;
    }

    private static double[] Weights(StepInputs inputs, int variants)
    {
        var given = inputs.List("Weights", WeightsCure);
        if (given.Count == 0)
            return [.. Enumerable.Repeat(1d, variants)];
        if (given.Count != variants)
            inputs.Problem("Weights", $"has {given.Count} numbers for {variants} variants", WeightsCure);
        var weights = new double[given.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            if (Numbers.TryRead(given[i], out var weight) && weight >= 0)
                weights[i] = (double)weight;
            else
                inputs.Problem("Weights", $"has {StepInputs.Shape(given[i])} in place {i + 1} where a weight of 0 or more belongs", WeightsCure);
        }
        if (inputs.Failure is null && weights.Sum() <= 0)
            inputs.Problem("Weights", "gives every variant 0, so that nobody can be assigned", WeightsCure);
        return weights;
    }
}
