using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;
using Playbook.Letter.Batches;
using QRCoder;

namespace Playbook.Letter.Pages;

/// <summary>Draws what <see cref="LetterLayout"/> worked out. Fonts are embedded, each once in a file.</summary>
internal sealed class PdfWriter(Ruler ruler, string title)
{
    private readonly PdfDocument _document = New(title);

    public int PageCount => _document.PageCount;

    public void Add(IReadOnlyList<PlacedPage> pages)
    {
        foreach (var page in pages)
            Draw(page);
    }

    /// <summary>A letter with what is enclosed, and an empty page where the next one could begin on its back.</summary>
    public int Add(IReadOnlyList<PlacedPage> pages, AcceptedLetter letter, bool twoSided)
    {
        var before = PageCount;
        Add(pages);
        foreach (var enclosure in letter.Enclosures)
        {
            using var from = PdfReader.Open(new MemoryStream(enclosure), PdfDocumentOpenMode.Import);
            foreach (var page in from.Pages)
                _document.AddPage(page);
        }
        if (twoSided && (PageCount - before) % 2 == 1)
            NewPage(pages[0].Sheet);
        return PageCount - before;
    }

    public void Save(Stream stream) => _document.Save(stream, closeStream: false);

    private static PdfDocument New(string title)
    {
        Face.Use();
        var document = new PdfDocument();
        document.Info.Title = title;
        document.Info.Creator = "Playbook";
        return document;
    }

    private PdfPage NewPage(Sheet sheet)
    {
        var page = _document.AddPage();
        page.Width = XUnit.FromMillimeter(sheet.Width);
        page.Height = XUnit.FromMillimeter(sheet.Height);
        return page;
    }

    private void Draw(PlacedPage placed)
    {
        using var drawing = XGraphics.FromPdfPage(NewPage(placed.Sheet));
        foreach (var text in placed.Texts)
            if (text.Text.Length > 0)
                drawing.DrawString(text.Text, ruler.Font(text.Pen), text.Pen.Soft ? XBrushes.DimGray : XBrushes.Black, Points(text.X), Points(text.Y));
        if (placed.HasFolds)
            foreach (var fold in placed.Sheet.Folds)
                drawing.DrawLine(new XPen(XColors.Gray, 0.4), Points(4), Points(fold), Points(8), Points(fold));
        if (placed.QrText is { } qr)
            DrawQr(drawing, qr, placed.QrBox);
    }

    private static void DrawQr(XGraphics drawing, string text, Box box)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // The library's matrix has a quiet border of four modules already.
        var rows = code.ModuleMatrix;
        var size = box.Width / (rows.Count - 8);
        for (var row = 4; row < rows.Count - 4; row++)
        {
            for (var column = 4; column < rows.Count - 4; column++)
            {
                if (!rows[row][column])
                    continue;
                var end = column;
                while (end < rows.Count - 4 && rows[row][end])
                    end++;
                // Whole runs, a hair taller than a module: between single squares viewers show white lines.
                drawing.DrawRectangle(XBrushes.Black, Points(box.X + (column - 4) * size), Points(box.Y + (row - 4) * size), Points((end - column) * size), Points(size * 1.01));
                column = end;
            }
        }
    }

    private static double Points(double millimetres) => millimetres * 72 / 25.4;
}
