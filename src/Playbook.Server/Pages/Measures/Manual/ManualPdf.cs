using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Playbook.Server.Pages.Measures.Manual;

/// <summary>The manual on paper: a cover with the contents, a chapter for each playbook, and the page's number and version on each page.</summary>
internal static class ManualPdf
{
    private static readonly Lock Gate = new();
    private static readonly Type Text = new(10);
    private static readonly Type Soft = new(9, IsSoft: true);
    private static readonly Type Strong = new(10.5, IsBold: true);
    private static readonly Type Heading = new(13, IsBold: true);
    private const int ContentsLines = 34;

    public static byte[] Write(OperationsManual manual)
    {
        // Its fonts are shared by the whole program.
        lock (Gate)
        {
            using var paper = Set(manual);
            using var document = new PdfDocument();
            document.Info.Title = $"Operations manual of {manual.Company}";
            document.Info.Creator = "Playbook";
            var contents = Contents(paper);
            foreach (var _ in Enumerable.Range(0, contents.Count + paper.Pages.Count))
            {
                var page = document.AddPage();
                (page.Width, page.Height) = (XUnit.FromPoint(ManualPaper.Width), XUnit.FromPoint(ManualPaper.Height));
            }

            foreach (var (at, headings) in contents.Index())
                DrawContents(document, paper, manual, at, headings, contents.Count);
            foreach (var (at, page) in paper.Pages.Index())
                DrawPage(document, paper, manual, contents.Count + at, page);
            foreach (var heading in paper.Headings)
                document.Outlines.Add(heading.Text, document.Pages[contents.Count + heading.Page], true);
            using var stream = new MemoryStream();
            document.Save(stream, closeStream: false);
            return stream.ToArray();
        }
    }

    /// <summary>Everything but the contents, which need to know the pages first.</summary>
    internal static ManualPaper Set(OperationsManual manual)
    {
        var paper = new ManualPaper();
        foreach (var chapter in manual.Chapters)
        {
            paper.Chapter(chapter.Recipe.Name, chapter.VersionWords, $"{chapter.Recipe.Name} · version {chapter.Version}");
            SetChapter(paper, chapter);
        }

        paper.Chapter("Roles", "who does what", "Roles");
        foreach (var role in manual.Roles)
        {
            paper.Write(MetricWords.Name(role.Name), Strong, before: 8, keep: 2);
            foreach (var (chapter, step) in role.Steps)
                paper.Write($"• {chapter.Recipe.Name}, step {step.Number}: {step.Title}", Text, indent: 10, hang: 9);
        }

        paper.Chapter("Batons", "where work passes from one role to another", "Batons");
        if (manual.Batons.Count == 0)
            paper.Write("No published playbook hands work from one role to another.", Text);
        foreach (var baton in manual.Batons)
        {
            paper.Write(MetricWords.Name(baton.Who), Strong, before: 8, keep: 3);
            paper.Write($"{baton.Chapter.Recipe.Name}, step {baton.Step.Number}: {baton.Step.Title}", Soft, indent: 10);
            foreach (var line in baton.Step.Lines)
                paper.Write(line, Text, indent: 10);
        }

        paper.Chapter("Metrics and targets", "what is measured, by whom it can be changed, and what it should reach", "Metrics and targets");
        foreach (var metric in manual.Metrics)
        {
            paper.Write($"{metric.Name} ({metric.Kind})", Strong, before: 6, keep: 3);
            paper.Write(metric.Formula, Text, indent: 10);
            paper.Write($"Target: {(metric.Target == "–" ? "none of its own" : metric.Target)} · {metric.Owner}", Soft, indent: 10);
        }

        return paper;
    }

    private static void SetChapter(ManualPaper paper, ManualChapter chapter)
    {
        var recipe = chapter.Recipe;
        if (recipe.Description.Length > 0)
            paper.Write(recipe.Description, Text);
        if (recipe.Goal is { } goal)
            paper.Write($"Goal: {goal}", Strong, before: 4);
        foreach (var need in recipe.Ingredients)
        {
            paper.Write(need.Kind, Strong, before: 6, keep: 1);
            foreach (var item in need.Items)
                paper.Write($"• {item}", Text, indent: 10, after: 1, hang: 9);
        }

        paper.Write("Steps", Heading, before: 14, keep: 3);
        foreach (var step in recipe.Steps)
        {
            paper.Write($"{step.Number}. {step.Title}{(step.Who is { } who ? $" ({who})" : "")}", Strong, before: 7, keep: 2, hang: 16);
            foreach (var line in step.Lines)
                paper.Write(line, Text, indent: 16);
            if (step.Script is { } script)
                paper.Write($"Script: {script}", Text, indent: 16);
            if (step.DoneWhen is { } done)
                paper.Write($"Done when: {done}.", Text, indent: 16);
            foreach (var way in step.Ways)
                paper.Write($"– {way}", Text, indent: 16, after: 1, hang: 9);
        }

        if (chapter.Scripts.Count == 0)
            return;
        // Not without the first lines of the first of them.
        paper.Write("Scripts", Heading, before: 16, keep: 8);
        paper.Write("What stands in double braces is filled in for each contact.", Soft);
        foreach (var script in chapter.Scripts)
        {
            var lines = script.Text.Split('\n');
            var title = lines[0].StartsWith("# ", StringComparison.Ordinal) ? lines[0][2..].Trim() : null;
            paper.Write(title ?? script.Name, Strong, before: 8, keep: 3);
            if (title is not null)
                paper.Write(script.Name, Soft, indent: 10, keep: 2);
            foreach (var line in title is null ? lines : lines.Skip(1).SkipWhile(string.IsNullOrWhiteSpace))
                paper.Write(Plain(line), new Type(9, IsBold: IsStrong(line)), indent: 10, after: 0);
        }
    }

    // Scripts are Markdown: what stands out does so on paper, and its signs are left out.
    private static string Plain(string line) => (line.StartsWith('#') ? line.TrimStart('#', ' ') : line).Replace("**", "", StringComparison.Ordinal);

    private static bool IsStrong(string line) => line.StartsWith('#') || line.Trim() is { Length: > 4 } text && text.StartsWith("**", StringComparison.Ordinal) && text.EndsWith("**", StringComparison.Ordinal);

    /// <summary>The headings of each page of contents; there is one at least.</summary>
    private static List<SetHeading[]> Contents(ManualPaper paper) => paper.Headings.Count == 0 ? [[]] : [.. paper.Headings.Chunk(ContentsLines)];

    private static void DrawContents(PdfDocument document, ManualPaper paper, OperationsManual manual, int at, SetHeading[] headings, int pages)
    {
        using var drawing = XGraphics.FromPdfPage(document.Pages[at]);
        var y = ManualPaper.Top;
        if (at == 0)
        {
            Draw(manual.Company, new Type(12, IsSoft: true), ManualPaper.Left, y);
            Draw("Operations manual", new Type(26, IsBold: true), ManualPaper.Left, y + 36);
            Draw($"as it stands on {Charts.Figures.Day(manual.MadeOn)}", Text, ManualPaper.Left, y + 58);
            if (manual.LeftOut.Count > 0)
                Draw($"Left out, because they cannot be read now: {string.Join("; ", manual.LeftOut)}", Soft, ManualPaper.Left, y + 74);
            y += 110;
        }

        foreach (var heading in headings)
        {
            var number = $"{pages + heading.Page + 1}";
            Draw(heading.Text, Text, ManualPaper.Left, y);
            Draw(heading.About, Soft, ManualPaper.Left + paper.Measure(heading.Text, Text) + 10, y);
            Draw(number, Text, ManualPaper.Right - paper.Measure(number, Text), y);
            document.Pages[at].AddDocumentLink(new PdfRectangle(new XRect(ManualPaper.Left, ManualPaper.Height - y - 3, ManualPaper.Right - ManualPaper.Left, 14)), pages + heading.Page + 1);
            y += 17;
        }

        DrawFoot(drawing, document, paper, manual, at);

        void Draw(string text, Type type, double x, double baseline)
        {
            if (text.Length > 0)
                drawing.DrawString(text, paper.Font(type), type.IsSoft ? XBrushes.DimGray : XBrushes.Black, x, baseline);
        }
    }

    private static void DrawPage(PdfDocument document, ManualPaper paper, OperationsManual manual, int at, SetPage page)
    {
        using var drawing = XGraphics.FromPdfPage(document.Pages[at]);
        drawing.DrawString(page.RunningTitle, paper.Font(Soft), XBrushes.DimGray, ManualPaper.Left, 52);
        drawing.DrawLine(new XPen(XColors.LightGray, 0.5), ManualPaper.Left, 60, ManualPaper.Right, 60);
        foreach (var line in page.Lines)
            drawing.DrawString(line.Text, paper.Font(line.Type), line.Type.IsSoft ? XBrushes.DimGray : XBrushes.Black, line.X, line.Y);
        DrawFoot(drawing, document, paper, manual, at);
    }

    private static void DrawFoot(XGraphics drawing, PdfDocument document, ManualPaper paper, OperationsManual manual, int at)
    {
        var number = $"{at + 1} of {document.PageCount}";
        drawing.DrawString($"{manual.Company} · Operations manual, {Charts.Figures.Day(manual.MadeOn)}", paper.Font(Soft), XBrushes.DimGray, ManualPaper.Left, 806);
        drawing.DrawString(number, paper.Font(Soft), XBrushes.DimGray, ManualPaper.Right - paper.Measure(number, Soft), 806);
    }
}
