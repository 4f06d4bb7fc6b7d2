using System.Security.Cryptography;
using System.Text;

namespace Acme.Template;

/// <summary>The messages that went, on disk: after a crash the same message must not go twice.</summary>
internal sealed class SentMessages(string folder)
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(folder, "sent")).FullName;

    /// <summary>Any text can be a key; a file's name cannot be any text.</summary>
    public static string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The provider's id of a message that went; null where it did not.</summary>
    public string? Find(string key)
    {
        var file = Path.Combine(_folder, NameOf(key));
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    public void Keep(string key, string id)
    {
        var file = Path.Combine(_folder, NameOf(key));
        // The name must not be there before the content is.
        File.WriteAllText(file + ".new", id);
        File.Move(file + ".new", file, overwrite: true);
    }
}
