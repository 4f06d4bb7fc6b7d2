using Playbook.Engine.Definitions;
using Playbook.Sales.Metrics;
using Playbook.Sales.Phases;
using Playbook.Sales.Recipes;
using Playbook.Server.Definitions;
using Playbook.Server.Host;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Measures.Manual;

/// <summary>Writes the manual from what is published now.</summary>
public sealed class ManualShelf(DefinitionStore definitions, DefinitionCache cache, ResultsDesk desk, ServeOptions options, TimeProvider clock)
{
    public async Task<OperationsManual> Write(CancellationToken cancellationToken = default)
    {
        List<ManualChapter> chapters = [];
        List<ManualBaton> batons = [];
        List<string> leftOut = [];
        foreach (var version in (await definitions.List(published: true, cancellationToken)).OrderBy(Place).ThenBy(version => version.Name, StringComparer.CurrentCulture))
        {
            try
            {
                var playbook = await cache.Version(version.Id, cancellationToken);
                var recipe = RecipeReader.Read(playbook.Definition, playbook.Scripts);
                var chapter = new ManualChapter(version.DefinitionId, version.Version, version.PublishedAt is { } at ? Day(at) : null, version.PublishedBy, recipe with { Name = version.Name },
                    [.. playbook.Scripts.OrderBy(script => script.Key, StringComparer.Ordinal).Select(script => new ManualScript(script.Key, script.Value.ReplaceLineEndings("\n").Trim('\n')))]);
                chapters.Add(chapter);
                batons.AddRange(recipe.Steps.Where(step => playbook.Definition.Find(step.ActivityId)?.Type == "Playbook.HandOver").Select(step => new ManualBaton(chapter, step, step.Who ?? "nobody named")));
            }
            catch (DefinitionException)
            {
                leftOut.Add($"{version.Name}, version {version.Version}");
            }
        }

        var roles = chapters.SelectMany(chapter => chapter.Recipe.Steps.Where(step => step.Who is not null).Select(step => (Chapter: chapter, Step: step)))
            .GroupBy(one => one.Step.Who!.Split(", to ")[0], StringComparer.Ordinal).Select(group => new ManualRole(group.Key, [.. group])).OrderBy(role => role.Name, StringComparer.Ordinal);
        return new OperationsManual(options.Company ?? "Our company", desk.Today, chapters, [.. roles], batons, [.. Metrics()], leftOut);
    }

    private IEnumerable<ManualMetric> Metrics() => MetricCatalog.All.Where(metric => metric.Missing is null).Select(metric => new ManualMetric(
        metric.Name, MetricWords.Kind(metric.Kind), metric.Formula,
        metric.Target is { } target ? $"{(metric.MoreIsBetter ? "at least" : "at most")} {MetricWords.Value(metric, target, desk.Costs.Currency)}" : "–", metric.Owner));

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, clock.LocalTimeZone).DateTime);

    private static int Place(DefinitionVersion version)
    {
        var phase = System.Text.Json.Nodes.JsonNode.Parse(version.Json)?["customProperties"]?["playbook"]?["phase"] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<string>(out var text) ? text : version.DefinitionId;
        return Enumerable.Range(0, Phase.All.Count).FirstOrDefault(at => Phase.All[at] == phase, Phase.All.Count);
    }
}
