using System.Reflection;
using Playbook.Server.Api;

namespace Playbook.Server.ElsaApi.Features;

/// <summary>
/// What of Elsa this server has. Clients show and ask for what stands here, so nothing is listed that is not there.
/// </summary>
internal static class FeaturesApi
{
    private static readonly IReadOnlyList<Feature> Installed =
    [
        Feature.Of("Workflows", "Playbooks and their activities"),
        Feature.Of("Flowchart", "Flowcharts"),
        Feature.Of("WorkflowDefinitions", "Definitions and their versions"),
        Feature.Of("WorkflowInstances", "Runs"),
        Feature.Of("WorkflowManagement", "Designing and looking after playbooks"),
        Feature.Of("WorkflowRuntime", "Running playbooks"),
        Feature.Of("WorkflowsApi", "Elsa's HTTP API"),
        Feature.Of("CommitStrategies", "Every turn is committed whole"),
        Feature.Of("Expressions", "Expressions"),
        Feature.Of("JavaScript", "Expressions in JavaScript"),
        Feature.Of("Liquid", "Expressions in Liquid"),
        Feature.Of("Scriban", "Scripts and expressions in Scriban"),
        Feature.Of("Http", "HTTP requests"),
        Feature.Of("Scheduling", "Delays, timers and CRON"),
        Feature.Of("RealTimeWorkflowUpdates", "Runs are shown as they go on"),
    ];

    private static readonly string Version = (typeof(FeaturesApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "1.0.0").Split('+')[0];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/features/installed", () => ElsaJson.Answer(new ElsaList<Feature>(Installed)));
        api.MapGet("/features/installed/{fullName}", Find);
        api.MapGet("/package/version", () => ElsaJson.Answer(new { packageVersion = Version }));
        // Clients ask for these whatever is installed.
        api.MapGet("/resilience/strategies", () => ElsaJson.Answer(new ElsaList<object>([])));
        api.MapGet("/resilience/retries/{activityInstanceId}", (string activityInstanceId) => ElsaJson.Answer(new { items = Array.Empty<object>(), totalCount = 0 }));
        api.MapGet("/workflow-contexts/provider-descriptors", () => ElsaJson.Answer(new ElsaList<object>([])));
    }

    private static IResult Find(string fullName) => Installed.FirstOrDefault(feature => feature.FullName == fullName) is { } feature
        ? ElsaJson.Answer(feature)
        : Problems.NotFound($"The feature '{fullName}' is not installed.");
}

internal sealed record Feature(string Name, string Namespace, string FullName, string DisplayName, string Description)
{
    public static Feature Of(string name, string description) => new(name, "Elsa", $"Elsa.{name}", name, description);
}
