namespace Playbook.House.Files;

/// <summary>A rep's day and a team's week are in every language of the pages; no page of them falls back to one.</summary>
public sealed class PageWordsTests
{
    private const string Pages = "src/Playbook.Server/Pages/";

    private static readonly string[] Finished = ["Today", "Contacts", "Lists", "Promises", "Team", "Batons", "Incidents", "Import", "Profile", "Door", "Runs", "Accounts", "Opportunities"];

    [Fact]
    public void No_finished_page_says_anything_in_one_language_only() => Rule.Holds(Check(Repository.Below([.. Finished.Select(folder => $"{Pages}{folder}")])));

    [Theory]
    [InlineData("<h1>Batons</h1>")]
    [InlineData("<p>@L[\"Name\"] of somebody</p>")]
    [InlineData("<button aria-label=\"Remove it\" @onclick=\"() => Go(1)\">@L[\"remove\"]</button>")]
    [InlineData("<p>@(x > 1 ? \"a\" : L[\"b\"]) waits</p>")]
    [InlineData("@if (x is { Length: > 0 } y)\n{\n    <span title=\"@y\">since @y</span>\n}")]
    [InlineData("@code {\n    private string Says => \"It is gone\";\n}")]
    [InlineData("@code {\n    private void Tell(int n) => Notices.Tell($\"There are {n} left\");\n}")]
    public void Words_that_stand_there_as_they_are_are_found(string page) => Rule.GoesRed(Check([new($"{Pages}Today/A.razor", page)]), $"{Pages}Today/A.razor", "one language");

    [Theory]
    [InlineData("@page \"/a\"\n@using A.B\n@* No word for readers. *@\n<h1>@L[\"Batons\"]</h1> <kbd>Enter</kbd> · Playbook")]
    [InlineData("@foreach (var one in All.Where(x => x.Count > 1))\n{\n    var name = one.Name;\n    <p class=\"soft small\" @key=\"one.Id\">@name: @(one.By is { } by ? L[\"by {0}\", by] : \"\")</p>\n}\nelse\n{\n}")]
    [InlineData("@code {\n    private string Says => L[\"It is gone\"];\n    private Task Go() => Audit.Note(\"changed a contact\");\n}")]
    public void Texts_with_a_translation_are_left_alone(string page) => Assert.Empty(Check([new($"{Pages}Today/A.razor", page)]));

    private static IEnumerable<Finding> Check(IEnumerable<RepositoryFile> files)
    {
        foreach (var file in files)
        {
            var words = file.Path.EndsWith(".razor", StringComparison.Ordinal) ? PageWords.InMarkup(file.Text).Concat(PageWords.InCode(file.Path, file.Text))
                : file.Path.EndsWith(".cs", StringComparison.Ordinal) ? PageWords.InCode(file.Path, file.Text) : [];
            foreach (var text in words)
                yield return new Finding(file.Path, $"'{text}' stands there in one language.", "Write L[\"…\"] around the whole sentence, with {0} where something is put in, and its Danish into Pages/Texts.da.resx.");
        }
    }
}
