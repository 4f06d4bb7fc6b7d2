namespace Playbook.Sales.Import;

/// <summary>What the rows of a file are, in the order in which files of one import are read.</summary>
public enum ImportKind
{
    Products,
    Teams,
    Accounts,
    Contacts,
    Opportunities,
}
