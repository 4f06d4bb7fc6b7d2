using Playbook.Sales.Consent;

namespace Playbook.Sales.Sending;

/// <summary>Under which keys a contact may be suppressed.</summary>
public static class AddressKeys
{
    public static IReadOnlyList<string> Of(Guid? contactId, string? email, string? phone, string? profile, string? country)
    {
        var keys = new List<string>(8);
        if (contactId is { } id)
            keys.Add(SuppressionKey.OfContact(id));
        if (!string.IsNullOrWhiteSpace(email))
        {
            keys.Add(SuppressionKey.OfAddress(email));
            keys.AddRange(SuppressionKey.DomainsOf(email).Select(SuppressionKey.OfDomain));
        }

        if (!string.IsNullOrWhiteSpace(phone))
            keys.AddRange(OfPhone(phone, country));
        if (!string.IsNullOrWhiteSpace(profile))
            keys.Add(SuppressionKey.OfAddress(profile));
        return keys;
    }

    /// <summary>A number as it is written and, where its country is known, with the country's code.</summary>
    public static IEnumerable<string> OfPhone(string phone, string? country)
    {
        var written = SuppressionKey.OfAddress(phone);
        yield return written;
        if (E164(phone, country) is { } number && SuppressionKey.OfAddress(number) is var whole && whole != written)
            yield return whole;
    }

    /// <summary>The whole number with its country's code; null where it is no number, or the country is not known.</summary>
    public static string? E164(string phone, string? country) => PhonePlace.Of(phone, country).E164;
}
