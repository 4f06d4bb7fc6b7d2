using Playbook.Sales.Import;

namespace Playbook.Sales.Contacts;

/// <summary>What makes two records the same person.</summary>
public static class ContactKey
{
    public static string Of(string email) => "@" + email.ToLowerInvariant();

    /// <summary>For somebody without an address.</summary>
    public static string Of(string name, Guid? accountId) => $"{NameKey.OrName(NameKey.Of(name), name)}|{accountId}";
}
