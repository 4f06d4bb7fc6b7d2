using System.Security.Cryptography;
using System.Text;

namespace Playbook.Sales.Consent;

/// <summary>
/// The keys of suppressions. Addresses are hashed, so that whoever was erased stays suppressed without being stored: the
/// hash cannot be turned back by reading it, though somebody who has a list of addresses can test each of them.
/// </summary>
public static class SuppressionKey
{
    /// <summary>An e-mail address, number or profile, however it is written.</summary>
    public static string OfAddress(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Hash("address", Normal(address));
    }

    public static string OfPerson(string name, string postalAddress)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(postalAddress);
        return Hash("person", $"{Letters(name)}|{Letters(postalAddress)}");
    }

    public static string OfContact(Guid contactId) => "contact:" + contactId.ToString("N");

    public static string OfDomain(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return "domain:" + domain.Trim().TrimStart('@').TrimEnd('.').ToLowerInvariant();
    }

    /// <summary>The domain of an e-mail address; null where it is none.</summary>
    public static string? DomainOf(string? address)
    {
        if (address is null)
            return null;
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 ? address[(at + 1)..].Trim().TrimEnd('.').ToLowerInvariant() : null;
    }

    /// <summary>The domain and those above it, the widest last and without the top one.</summary>
    public static IEnumerable<string> DomainsOf(string? address)
    {
        for (var domain = DomainOf(address); domain is not null && domain.Contains('.', StringComparison.Ordinal); domain = domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..])
            yield return domain;
    }

    private static string Normal(string address)
    {
        var text = address.Trim();
        if (text.Contains('@', StringComparison.Ordinal))
            return text.ToLowerInvariant();
        return LooksLikeNumber(text) ? Digits(text) : text.TrimEnd('/').ToLowerInvariant();
    }

    private static bool LooksLikeNumber(string text) => text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || " +-()./".Contains(c, StringComparison.Ordinal));

    // "00" and "+" both begin a country's code.
    private static string Digits(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    private static string Letters(string text) => string.Concat(text.Normalize(NormalizationForm.FormC).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Hash(string kind, string text) => $"{kind}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"playbook/{kind}/{text}")))}";
}
