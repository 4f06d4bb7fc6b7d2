using FsCheck.Xunit;
using Playbook.Letter;
using Playbook.Letter.Batches;
using Playbook.Letter.Pages;

namespace Playbook.Plugins.Tests.Letter;

public sealed class LayoutTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Theory]
    [InlineData("A4", 3)]
    [InlineData("A4", 6)]
    [InlineData("Letter", 3)]
    [InlineData("Letter", 4)]
    public void Only_the_address_shows_in_the_window_however_the_sheet_lies_in_its_envelope(string paper, int lines)
    {
        using var ruler = new Ruler();
        var address = Enumerable.Range(1, lines).Select(line => $"Line {line} of the address").ToList();
        var page = Layout(paper, ruler).Pages(Letter("Short.", address), Day)[0];

        var shown = page.Texts.Where(text => text.Y + 1 > page.Sheet.Window.Y && text.Y - text.Pen.Size * 0.3 < page.Sheet.Window.BottomY && text.X < page.Sheet.Window.RightX).ToList();

        Assert.Equal(address, shown.Where(text => !text.Pen.Soft).Select(text => text.Text));
        Assert.All(shown.Where(text => !text.Pen.Soft), text => Assert.InRange(text.Y, page.Sheet.Address.Y, page.Sheet.Address.BottomY));
        Assert.All(shown.Where(text => !text.Pen.Soft), text => Assert.InRange(text.X + ruler.Width(text.Text, text.Pen), page.Sheet.Address.X, page.Sheet.Address.RightX));
        // The sender's line may show above the address, nothing else.
        Assert.All(shown.Where(text => text.Pen.Soft), text => Assert.StartsWith("Salgshuset", text.Text, StringComparison.Ordinal));
    }

    [Property(MaxTest = 60)]
    public void No_line_leaves_the_paper_or_runs_into_another_and_no_word_is_lost(int seed)
    {
        var random = new Random(seed);
        using var ruler = new Ruler();
        var words = Enumerable.Range(0, random.Next(1, 1500)).Select(_ => new string((char)('a' + random.Next(26)), random.Next(1, random.Next(40) == 0 ? 120 : 12))).ToList();
        var text = string.Concat(words.Select(word => word + (random.Next(25) == 0 ? "\n\n" : random.Next(40) == 0 ? "\n" : " ")));

        var pages = Layout(random.Next(2) == 0 ? "A4" : "Letter", ruler).Pages(Letter(text, ["Ada", "Street 1", "1000 Place"]), Day);

        Assert.All(pages, page => Assert.All(page.Texts, line =>
        {
            Assert.InRange(line.Y, 8, page.Sheet.Height - 8);
            Assert.InRange(line.X + ruler.Width(line.Text, line.Pen), 0, page.Sheet.Width - 10);
        }));
        Assert.All(pages, page => Assert.Equal(page.Texts.Count, page.Texts.Select(line => (line.X, line.Y)).Distinct().Count()));
        var body = pages.SelectMany((page, at) => page.Texts.Where(line => line.X == Sheet.Left && line.Y > (at == 0 ? 105 : 20) && line.Pen is { Size: 10.5, Bold: false })).Select(line => line.Text);
        Assert.StartsWith(string.Concat(words), string.Concat(body).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(pages[0].Texts.Where(line => line.X == Sheet.Left && line.Pen.Size == 10.5), line => Assert.True(line.Y < pages[0].QrBox.Y - 3 || line.Y > 297));
    }

    [Theory]
    [InlineData("en", "A4", "København, 2 March 2026")]
    [InlineData("da", "A4", "København, den 2. marts 2026")]
    [InlineData("en", "Letter", "København, March 2, 2026")]
    public void The_date_is_written_as_the_reader_writes_it(string language, string paper, string date)
    {
        using var ruler = new Ruler();
        var page = Layout(paper, ruler).Pages(Letter("Hi", ["Ada", "Street 1"]) with { Language = language }, Day)[0];

        Assert.Contains(page.Texts, text => text.Text == date);
    }

    [Fact]
    public void Who_it_is_from_stands_below_unless_the_text_ends_with_it()
    {
        using var ruler = new Ruler();
        var layout = Layout("A4", ruler);

        Assert.Contains(layout.Pages(Letter("Hi\n\nBest", ["Ada", "Street 1"]) with { FromName = "Bo Ærø" }, Day)[0].Texts, text => text.Text == "Bo Ærø");
        Assert.Single(layout.Pages(Letter("Hi\n\nBest\nBo Ærø", ["Ada", "Street 1"]) with { FromName = "Bo Ærø" }, Day)[0].Texts, text => text.Text.Contains("Bo Ærø", StringComparison.Ordinal));
    }

    private static LetterLayout Layout(string paper, Ruler ruler) => new(
        LetterSettings.Read(new Dictionary<string, string> { ["company"] = "Salgshuset ApS", ["senderAddress"] = "Havnegade 1\n1058 København K", ["place"] = "København", ["paper"] = paper }, out _),
        new Uri("https://sales.example.com/channels/letter/"), ruler);

    private static AcceptedLetter Letter(string text, IReadOnlyList<string> address) => new("m", TrackingCode.For("m", "s"u8), address, null, text, TrialLetters.Monday);
}
