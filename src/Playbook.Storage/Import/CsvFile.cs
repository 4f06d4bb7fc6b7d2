using System.Security.Cryptography;
using System.Text;
using Playbook.Sales.Import;

namespace Playbook.Storage.Import;

/// <summary>Makes a table of a file's bytes, or says why it is none.</summary>
public static class CsvFile
{
    private const long LargestFile = 512L * 1024 * 1024;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<ImportTable> Read(string path, CancellationToken cancellationToken = default)
    {
        var name = Path.GetFileName(path);
        byte[] bytes;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
                throw new ImportException(new ImportFailure(name, "The file is larger than 512 MB.", "Split it, with the header on each part."));
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImportException(new ImportFailure(name, $"There is no file {path}.", "Check the path."), failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ImportException(new ImportFailure(name, $"The file cannot be read: {failure.Message}", "Close it in other programs and check who may read it."), failure);
        }
        return Parse(name, bytes);
    }

    /// <summary>Throws <see cref="ImportException"/> for bytes that are no table at all.</summary>
    public static ImportTable Parse(string name, byte[] bytes)
    {
        if (bytes.Length == 0)
            throw Failure(name, "The file is empty.", "Export it again.");
        var (text, encoding, note) = Decode(name, bytes);
        var (header, rows, delimiter) = CsvRows.Read(text);
        if (header.All(string.IsNullOrWhiteSpace))
            throw Failure(name, "The file is empty.", "Export it again.");
        if (rows.Count == 0)
            throw Failure(name, "The file has a header and no rows.", "Export it again, with the rows.");
        return new ImportTable
        {
            File = name,
            Header = header,
            Rows = rows,
            Delimiter = delimiter,
            Encoding = encoding,
            Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Notes = note is null ? [] : [note],
        };
    }

    private static (string Text, string Encoding, string? Note) Decode(string name, byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            var encoding = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            return (NoNulls(name, encoding.GetString(bytes, 2, bytes.Length - 2)), "UTF-16", null);
        }
        if (bytes.AsSpan().Contains((byte)0))
            throw Binary(name);
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..])
            throw Failure(name, "This is a spreadsheet or an archive, not CSV.", "Open it in the spreadsheet program and save it as CSV (UTF-8).");
        if (bytes is [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..])
            throw Binary(name);
        var marked = bytes is [0xEF, 0xBB, 0xBF, ..];
        try
        {
            var text = StrictUtf8.GetString(bytes, marked ? 3 : 0, bytes.Length - (marked ? 3 : 0));
            return (text, marked ? "UTF-8 with a mark" : "UTF-8", null);
        }
        catch (DecoderFallbackException)
        {
            return (Windows1252(name, bytes), "Windows-1252",
                "The file is not UTF-8; it was read as Windows-1252. If letters such as æ, ø, å look wrong, save it as UTF-8.");
        }
    }

    private static string Windows1252(string name, byte[] bytes)
    {
        // Five bytes stand for nothing there, and control signs have no place in a text: it is something else.
        if (bytes.Any(one => one is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D || (one < 0x20 && one is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0C or 0x1A))))
            throw Failure(name, "The encoding cannot be told: it is neither UTF-8 nor Windows-1252.", "Save the file as UTF-8.");
        return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
    }

    private static string NoNulls(string name, string text) => text.Contains('\0', StringComparison.Ordinal) ? throw Binary(name) : text;

    private static ImportException Binary(string name) =>
        Failure(name, "This is not a text file.", "Save it as CSV (UTF-8) in the program that it comes from.");

    private static ImportException Failure(string name, string cause, string cure) => new(new ImportFailure(name, cause, cure));
}
