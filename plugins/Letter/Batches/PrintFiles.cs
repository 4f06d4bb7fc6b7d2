using System.Globalization;
using System.Text;
using Playbook.Letter.Pages;

namespace Playbook.Letter.Batches;

/// <summary>
/// What goes to the printer, in a folder per batch: <c>letters.pdf</c> with all pages, <c>cover.pdf</c> with the counts,
/// <c>addresses.csv</c>. The folder gets its name when all of it is there.
/// </summary>
internal sealed class PrintFiles(LetterSettings settings, Uri? publicUrl, string folder)
{
    public string FolderOf(Batch batch) => Path.Combine(folder, batch.Id);

    public async Task Write(Batch batch, IReadOnlyList<AcceptedLetter> letters, CancellationToken cancellationToken)
    {
        var (done, draft) = (FolderOf(batch), FolderOf(batch) + ".new");
        if (Directory.Exists(done))
            return;
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);

        using var ruler = new Ruler();
        var layout = new LetterLayout(settings, publicUrl, ruler);
        var pdf = new PdfWriter(ruler, $"{settings.Company}: letters {batch.Id}");
        var pages = letters.Select(letter => pdf.Add(layout.Pages(letter, batch.Date), letter, settings.TwoSided)).ToList();
        await SafeFile.Write(Path.Combine(draft, "letters.pdf"), stream => Save(pdf, stream), cancellationToken);

        var cover = new PdfWriter(ruler, $"{settings.Company}: cover sheet {batch.Id}");
        cover.Add([new CoverSheet(settings).Page(batch, letters, pages)]);
        await SafeFile.Write(Path.Combine(draft, "cover.pdf"), stream => Save(cover, stream), cancellationToken);

        // With a byte order mark: spreadsheets take the file for their own country's letters without one.
        var csv = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Csv(letters, pages))).ToArray();
        await SafeFile.Write(Path.Combine(draft, "addresses.csv"), stream => stream.WriteAsync(csv, cancellationToken).AsTask(), cancellationToken);
        Directory.Move(draft, done);
    }

    private static Task Save(PdfWriter pdf, Stream stream)
    {
        pdf.Save(stream);
        return Task.CompletedTask;
    }

    private string Csv(IReadOnlyList<AcceptedLetter> letters, List<int> pages)
    {
        var most = letters.Max(letter => letter.Address.Count);
        var rows = new StringBuilder("number,code,pages,sheets");
        for (var line = 1; line <= most; line++)
            rows.Append(CultureInfo.InvariantCulture, $",line{line}");
        rows.Append("\r\n");
        for (var at = 0; at < letters.Count; at++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{at + 1},{TrackingCode.Shown(letters[at].Code)},{pages[at]},{CoverSheet.Sheets(pages[at], settings.TwoSided)}");
            for (var line = 0; line < most; line++)
                rows.Append(',').Append(Cell(line < letters[at].Address.Count ? letters[at].Address[line] : ""));
            rows.Append("\r\n");
        }
        return rows.ToString();
    }

    /// <summary>Quoted, and never a formula for the spreadsheet that opens it.</summary>
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
