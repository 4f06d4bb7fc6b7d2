using System.Globalization;

namespace Playbook.Email;

/// <summary>How far a folder was read, kept in a file: UIDVALIDITY and the last UID whose events are safe.</summary>
internal sealed class MailboxPosition(string folder, string name)
{
    private readonly string _path = Path.Combine(folder, $"read-{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(name))}.position");

    /// <summary>Null where the folder was never read, or what is written there cannot be used.</summary>
    public (uint Validity, uint LastUid)? Read()
    {
        if (!File.Exists(_path))
            return null;
        return File.ReadAllText(_path).Split(' ', StringSplitOptions.TrimEntries) is [var validity, var uid]
            && uint.TryParse(validity, CultureInfo.InvariantCulture, out var v) && uint.TryParse(uid, CultureInfo.InvariantCulture, out var u)
            ? (v, u)
            : null;
    }

    /// <summary>May be lost in a crash: then mails are read again, whose events the host knows.</summary>
    public void Write(uint validity, uint lastUid)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var draft = _path + ".new";
        File.WriteAllText(draft, string.Create(CultureInfo.InvariantCulture, $"{validity} {lastUid}"));
        File.Move(draft, _path, overwrite: true);
    }
}
