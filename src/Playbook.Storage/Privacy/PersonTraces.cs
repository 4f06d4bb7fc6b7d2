using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Playbook.Sales.Contacts;
using Playbook.Sales.Sending;

namespace Playbook.Storage.Privacy;

/// <summary>By what a person can be known in a text: name, addresses, number, however they are written.</summary>
internal sealed class PersonTraces
{
    public const string Erased = "[erased]";

    private static readonly TimeSpan MatchWithin = TimeSpan.FromSeconds(5);

    private readonly Regex _anywhere;
    private readonly Regex _inOwnTexts;

    /// <param name="contact">Who.</param>
    /// <param name="isShared">Whether somebody else goes by the same name, address or number: then it is theirs too, and goes only from texts about the one to be erased.</param>
    public PersonTraces(Contact contact, Func<string, bool> isShared)
    {
        ArgumentNullException.ThrowIfNull(isShared);
        ArgumentNullException.ThrowIfNull(contact);
        var whole = new[] { contact.Name, contact.Email, contact.LinkedIn, contact.Phone }
            .Concat(contact.Phone is { } phone ? Written(phone) : [])
            .Concat(contact is { FirstName: { } first, LastName: { } last } ? [$"{first} {last}", $"{last}, {first}"] : [])
            .OfType<string>().Select(text => text.Trim()).Where(text => text.Length >= 3)
            // The longest first: an address may begin with the name.
            .Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(text => text.Length).ToList();
        Words = [.. whole.Where(word => !isShared(word))];
        var parts = new[] { contact.FirstName, contact.LastName }.Concat(contact.Name.Split(' ')).OfType<string>()
            .Select(text => text.Trim()).Where(text => text.Length >= 2).Distinct(StringComparer.OrdinalIgnoreCase);
        _anywhere = Pattern(Words.Select(Regex.Escape));
        _inOwnTexts = Pattern(whole.Select(Regex.Escape).Concat(parts.Select(part => $@"\b{Regex.Escape(part)}\b")));
    }

    /// <summary>The traces as they are written in full.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>As they may stand in a column: also as JSON writes letters that are not ASCII.</summary>
    public IEnumerable<string> Stored => Words.SelectMany(word => new[] { word, JavaScriptEncoder.Default.Encode(word) }).Distinct(StringComparer.Ordinal);

    /// <summary>A column's text without them, whichever way they are written in it.</summary>
    public string WithoutStored(string text) => Stored.Aggregate(Without(text, isOwn: false), (rest, word) => rest.Replace(word, Erased, StringComparison.OrdinalIgnoreCase));

    /// <summary>A text without them.</summary>
    /// <param name="isOwn">Whether the text is about the person, so that a part of the name means them too.</param>
    public string Without(string text, bool isOwn) => text.Length == 0 ? text : (isOwn ? _inOwnTexts : _anywhere).Replace(text, Erased);

    private static IEnumerable<string> Written(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        yield return digits;
        if (AddressKeys.E164(phone, null) is { } whole)
            yield return whole;
    }

    private static Regex Pattern(IEnumerable<string> alternatives) =>
        new(string.Join('|', alternatives.DefaultIfEmpty("(?!)")), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchWithin);
}
