using System.Reflection;
using PdfSharp.Fonts;

namespace Playbook.Server.Pages.Measures.Manual;

/// <summary>What the manual is set in: Noto Sans (SIL Open Font License), which comes with the program, so that no font need be installed.</summary>
internal sealed class ManualFont : IFontResolver
{
    public const string Family = "Noto Sans";

    private static readonly Lock Gate = new();

    /// <summary>PDFsharp asks one resolver of the whole program; plugins have a PDFsharp of their own.</summary>
    public static void Use()
    {
        lock (Gate)
            GlobalFontSettings.FontResolver ??= new ManualFont();
    }

    public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(bold ? "NotoSans-Bold.ttf" : "NotoSans-Regular.ttf");

    public byte[] GetFont(string faceName)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Fonts/{faceName}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
