using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Engine.Activities;
using Playbook.Server.Api;

namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>What a designer is told before it draws anything.</summary>
internal static class DescriptorsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var descriptors = api.MapGroup("/descriptors");
        descriptors.MapGet("/activities", Activities).WithSummary("Every activity that a playbook can be drawn with");
        descriptors.MapGet("/activities/{typeName}", Activity);
        descriptors.MapPost("/activities/{typeName}/options/{propertyName}", Options).WithSummary("What an input can be set to, in the playbook that the caller has open");
        descriptors.MapGet("/expression-descriptors", () => ElsaJson.Answer(new ElsaList<ExpressionDescriptor>(ExpressionDescriptors.All)));
        descriptors.MapGet("/variables", () => ElsaJson.Answer(new { items = VariableTypes.All }));
        descriptors.MapGet("/storage-drivers", () => ElsaJson.Answer(new { items = Strategies.StorageDrivers }));
        descriptors.MapGet("/workflow-activation-strategies", () => ElsaJson.Answer(new ElsaList<Strategy>(Strategies.Activation)));
        descriptors.MapGet("/incident-strategies", () => ElsaJson.Answer(new ElsaList<Strategy>(Strategies.Incidents)));
        descriptors.MapGet("/log-persistence-strategies", () => ElsaJson.Answer(new ElsaList<Strategy>(Strategies.LogPersistence)));
        descriptors.MapGet("/commit-strategies/workflows", () => ElsaJson.Answer(new ElsaList<CommitStrategy>(Strategies.WorkflowCommits)));
        descriptors.MapGet("/commit-strategies/activities", () => ElsaJson.Answer(new ElsaList<CommitStrategy>(Strategies.ActivityCommits)));
        descriptors.MapGet("/output-converters", OutputConverters);
    }

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult>> Activities(HttpContext context, Palettes palettes, CancellationToken cancellationToken)
    {
        var palette = await palettes.Current(cancellationToken);
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = new(palette.ETag);
        headers.CacheControl = new() { NoCache = true, Private = true };
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(headers.ETag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.File(palette.Json, "application/json; charset=utf-8");
    }

    private static async Task<IResult> Activity(string typeName, string? version, Palettes palettes, CancellationToken cancellationToken) =>
        (await palettes.Current(cancellationToken)).Find(typeName, int.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : null) is { } found
            ? ElsaJson.Answer(found)
            : Problems.NotFound($"There is no activity type '{typeName}'.");

    // The body gives the other inputs' values, of which no option of ours depends, so it is read as far as it is JSON.
    private static async Task<IResult> Options(
        string typeName, string propertyName, string? definitionId, JsonElement? body, HttpContext context, Palettes palettes, OpenEditors editors, ActivityCatalog catalog, CancellationToken cancellationToken)
    {
        if (catalog.Descriptions.GetValueOrDefault(typeName) is not { } activity)
            return Problems.NotFound($"There is no activity type '{typeName}'.");
        if (activity.Inputs.FirstOrDefault(input => string.Equals(input.Name, propertyName, StringComparison.OrdinalIgnoreCase)) is not { } input)
            return Problems.NotFound($"{activity.DisplayName} has no input '{propertyName}'. It has {string.Join(", ", activity.Inputs.Select(one => one.Name))}.");
        var palette = await palettes.Current(cancellationToken);
        var choices = palette.ChoicesIn(definitionId ?? editors.PlaybookOf(ElsaCaller.Of(context).Editor));
        return ElsaJson.Answer(new { items = InputEditors.Specifications(activity, input, choices) });
    }

    private static IResult OutputConverters(string? sourceType, string? destinationType)
    {
        var missing = new[] { ("sourceType", sourceType), ("destinationType", destinationType) }.Where(one => string.IsNullOrWhiteSpace(one.Item2)).ToList();
        return missing.Count == 0
            ? ElsaJson.Answer(new ElsaList<object>([]))
            : ElsaErrors.Of([.. missing.Select(one => $"The {one.Item1} query parameter is required.")]);
    }
}
