using System.Globalization;
using Playbook.Server.Definitions;

namespace Playbook.Server.Pages.Designer;

/// <summary>What publishing will do, in words.</summary>
public static class PublishWords
{
    public static string Say(PublishPlan plan)
    {
        if (plan.IsPublished)
            return $"Version {plan.Draft.Version} is live already; there is nothing to publish.";
        var errors = plan.Report.Errors.Count();
        if (errors > 0)
            return $"It cannot be published: {errors} {(errors == 1 ? "error stops" : "errors stop")} it. Warnings do not.";
        return $"{Staying(plan)}New runs take version {plan.Draft.Version}. Nothing is sent twice.";
    }

    /// <summary>Which runs stay where; empty where none is under way.</summary>
    public static string Staying(PublishPlan plan) => string.Concat(plan.UnderWay.Select(version =>
        $"{version.Count.ToString("N0", CultureInfo.InvariantCulture)} {(version.Count == 1 ? "run stays" : "runs stay")} on version {version.Version}. "));
}
