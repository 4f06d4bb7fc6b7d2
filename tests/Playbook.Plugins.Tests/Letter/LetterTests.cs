using System.Text;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;
using Playbook.Abstractions;

namespace Playbook.Plugins.Tests.Letter;

public sealed class LetterTests : IDisposable
{
    private readonly TrialLetters _letters = new();

    [Theory]
    [InlineData("", "no postal address")]
    [InlineData("  \n ", "no postal address")]
    [InlineData("Nørregade 12", "Complete street, postal code and city")]
    [InlineData("a\nb\nc\nd\ne\nf\ng\nh", "9 lines")]
    [InlineData("Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww\n2100 København", "wider than the envelope's window")]
    [InlineData("北京市\n100000 北京", "has no 北 京 市")]
    public async Task An_address_that_no_letter_could_reach_is_refused_with_the_cure(string address, string said) =>
        Assert.Contains(said, await _letters.Refused(TrialLetters.Message("m", address)), StringComparison.Ordinal);

    [Fact]
    public async Task Letters_of_other_alphabets_in_the_text_are_refused_and_emoji_are_left_out_with_a_warning()
    {
        Assert.Contains("has no م", await _letters.Refused(TrialLetters.Message("m-1", text: "م")), StringComparison.Ordinal);

        Assert.IsType<SendResult.Accepted>(await _letters.Send(TrialLetters.Message("m-2", text: "Tillykke 🎉 Łódź, Győr, Ærø, 100 €, Привет, Καλημέρα 👩‍💻")));

        Assert.DoesNotContain("Tillykke  ", await File.ReadAllTextAsync(Path.Combine(_letters.Folder, "letters", "m-2.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("without 🎉 👩 💻", Assert.Single(_letters.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_PDF_files_can_be_enclosed()
    {
        var picture = TrialLetters.Message("m-1") with { Attachments = [new Attachment("plan.pdf", "application/pdf", "not a PDF"u8.ToArray())] };
        Assert.Contains("'plan.pdf' cannot be enclosed", await _letters.Refused(picture), StringComparison.Ordinal);

        using var enclosed = new PdfDocument();
        enclosed.AddPage();
        enclosed.AddPage();
        using var stream = new MemoryStream();
        enclosed.Save(stream);
        Assert.IsType<SendResult.Accepted>(await _letters.Send(TrialLetters.Message("m-2") with { Attachments = [new Attachment("plan.pdf", "application/pdf", stream.ToArray())] }));
        _letters.Clock.Advance(TimeSpan.FromHours(6));
        await _letters.Channel.CloseDue(CancellationToken.None);

        Assert.Equal(3, Pages("2026-03-02"));
    }

    [Fact]
    public async Task A_batch_is_a_PDF_of_all_letters_a_cover_sheet_and_a_list_of_addresses()
    {
        var codes = new[] { await _letters.Accepted("m-1"), await _letters.Accepted("m-2") };
        _letters.Clock.Advance(TimeSpan.FromHours(5));
        var batch = await _letters.Channel.CloseDue(CancellationToken.None);

        Assert.Equal("2026-03-02", batch?.Id);
        Assert.Equal(2, Pages("2026-03-02"));
        Assert.True(File.Exists(Path.Combine(_letters.Print, "2026-03-02", "cover.pdf")));
        var rows = _letters.Csv("2026-03-02");
        Assert.Equal("number,code,pages,sheets,line1,line2,line3,line4", rows[0].TrimStart('\uFEFF'));
        Assert.Equal($"1,{codes[0][..3]}-{codes[0][3..6]}-{codes[0][6..]},1,1,\"Ada Byron\",\"Nordsø & Sønner A/S\",\"Nørregade 12, 2. tv.\",\"2100 København Ø\"", rows[1]);
    }

    [Fact]
    public async Task Printed_on_both_sides_each_letter_begins_on_a_sheet_of_its_own()
    {
        _letters.Settings["sides"] = "2";
        _letters.Open();
        await _letters.Accepted("m-1");
        await _letters.Accepted("m-2");
        _letters.Clock.Advance(TimeSpan.FromHours(5));
        await _letters.Channel.CloseDue(CancellationToken.None);

        Assert.Equal(4, Pages("2026-03-02"));
    }

    [Fact]
    public async Task A_spreadsheet_gets_no_formula_out_of_an_address()
    {
        await _letters.Send(TrialLetters.Message("m-1", "=HYPERLINK(\"x\")\n2100 København Ø"));
        _letters.Clock.Advance(TimeSpan.FromHours(5));
        await _letters.Channel.CloseDue(CancellationToken.None);

        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", _letters.Csv("2026-03-02")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fonts_are_embedded_so_that_any_printer_shows_the_same()
    {
        await _letters.Accepted("m-1");
        _letters.Clock.Advance(TimeSpan.FromHours(5));
        await _letters.Channel.CloseDue(CancellationToken.None);

        var raw = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(_letters.Print, "2026-03-02", "letters.pdf")));
        Assert.Contains("/FontFile2", raw, StringComparison.Ordinal);
        Assert.Contains("NotoSans", raw.Replace("#20", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_cannot_work_are_named_with_their_cure_and_hold_letters_back()
    {
        _letters.Settings.Remove("company");
        _letters.Settings["senderAddress"] = "Havnegade 1";
        _letters.Settings["timeZone"] = "Mars/Olympus";
        _letters.Settings["cutOff"] = "25:00";
        _letters.Settings["days"] = "Mon Someday";
        var channel = _letters.Open();

        var problems = await channel.Validate(CancellationToken.None);

        Assert.Equal(5, problems.Count);
        Assert.False(channel.Health.IsWell);
        Assert.IsType<SendResult.TryLater>(await _letters.Send(TrialLetters.Message("m-1")));
    }

    public void Dispose() => _letters.Dispose();

    private int Pages(string batch)
    {
        using var document = PdfReader.Open(Path.Combine(_letters.Print, batch, "letters.pdf"), PdfDocumentOpenMode.Import);
        return document.PageCount;
    }
}
