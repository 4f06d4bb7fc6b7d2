using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using PdfSharp.Fonts;

namespace Playbook.Letter.Pages;

/// <summary>The fonts that letters are set in: Noto Sans, which comes with the plugin, so that no font need be installed.</summary>
internal sealed class Face : IFontResolver
{
    public const string Family = "Noto Sans";

    private static readonly Lock Gate = new();
    private static readonly byte[] RegularFile = Read("NotoSans-Regular.ttf");
    private static readonly byte[] BoldFile = Read("NotoSans-Bold.ttf");

    private static FrozenSet<int> Characters { get; } = ReadCharacters(RegularFile);

    /// <summary>PDFsharp asks one resolver of the whole load context; a plugin has its own.</summary>
    public static void Use()
    {
        lock (Gate)
        {
            if (GlobalFontSettings.FontResolver is not Face)
                GlobalFontSettings.FontResolver = new Face();
        }
    }

    public static bool Has(Rune rune) => Characters.Contains(rune.Value);

    public byte[] GetFont(string faceName) => faceName == nameof(BoldFile) ? BoldFile : RegularFile;

    public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) =>
        new(bold ? nameof(BoldFile) : nameof(RegularFile));

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>The characters by the font's table <c>cmap</c>, as far as Unicode goes (formats 4 and 12).</summary>
    private static FrozenSet<int> ReadCharacters(ReadOnlySpan<byte> font)
    {
        var found = new HashSet<int>();
        var cmap = Table(font, "cmap"u8);
        var tables = Short(cmap, 2);
        for (var at = 0; at < tables; at++)
        {
            var table = cmap[(int)BinaryPrimitives.ReadUInt32BigEndian(cmap[(8 + 8 * at)..])..];
            switch (Short(table, 0))
            {
                case 4:
                    AddSegments(table, found);
                    break;
                case 12:
                    AddGroups(table, found);
                    break;
            }
        }
        return found.ToFrozenSet();
    }

    private static void AddSegments(ReadOnlySpan<byte> table, HashSet<int> found)
    {
        var count = Short(table, 6) / 2;
        for (var at = 0; at < count; at++)
        {
            int end = Short(table, 14 + 2 * at), start = Short(table, 16 + 2 * (count + at));
            for (var character = start; character <= end && character != 0xFFFF; character++)
                found.Add(character);
        }
    }

    private static void AddGroups(ReadOnlySpan<byte> table, HashSet<int> found)
    {
        var count = (int)BinaryPrimitives.ReadUInt32BigEndian(table[12..]);
        for (var at = 0; at < count; at++)
        {
            var group = table[(16 + 12 * at)..];
            var end = (int)BinaryPrimitives.ReadUInt32BigEndian(group[4..]);
            for (var character = (int)BinaryPrimitives.ReadUInt32BigEndian(group); character <= end; character++)
                found.Add(character);
        }
    }

    private static ReadOnlySpan<byte> Table(ReadOnlySpan<byte> font, ReadOnlySpan<byte> tag)
    {
        for (var at = 0; at < Short(font, 4); at++)
        {
            var entry = font[(12 + 16 * at)..];
            if (entry[..4].SequenceEqual(tag))
                return font[(int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..])..];
        }
        throw new InvalidOperationException("The font that comes with the plugin has no table of characters; install the plugin again.");
    }

    private static ushort Short(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt16BigEndian(from[at..]);
}
