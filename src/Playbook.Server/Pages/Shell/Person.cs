namespace Playbook.Server.Pages.Shell;

/// <summary>Who sits before the page, by the name that they gave, and how they like it.</summary>
public sealed class Person
{
    /// <summary>The cookie that carries the name, percent-encoded, so that what the canvas saves carries it too.</summary>
    public const string Cookie = "playbook-name";

    public const int LongestName = 60;

    public string? Name { get; private set; }
    public bool IsDark { get; private set; }

    public event Action? Changed;

    /// <summary>One or two letters for the chip.</summary>
    public string Initials => InitialsOf(Name);

    public void Begin(string? name, bool isDark)
    {
        Name = Clean(name);
        IsDark = isDark;
    }

    public void Rename(string? name)
    {
        Name = Clean(name);
        Changed?.Invoke();
    }

    public void Darken(bool isDark)
    {
        IsDark = isDark;
        Changed?.Invoke();
    }

    public static string? ReadCookie(string? value) => Clean(value is null ? null : Uri.UnescapeDataString(value));

    public static string InitialsOf(string? name)
    {
        var words = (name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length switch
        {
            0 => "?",
            1 => FirstLetter(words[0]),
            _ => FirstLetter(words[0]) + FirstLetter(words[^1]),
        };
    }

    private static string FirstLetter(string word) => System.Globalization.StringInfo.GetNextTextElement(word).ToUpperInvariant();

    private static string? Clean(string? name)
    {
        var clean = new string([.. (name ?? "").Where(letter => !char.IsControl(letter))]).Trim();
        return clean.Length == 0 ? null : clean.Length > LongestName ? clean[..LongestName] : clean;
    }
}
