using Playbook.Abstractions;
using Playbook.Sales.Scenarios;
using Playbook.Sales.Subjects;
using Playbook.Server.Host;
using Playbook.Server.Subjects;

namespace Playbook.Server.Pages.Designer;

/// <summary>For whom a script is shown or a playbook is tried: somebody invented, or a copy of a real record.</summary>
public sealed record TriedSubject(string Key, string Name)
{
    public static TriedSubject Typical { get; } = new("typical", "Ada Test, everything known");
    public static TriedSubject Worst { get; } = new("worst", "Worst case, every optional field empty");

    public bool IsReal => this != Typical && this != Worst;
    public bool IsWorst => this == Worst;

    public static TriedSubject Of(FoundSubject found) => new($"{found.Kind}/{found.Id}", found.Name);
}

/// <summary>Looks up the facts of those for whom something is tried.</summary>
public sealed class TriedSubjects(SubjectLookup lookup, ServeOptions options)
{
    /// <summary>Null where the record is gone.</summary>
    /// <param name="who">For whom.</param>
    /// <param name="language">The language that invented people speak.</param>
    /// <param name="consentEmail">Whether Ada agreed to get e-mail.</param>
    public async Task<Subject?> Facts(TriedSubject who, string language, bool consentEmail = true)
    {
        ArgumentNullException.ThrowIfNull(who);
        if (who.IsWorst)
            return TestSubjects.Worst(language);
        if (!who.IsReal)
            return TestSubjects.Typical(language, options.Company, consentEmail);
        var parts = who.Key.Split('/');
        return await lookup.Find(parts[0], parts[1]);
    }
}
