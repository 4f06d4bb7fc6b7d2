using Playbook.Server.Access;

namespace Playbook.Server.Pages.Shell;

/// <summary>Who sits before the page, and how they like it.</summary>
public sealed class Person(CurrentPerson current)
{
    /// <summary>Null where nobody is signed in.</summary>
    public string? Name => current.IsSignedIn ? current.Name : null;

    public bool IsDark { get; private set; }

    public event Action? Changed;

    /// <summary>One or two letters for the chip.</summary>
    public string Initials => InitialsOf(Name);

    public void Begin(bool isDark) => IsDark = isDark;

    public void Darken(bool isDark)
    {
        IsDark = isDark;
        Changed?.Invoke();
    }

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
}
