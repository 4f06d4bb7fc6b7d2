using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.ElsaApi.Scripting;

public sealed partial class TypeDefinitionTests
{
    [Fact]
    public async Task The_editor_is_told_of_variables_inputs_outputs_facts_and_functions()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var text = await Declarations(trial, "sale");

        foreach (var line in (string[])
            [
                "declare function getCustomer(): string;", "declare function setScore(value: number): void;", "declare const variables: { Customer: string; Score: number; };",
                "declare function getOutcomeFromQualify(): string;", "declare function getVariable(name: string): any;", "declare const now: Date;",
            ])
            Assert.Contains(line + "\n", text, StringComparison.Ordinal);
        Assert.Matches(@"declare const contact: \{.*first_name: string \| null;.*score: number \| null;.*\};", text);
    }

    [Fact]
    public async Task Every_function_that_is_declared_is_there_when_a_run_evaluates_it()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);
        var names = Function().Matches(await Declarations(trial, "sale")).Select(match => match.Groups[1].Value).Where(name => name is not ("setOutcome" or "setOutcomes")).ToList();
        Assert.True(names.Count > 30);

        await using var evaluating = await TrialServer.Start(folder => Drawn.Flowchart(
            folder, "asks",
            [Asking($"[{string.Join(",", names.Where(name => !name.Contains("From", StringComparison.Ordinal) || name.StartsWith("bytes", StringComparison.Ordinal) || name.StartsWith("string", StringComparison.Ordinal)).Select(name => $"typeof {name}"))}].filter(t => t !== 'function').length + ' missing'")],
            []));
        var run = await evaluating.StartRun("asks");
        Assert.Contains("0 missing", (await evaluating.Elsa($"/workflow-instances/{run}/journal"))["items"]!.ToJsonString() + (await evaluating.Get($"/api/runs/{run[..8]}-{run[8..12]}-{run[12..16]}-{run[16..20]}-{run[20..]}/history")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_definition_that_is_not_there_nothing_is_declared()
    {
        await using var trial = await TrialServer.Start(Drawn.Sale);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), await trial.Status(HttpMethod.Post, "/scripting/javascript/type-definitions/nothing"));
    }

    private static async Task<string> Declarations(TrialServer trial, string definitionId)
    {
        using var response = await trial.Http.PostAsync(new Uri($"{ElsaClient.Api}/scripting/javascript/type-definitions/{definitionId}", UriKind.Relative), new StringContent("""{"activityTypeName":"Elsa.WriteLine","propertyName":"Text"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static JsonObject Asking(string script) => new()
    {
        ["id"] = "ask", ["name"] = "ask", ["type"] = "Elsa.WriteLine", ["version"] = 1,
        ["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } },
    };

    [GeneratedRegex(@"declare function (\w+)\(", RegexOptions.None, 1000)]
    private static partial Regex Function();
}
