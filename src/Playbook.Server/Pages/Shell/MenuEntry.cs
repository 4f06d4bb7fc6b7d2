using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Playbook.Server.Pages.Shell;

/// <summary>An entry of the menu; it is the current one on pages beside its own, too.</summary>
public sealed class MenuEntry : NavLink
{
    /// <summary>Where those pages begin, with a comma between: "/accounts,/import".</summary>
    [Parameter] public string Also { get; set; } = "";

    [Inject] internal NavigationManager Address { get; set; } = null!;

    protected override bool ShouldMatch(string uriAbsolute) =>
        base.ShouldMatch(uriAbsolute) || Also.Split(',', StringSplitOptions.RemoveEmptyEntries).Any(other => IsUnder(Address.ToAbsoluteUri(other).AbsoluteUri, uriAbsolute));

    private static bool IsUnder(string page, string address) =>
        address.StartsWith(page, StringComparison.Ordinal) && (address.Length == page.Length || address[page.Length] is '/' or '?' or '#');
}
