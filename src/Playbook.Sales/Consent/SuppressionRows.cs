using Playbook.Sales.Import;
using Playbook.Sales.Sending;

namespace Playbook.Sales.Consent;

/// <summary>Reads whom a table names, by the columns that such lists have; rows that name nobody are left out.</summary>
public static class SuppressionRows
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["email"] = ["email", "e-mail", "mail", "emailaddress", "e-mailadresse"],
        ["phone"] = ["phone", "telephone", "number", "phonenumber", "mobile", "telefon", "telefonnummer", "tlf", "mobil"],
        ["profile"] = ["profile", "linkedin", "profil"],
        ["domain"] = ["domain", "domæne"],
        ["name"] = ["name", "navn", "fullname"],
        ["address"] = ["address", "street", "adresse", "vej"],
        ["postcode"] = ["postcode", "postalcode", "zip", "zipcode", "postnr", "postnummer"],
        ["city"] = ["city", "town", "by", "postdistrikt"],
    };

    /// <param name="table">The list.</param>
    /// <param name="country">The country of numbers without a country's code.</param>
    public static IEnumerable<(SuppressionKind Kind, string Key)> Read(ImportTable table, string? country)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = Names.ToDictionary(name => name.Key, name => Column(table.Header, name.Value), StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (row.Broken is not null)
                continue;
            if (Cell("email") is { } email)
                yield return (SuppressionKind.Address, SuppressionKey.OfAddress(email));
            if (Cell("phone") is { } phone)
                foreach (var key in AddressKeys.OfPhone(phone, country))
                    yield return (SuppressionKind.Address, key);
            if (Cell("profile") is { } profile)
                yield return (SuppressionKind.Address, SuppressionKey.OfAddress(profile));
            if (Cell("domain") is { } domain)
                yield return (SuppressionKind.Domain, SuppressionKey.OfDomain(domain));
            if (Cell("name") is { } name && Cell("address") is { } address)
                yield return (SuppressionKind.Person, SuppressionKey.OfPerson(name, string.Join(' ', new[] { address, Cell("postcode"), Cell("city") }.OfType<string>())));

            string? Cell(string column) => columns[column] is var at and >= 0 && at < row.Cells.Count && row.Cells[at].Trim() is { Length: > 0 } text ? text : null;
        }
    }

    private static int Column(IReadOnlyList<string> header, string[] names)
    {
        for (var at = 0; at < header.Count; at++)
            if (names.Contains(header[at].Trim().Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant()))
                return at;
        return -1;
    }
}
