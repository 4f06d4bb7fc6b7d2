using System.IO.Compression;
using System.Text;
using Playbook.Server.Pages.Playbooks;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Tests.Pages;

public sealed class PlaybookPackageTests
{
    private const string Json = """{"definitionId": "calls", "name": "Calls", "root": {"id": "f", "type": "Elsa.Flowchart"}}""";

    private static BroughtFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    [Fact]
    public void What_is_written_comes_back_letter_by_letter()
    {
        var content = new DefinitionContent("Calls", Json, [new(DefinitionTextKind.Script, "first.en.sbn", "Hi", ByteOrderMark: true), new(DefinitionTextKind.Scenario, "good.json", "{}")], ByteOrderMark: true);

        var brought = Assert.Single(PlaybookPackage.Read([new("all.zip", PlaybookPackage.Write([("calls", content)]))]));

        Assert.Equal("calls", brought.Id);
        Assert.Equal((content.Name, content.Json, content.ByteOrderMark), (brought.Content!.Name, brought.Content.Json, brought.Content.ByteOrderMark));
        Assert.Equal(content.Texts!, brought.Content.Texts!);
    }

    [Fact]
    public void A_folder_brings_its_scripts_and_scenarios_and_leaves_other_files()
    {
        var brought = Assert.Single(PlaybookPackage.Read(
            [File("pb/calls/playbook.json", Json), File("pb/calls/scripts/first.en.sbn", "Hi"), File("pb/calls/scenarios/good.json", "{}"), File("pb/calls/notes.sbn", "x")]));

        Assert.Equal(["first.en.sbn", "good.json"], brought.Content!.Texts!.Select(text => text.Name));
    }

    [Fact]
    public void A_document_alone_is_a_playbook() => Assert.Equal("calls", Assert.Single(PlaybookPackage.Read([File("export.json", Json)])).Id);

    [Theory]
    [InlineData("x.json", "{ no", "not valid JSON")]
    [InlineData("x.json", "[]", "JSON object")]
    [InlineData("x.sbn", "Hi", "no playbook in it")]
    [InlineData("x.zip", "no zip", "no zip archive")]
    public void What_is_no_playbook_says_why(string path, string text, string why) =>
        Assert.Contains(why, Assert.Single(PlaybookPackage.Read([File(path, text)])).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_UTF8_says_so() =>
        Assert.Contains("UTF-8", Assert.Single(PlaybookPackage.Read([new("x.json", [0x7B, 0xFF, 0x7D])])).Problem, StringComparison.Ordinal);

    [Fact]
    public void An_archive_that_would_unpack_to_too_much_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("playbook.json", CompressionLevel.Fastest).Open();
            var block = new byte[1024 * 1024];
            for (var i = 0; i < (PlaybookPackage.MostBytes >> 20) + 1; i++)
                entry.Write(block);
        }

        Assert.Contains("more than 32 MB", Assert.Single(PlaybookPackage.Read([new("bomb.zip", bytes.ToArray())])).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Win back old clients!", "win-back-old-clients")]
    [InlineData("Møde på Ærø", "moede-paa-aeroe")]
    [InlineData("Café crème", "cafe-creme")]
    [InlineData("???", "playbook")]
    [InlineData("Calls", "calls-2")]
    public void An_id_is_made_from_the_name_and_is_free(string name, string id) => Assert.Equal(id, PlaybookDocument.IdFor(name, ["calls"]));
}
