using System.Globalization;
using Playbook.Letter.Pages;

namespace Playbook.Letter.Batches;

/// <summary>What whoever prints and posts a batch has to know: how much of what there must be at the end.</summary>
internal sealed class CoverSheet(LetterSettings settings)
{
    private const int LongestList = 45;

    private static readonly Pen Title = new(16, Bold: true);
    private static readonly Pen Text = new(10.5);
    private static readonly Pen Strong = new(10.5, Bold: true);
    private static readonly Pen Small = new(8.5);

    public static int Sheets(int pages, bool twoSided) => twoSided ? (pages + 1) / 2 : pages;

    public PlacedPage Page(Batch batch, IReadOnlyList<AcceptedLetter> letters, IReadOnlyList<int> pages)
    {
        var sheet = settings.UsPaper ? Sheet.UsLetter : Sheet.A4;
        var texts = new List<Placed> { new($"Letters {batch.Id}", Sheet.Left, 28, Title), new(settings.Company, Sheet.Left, 35, Text) };
        var y = 48.0;
        foreach (var (label, value) in Counts(batch, letters, pages))
        {
            texts.Add(new Placed(label, Sheet.Left, y, Text));
            texts.Add(new Placed(value, 80, y, Strong));
            y += 6;
        }
        y += 6;
        // Half of the list on each side; a longer one is in the CSV.
        var shown = Math.Min(letters.Count, 2 * LongestList);
        var rows = (shown + 1) / 2;
        for (var at = 0; at < shown; at++)
            texts.Add(new Placed($"{at + 1,3}  {TrackingCode.Shown(letters[at].Code)}  {Short(letters[at].Address[0])}", at < rows ? Sheet.Left : 110, y + at % rows * 4.1, Small));
        if (shown < letters.Count)
            texts.Add(new Placed($"… and {letters.Count - shown} more: addresses.csv", Sheet.Left, y + rows * 4.1 + 2, Small));
        return new PlacedPage(sheet, texts);
    }

    private IEnumerable<(string, string)> Counts(Batch batch, IReadOnlyList<AcceptedLetter> letters, IReadOnlyList<int> pages)
    {
        var closed = TimeZoneInfo.ConvertTime(batch.ClosedAt, settings.Zone);
        yield return ("Closed", closed.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " " + settings.Zone.Id);
        yield return ("Date on the letters", batch.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        yield return ("Letters (envelopes)", Number(letters.Count));
        yield return ("Pages in letters.pdf", Number(pages.Sum()));
        yield return ("Sheets of paper", Number(pages.Sum(count => Sheets(count, settings.TwoSided))) + (settings.TwoSided ? ", printed on both sides" : ", printed on one side"));
        yield return ("Paper and envelope", settings.UsPaper ? "US Letter, #10 with window" : "A4, DL or C5 with window at the left");
        foreach (var group in pages.GroupBy(count => Sheets(count, settings.TwoSided)).OrderBy(group => group.Key))
            yield return ($"  with {group.Key} {(group.Key == 1 ? "sheet" : "sheets")}", Number(group.Count()));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Short(string name) => name.Length > 30 ? name[..29] + "…" : name;
}
