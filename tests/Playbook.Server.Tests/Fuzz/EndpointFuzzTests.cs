using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Tests.Trial;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Tests.Fuzz;

/// <summary>
/// Every endpoint that the server maps, today's and tomorrow's, is asked nonsense: they are taken from the server's own
/// routes, and whatever is left out is named here with the reason.
/// </summary>
public sealed class EndpointFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 40;

    // A page or a file changes nothing and takes no body, so less can go wrong.
    private const int ReadingRounds = 8;

    /// <summary>What is not ours to answer for, by how its address begins.</summary>
    private static readonly (string Address, string Reason)[] LeftOut =
    [
        ("_blazor", "the connection of pages, ASP.NET Core's own"),
        ("_framework", "the scripts of pages, ASP.NET Core's own"),
        ("elsa/hubs", "a SignalR hub: HubTests"),
        ("openapi", "ASP.NET Core's own"),
        ("docs", "Scalar's own"),
    ];

    private static readonly string[] QueryNames =
    [
        "page", "pageSize", "skip", "take", "versionOptions", "searchTerm", "orderBy", "orderDirection", "ids", "id", "definitionIds", "name", "isSystem", "includeConsumingWorkflows",
        "playbook", "status", "subStatus", "activityNodeId", "workflowInstanceId", "completed", "definitionId", "allowWorkflowContext", "parentNodeId", "Refresh",
    ];

    private static readonly string[] Types = ["application/json", "application/json", "application/json", "text/plain", "application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16"];

    [Fact]
    public async Task No_request_however_wrong_is_the_servers_fault_and_none_leaves_a_definition_half_saved()
    {
        await using var trial = await TrialServer.Start(playbooks =>
        {
            Drawing.Write(playbooks, "call", [Drawing.Step("ask", ["Yes", "No"], script: "ask"), Drawing.Message("mail", "ask"), Drawing.Reply("answer", "3.00:00:00")], ("ask.en.sbn", "May I, {{ contact.first_name ?? 'friend' }}?"));
            Drawing.Write(playbooks, "other", [Drawing.Event("wait", "paid"), Drawing.Work("work", "check")]);
        });
        var bodies = new RequestBodies(trial);
        var answers = new Dictionary<int, int>();
        var faults = new List<string>();
        var names = QueryNames.Union(DescribedNames(trial)).ToArray();
        foreach (var (method, pattern, isApi) in Endpoints(trial))
        {
            var random = new Random(Seed($"{method} {pattern.RawText}"));
            var json = new RandomJson(random);
            for (var round = 0; round < (isApi || method is not ("GET" or "HEAD") ? Rounds : ReadingRounds); round++)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Path(pattern, await bodies.Ids(), names, random, json));
                var body = method is "GET" or "HEAD" ? null : await bodies.For(pattern.RawText!, random, json);
                if (body is not null)
                {
                    request.Content = new ByteArrayContent(random.Next(30) == 0 ? [0xFF, 0xFE, 0x80, .. Encoding.UTF8.GetBytes(body)] : Encoding.UTF8.GetBytes(body));
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", Types[random.Next(Types.Length)]);
                }

                if (random.Next(10) == 0)
                    request.Headers.TryAddWithoutValidation("If-Match", new string([.. json.Text().Where(letter => letter is >= ' ' and < '\x7f')]));
                using var response = await trial.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                var status = (int)response.StatusCode;
                answers[status] = answers.GetValueOrDefault(status) + 1;
                var type = response.Content.Headers.ContentType?.MediaType;
                // Elsa Studio's files are not beside this server, which it says with 503.
                if (status >= 500 && !(status == 503 && pattern.RawText!.StartsWith("/studio", StringComparison.Ordinal)))
                    faults.Add($"{status} {method} {request.RequestUri} {body?[..Math.Min(body.Length, 300)]} -> {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
                else if (status >= 400 && type != "application/problem+json" && (isApi || type != "text/html"))
                    faults.Add($"{status} as '{type}' without problem details: {method} {request.RequestUri}");
            }
        }

        output.WriteLine(string.Join(", ", answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key}: {answer.Value}")));
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join("\n", faults.Take(25))}");
        Assert.True(answers.GetValueOrDefault(200) > 100, "Hardly anything got through, so little was tried.");
        await DefinitionsAreWhole(trial);
    }

    [Fact]
    public async Task Nothing_that_the_server_maps_is_left_out_but_what_is_named_here()
    {
        await using var trial = await TrialServer.Start(playbooks => Drawing.Write(playbooks, "other", [Drawing.Line("a", "x")]));
        var all = trial.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var asked = Endpoints(trial).Select(endpoint => endpoint.Pattern.RawText?.TrimStart('/')).ToHashSet(StringComparer.Ordinal);

        Assert.All(all.Where(endpoint => !asked.Contains(Address(endpoint))), endpoint => Assert.True(IsLeftOut(endpoint), endpoint.RoutePattern.RawText));
        Assert.All(LeftOut, left => Assert.Contains(all, endpoint => Address(endpoint).StartsWith(left.Address, StringComparison.Ordinal)));
        Assert.Empty(new[] { "elsa/api/workflow-definitions", "api/tasks/{id}/complete", "health", "playbooks/{Id}", "playbooks/{id}/export.zip", "studio/{version}/{**path}" }.Except(asked));
    }

    private static IEnumerable<(string Method, RoutePattern Pattern, bool IsApi)> Endpoints(TrialServer trial) =>
        from endpoint in trial.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where !IsLeftOut(endpoint)
        let address = Address(endpoint)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
        orderby address, method
        select (method, endpoint.RoutePattern, address.StartsWith("api", StringComparison.Ordinal) || address.StartsWith("elsa/api", StringComparison.Ordinal));

    // Files of the pages, each with an address of its own, are ASP.NET Core's affair.
    private static bool IsLeftOut(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || LeftOut.Any(left => Address(endpoint).StartsWith(left.Address, StringComparison.Ordinal));

    private static string Address(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText?.TrimStart('/') ?? "";

    /// <summary>The names in queries that endpoints are known to read.</summary>
    private static IEnumerable<string> DescribedNames(TrialServer trial) =>
        trial.Server.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(group => group.Items).SelectMany(one => one.ParameterDescriptions)
            .Where(parameter => parameter.Source == BindingSource.Query).Select(parameter => parameter.Name);

    private static string Path(RoutePattern pattern, IReadOnlyList<string> ids, string[] names, Random random, RandomJson json)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternParameterPart => random.Next(3) == 0 ? Uri.EscapeDataString(NotEmpty(json.Text())) : Uri.EscapeDataString(ids[random.Next(ids.Count)]),
                    _ => "x",
                });
        }

        var query = Enumerable.Range(0, random.Next(4)).Select(_ =>
            $"{names[random.Next(names.Length)]}={Uri.EscapeDataString(random.Next(2) == 0 ? ids[random.Next(ids.Count)] : json.Text())}");
        var asked = string.Join('&', query);
        return asked.Length == 0 ? path.ToString() : $"{path}?{asked}";
    }

    // A path with NUL is refused by the web server itself, before anything of ours.
    private static string NotEmpty(string text) => text.Length == 0 ? "x" : text.Replace('\0', '\u0001');

    // The same requests in every run, so that a fault can be looked at again.
    private static int Seed(string text) => text.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter));

    private static async Task DefinitionsAreWhole(TrialServer trial)
    {
        var store = trial.Server.Services.GetRequiredService<DefinitionStore>();
        foreach (var id in await store.Ids())
        {
            var versions = await store.Versions(id);
            Assert.Single(versions, version => version.IsLatest);
            Assert.True(versions.Count(version => version.IsPublished) <= 1);
            foreach (var version in versions)
            {
                Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(version.Json).RootElement.ValueKind);
                Assert.Equal(version.ContentHash, DefinitionContent.Hash(version.Json, version.ByteOrderMark, await store.Texts(version.Id)));
                using var answer = await trial.Http.GetAsync($"/elsa/api/workflow-definitions/by-id/{version.Id}");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }
    }
}
