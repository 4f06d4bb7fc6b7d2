using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Server.Pages.Lists;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Privacy;

public sealed class PersonTests
{
    private static readonly string[] Traces = ["Åse Bjørnskov", "Åse", "Bjørnskov", "ase.b@nordfjord.example", "+45 55 66 77 88", "4555667788", "in/ase-bjornskov", "Fjordvej 17 B", "likes her boat"];

    [Fact]
    public async Task An_export_holds_all_that_is_stored_of_the_person()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var id = await Lived(trial);

        var person = await trial.Get($"/api/privacy/contacts/{id}");

        Assert.Equal("Åse Bjørnskov", (string?)person["contact"]!["name"]);
        Assert.Equal("likes her boat", (string?)person["tasks"]![0]!["answers"]!["pain"]);
        Assert.Single((JsonArray)person["touches"]!, touch => (string?)touch!["address"] == "ase.b@nordfjord.example");
        Assert.Contains("likes her boat", person["runs"]![0]!["history"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty((JsonArray)person["runs"]![0]!["messages"]!);
        Assert.NotEmpty((JsonArray)person["decisions"]!);
        Assert.Equal("Åse likes her boat", (string?)person["notes"]![0]!["text"]);
        Assert.Equal(HttpStatusCode.NotFound, (await trial.Http.GetAsync($"/api/privacy/contacts/{Guid.NewGuid()}")).StatusCode);
    }

    [Fact]
    public async Task After_an_erasure_nothing_of_the_person_is_in_the_file_and_they_stay_suppressed()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var id = await Lived(trial);
        var bystander = await trial.Contact(contact => contact with { Name = "Bo Holm", FirstName = "Bo", LastName = "Holm", Email = "bo@nordfjord.example" });
        var other = await trial.Run("outreach", bystander.Id);
        Assert.NotEmpty(await Found(trial));
        Assert.Single(trial.Mails);

        var (status, receipt) = await trial.Post($"/api/privacy/contacts/{id}/erase", new JsonObject { ["by"] = "Karen" });

        Assert.True(status == HttpStatusCode.OK, receipt.ToJsonString());
        Assert.Equal([], await Found(trial));
        Assert.Empty(trial.Mails);
        Assert.Equal(HttpStatusCode.NotFound, (await trial.Http.GetAsync($"/api/privacy/contacts/{id}")).StatusCode);
        // The same address under a new record is not written to.
        var again = await trial.Contact(contact => contact with { Name = "A. B.", Email = "ASE.B@nordfjord.example", ConsentEmail = true });
        var run = await trial.Run("outreach", again.Id);
        await trial.Post($"/api/tasks/{await trial.FirstTask($"?subjectId={again.Id}")}/complete", new JsonObject { ["outcome"] = "No answer" });
        await trial.Settle();
        Assert.Contains("erased at their own request", (await trial.Get($"/api/runs/{run}/history")).ToJsonString(), StringComparison.Ordinal);

        // Who is not meant keeps everything, and what happened is still told.
        Assert.Equal("Bo Holm", (string?)(await trial.Get($"/api/privacy/contacts/{bystander.Id}"))["contact"]!["name"]);
        Assert.Equal("suspended", (string?)(await trial.Get($"/api/runs/{other}"))["subStatus"]);
        var mine = (await trial.Get($"/api/runs?subjectId={id}"))["items"]![0]!;
        Assert.Equal("cancelled", (string?)mine["subStatus"]);
        var history = (await trial.Get($"/api/runs/{mine["id"]}/history")).ToJsonString();
        Assert.Contains("The message went out.", history, StringComparison.Ordinal);
        Assert.Contains("The person was erased.", history, StringComparison.Ordinal);

        var shown = await trial.Get($"/api/privacy/receipts/{receipt["receipt"]}?contact={id}");
        Assert.True((bool)shown["isThatContact"]!);
        Assert.False((bool)(await trial.Get($"/api/privacy/receipts/{receipt["receipt"]}?contact={bystander.Id}"))["isThatContact"]!);
        Assert.Equal((1, 1), ((int)shown["removed"]!["Contacts"]!, (int)shown["removed"]!["message files"]!));
    }

    [Fact]
    public async Task A_namesake_keeps_their_name()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var id = await Lived(trial);
        var namesake = await trial.Contact(contact => contact with { Name = "Åse Bjørnskov", Email = "another@nordfjord.example" });
        var run = await trial.Run("outreach", namesake.Id);
        await trial.Post($"/api/privacy/contacts/{id}/erase");
        Assert.Contains("Åse Bjørnskov", (await trial.Get($"/api/privacy/contacts/{namesake.Id}"))["runs"]!.ToJsonString(Relaxed), StringComparison.Ordinal);
        Assert.Equal("suspended", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A person with a life in the product: called, written to, waited for.</summary>
    private static async Task<Guid> Lived(TrialServer trial)
    {
        var contact = await trial.Contact(contact => contact with
        {
            NaturalKey = "ase.b@nordfjord.example", Name = "Åse Bjørnskov", FirstName = "Åse", LastName = "Bjørnskov", Email = "ase.b@nordfjord.example", Phone = "+45 55 66 77 88",
            LinkedIn = "https://www.linkedin.com/in/ase-bjornskov", Street = "Fjordvej 17 B", PostalCode = "4300", City = "Holbæk",
        });
        await trial.Run("outreach", contact.Id);
        await trial.Post($"/api/tasks/{await trial.FirstTask()}/complete", new JsonObject { ["outcome"] = "Interested", ["fields"] = new JsonObject { ["pain"] = "likes her boat" }, ["by"] = "Bo" });
        await trial.Settle();
        await trial.Server.Services.GetRequiredService<NoteShelf>().Add("contact", contact.Id, "Åse likes her boat", "Bo");
        return contact.Id;
    }

    /// <summary>The traces that stand anywhere in the database's files.</summary>
    private static async Task<List<string>> Found(TrialServer trial)
    {
        SqliteConnection.ClearAllPools();
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(trial.Folder, "playbook.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            var text = bytes.ToArray();
            found.AddRange(Traces.SelectMany(trace => new[] { trace, trace.ToLowerInvariant(), System.Text.Json.JsonEncodedText.Encode(trace).ToString() }).Distinct()
                .Where(trace => text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(trace)) >= 0).Select(trace => $"{trace} in {Path.GetFileName(file)}"));
        }

        return found;
    }
}
