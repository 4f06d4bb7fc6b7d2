using System.Security.Cryptography;
using System.Text;

namespace Playbook.Letter.Batches;

/// <summary>Files that are there whole or not at all, whenever the power goes.</summary>
internal static class SafeFile
{
    private const string Draft = ".new";

    /// <summary>The key where it can be a file's name, else a hash of it.</summary>
    public static string NameOf(string key) =>
        key.Length is > 0 and <= 100 && key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_')
            ? key
            : "h-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public static async Task Write(string file, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var draft = file + Draft;
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await write(stream);
            await stream.FlushAsync(cancellationToken);
            // The name must not be there before the content is.
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, file, overwrite: true);
    }

    public static bool IsDraft(string file) => file.EndsWith(Draft, StringComparison.Ordinal);
}
