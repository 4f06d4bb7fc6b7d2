namespace Playbook.Server.Pages;

/// <summary>The texts of the pages for <c>IStringLocalizer</c>, which every page has as <c>L</c>: see <see cref="Shell.Languages"/>.</summary>
public sealed class Texts;
