using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Consent;
using Playbook.Server.Tests.Trial;
using Playbook.Storage;

namespace Playbook.Server.Tests.Commands;

/// <summary>The commands around the sending policy, as a person calls them while a server runs.</summary>
public sealed class PolicyCommandTests : IDisposable
{
    private readonly BuiltProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Why_tells_every_decision_with_its_reasons()
    {
        await using var trial = await TrialServer.Start(Playbooks.MailOnly);
        var contact = await trial.Contact(contact => contact with { Country = "DK", ConsentEmail = false });
        var run = await trial.Run("mail", contact.Id);
        await trial.Settle();
        var message = (string)(await trial.Get($"/api/runs/{run}"))["messages"]![0]!["id"]!;

        var answer = await _program.Run("why", message, "--database", trial.Database);

        Assert.Equal(0, answer.ExitCode);
        var text = answer.Output.Replace("\n", " ", StringComparison.Ordinal);
        Assert.Contains("Blocked over email, by the rule dk-mfl-10-1", text, StringComparison.Ordinal);
        Assert.Contains("En erhvervsdrivende må ikke", text, StringComparison.Ordinal);
        Assert.Contains("+ do-not-contact: The contact did not ask to be left alone.", text, StringComparison.Ordinal);
        Assert.Contains("- dk-mfl-10-1:", text, StringComparison.Ordinal);
        var unknown = await _program.Run("why", "nothing", "--database", trial.Database);
        Assert.Equal(6, unknown.ExitCode);
        Assert.Contains("There is no message or task 'nothing'", unknown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_taken_in_as_hashes_and_is_fresh_from_then_on()
    {
        await using var trial = await TrialServer.Start(Playbooks.MailOnly);
        var list = _program.File("robinson.csv", "Navn;Adresse;Postnr;By;Telefon;E-mail\nAnne Holm;Havnegade 1;1058;København K;33 44 55 66;anne@nord.dk\nBo Lund;Algade 2;4000;Roskilde;;\n");

        var answer = await _program.Run("suppress", "import", list, "--list", "robinson", "--country", "DK", "--database", trial.Database, "--json");

        Assert.True(answer.ExitCode == 0, answer.Errors);
        Assert.Equal((2, 5, 5), ((int)answer.Json["rows"]!, (int)answer.Json["entries"]!, (int)answer.Json["added"]!));
        await using var database = new PlaybookDb(PlaybookDb.Sqlite(trial.Database));
        var keys = await database.Suppressions.Where(entry => entry.List == "robinson").Select(entry => entry.Key).ToListAsync();
        Assert.Contains(SuppressionKey.OfAddress("+45 33445566"), keys);
        Assert.Contains(SuppressionKey.OfPerson("anne holm", "Havnegade 1 1058 København K"), keys);
        Assert.Equal(2, (await database.SuppressionLists.SingleAsync()).Rows);
        Assert.Equal(0, (int)(await _program.Run("suppress", "import", list, "--list", "robinson", "--country", "DK", "--database", trial.Database, "--json")).Json["added"]!);

        var useless = await _program.Run("suppress", "import", _program.File("colours.csv", "colour\nred\n"), "--list", "robinson", "--database", trial.Database);
        Assert.Equal(6, useless.ExitCode);
        Assert.Contains("names nobody", useless.Errors, StringComparison.Ordinal);
        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task A_person_is_exported_to_a_file_and_erased_only_when_it_is_meant()
    {
        await using var trial = await TrialServer.Start(Playbooks.MailOnly);
        var contact = await trial.Contact();
        var file = Path.Combine(_program.Folder, "ada.json");

        Assert.Equal(0, (await _program.Run("privacy", "export", contact.Id.ToString(), "--out", file, "--database", trial.Database)).ExitCode);
        Assert.Equal("Ada Byron", (string?)JsonNode.Parse(await File.ReadAllTextAsync(file))!["contact"]!["name"]);
        var asked = await _program.Run("privacy", "erase", contact.Id.ToString(), "--database", trial.Database);
        Assert.Equal(2, asked.ExitCode);
        var erased = await _program.Run("privacy", "erase", contact.Id.ToString(), "--yes", "--database", trial.Database, "--json");
        Assert.True(erased.ExitCode == 0, erased.Errors);
        var receipt = await _program.Run("privacy", "receipt", (string)erased.Json["receipt"]!, "--contact", contact.Id.ToString(), "--database", trial.Database);
        Assert.Contains("It is the receipt of that contact.", receipt.Output, StringComparison.Ordinal);
        Assert.Equal(6, (await _program.Run("privacy", "export", contact.Id.ToString(), "--out", file, "--database", trial.Database)).ExitCode);
    }
}
