using System.ComponentModel.DataAnnotations;

namespace Playbook.Server.Access;

/// <summary>What a name and an address must be; the password is looked at where it is kept.</summary>
internal static class NewMember
{
    public const int LongestName = 60;

    private static readonly EmailAddressAttribute Address = new();

    public static IReadOnlyList<string> Check(string name, string email)
    {
        var faults = new List<string>();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            faults.Add($"Say your name, in at most {LongestName} characters.");
        if (email.Length > 320 || !Address.IsValid(email) || email.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            faults.Add("That is no e-mail address. Write it as karen@example.com.");
        return faults;
    }
}
