using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PdfSharp.Pdf.IO;
using Playbook.Sales.Recipes;
using Playbook.Server.Pages.Measures.Manual;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Pages.Measures;

public sealed class ManualTests
{
    [Fact]
    public async Task Every_published_playbook_is_a_chapter_with_its_version_roles_batons_scripts_and_targets()
    {
        await using var trial = await TrialServer.Start(folder =>
        {
            // Each names the next one, so none can be published without the others.
            foreach (var shipped in Directory.EnumerateDirectories(Trial.Playbooks.Shipped))
                Copy(shipped, Path.Combine(folder, Path.GetFileName(shipped)));
        });

        var manual = await trial.Server.Services.GetRequiredService<ManualShelf>().Write();

        Assert.Empty(manual.LeftOut);
        // In the order of the phases, not of the alphabet.
        Assert.Equal(Sales.Phases.Phase.All, manual.Chapters.Select(chapter => chapter.Id));
        Assert.All(manual.Chapters, chapter => Assert.StartsWith("version 1, published", chapter.VersionWords, StringComparison.Ordinal));
        Assert.All(manual.Chapters, chapter => Assert.NotEmpty(chapter.Scripts));
        Assert.Contains(manual.Chapters[2].Recipe.Steps, step => step is { Who: "closer", DoneWhen.Length: > 0, Script: "agenda" });
        Assert.Contains(manual.Roles, role => role.Name == "closer" && role.Steps.Count > 2);
        Assert.Contains(manual.Batons, baton => baton is { Chapter.Id: "close", Who: "closer, to onboarder" });
        Assert.Contains(manual.Metrics, metric => metric is { Name: "Show rate", Target: "at least 85\u00A0%" });

        using var answer = await trial.Http.GetAsync("/results/manual.pdf");
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var pdf = PdfReader.Open(await answer.Content.ReadAsStreamAsync(), PdfDocumentOpenMode.Import);
        using var paper = ManualPdf.Set(manual);
        Assert.Equal(paper.Pages.Count + 1, pdf.PageCount);
        // Scripts stand there as they look, and no heading stands alone at the foot of a page.
        Assert.DoesNotContain(paper.Pages.SelectMany(page => page.Lines), line => line.Text.Contains("**", StringComparison.Ordinal) || line.Text.StartsWith("# ", StringComparison.Ordinal));
        Assert.All(paper.Pages, page => Assert.DoesNotContain(page.Lines.TakeLast(3), line => line.Type.Size == 13));
    }

    [Fact]
    public void The_contents_name_the_page_that_a_chapter_begins_on_and_no_line_leaves_the_paper()
    {
        using var paper = ManualPdf.Set(Long(chapters: 5, steps: 60));

        Assert.Equal(["Playbook 0", "Playbook 1", "Playbook 2", "Playbook 3", "Playbook 4", "Roles", "Batons", "Metrics and targets"], paper.Headings.Select(heading => heading.Text));
        Assert.All(paper.Headings, heading => Assert.Equal(heading.Text, paper.Pages[heading.Page].Lines[0].Text));
        Assert.Equal("Playbook 1 · version 2", paper.Pages[paper.Headings[1].Page + 1].RunningTitle);
        Assert.All(paper.Pages.SelectMany(page => page.Lines), line =>
        {
            Assert.InRange(line.Y, ManualPaper.Top, ManualPaper.Bottom);
            Assert.InRange(line.X + paper.Measure(line.Text, line.Type), ManualPaper.Left, ManualPaper.Right + 0.01);
        });
        Assert.All(paper.Pages, page => Assert.True(page.Lines.Zip(page.Lines.Skip(1)).All(pair => pair.First.Y < pair.Second.Y), "one line below the other"));
        // Everything is there: each step once, in its order.
        Assert.Equal(5 * 60, paper.Pages.SelectMany(page => page.Lines).Count(line => line.Text.Contains(". Call number", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_manual_of_nothing_is_still_a_file_that_can_be_opened()
    {
        using var pdf = PdfReader.Open(new MemoryStream(ManualPdf.Write(Long(chapters: 0, steps: 0))), PdfDocumentOpenMode.Import);
        Assert.Equal(4, pdf.PageCount);
    }

    private static OperationsManual Long(int chapters, int steps)
    {
        var all = Enumerable.Range(0, chapters).Select(at => new ManualChapter(
            $"p{at}", at + 1, new DateOnly(2026, 3, 2), "Ada", new Recipe($"Playbook {at}", "What it is for, in so many words that they take more than one line of the paper, as descriptions do when somebody takes trouble.", null, "A goal", [],
                [.. Enumerable.Range(1, steps).Select(number => new RecipeStep(number, $"s{number}", $"Call number {number}", "prospector", "call", ["Do it by phone."], "somebody spoke with them", [new RecipeWay("if they answer", "go to step 2", 2)]))]),
            [new ManualScript("call.en", string.Join('\n', Enumerable.Repeat("Hello, " + new string('w', 200), 8)))])).ToList();
        return new OperationsManual("Playbook Ltd", new DateOnly(2026, 3, 2), all, [], [], [], []);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
