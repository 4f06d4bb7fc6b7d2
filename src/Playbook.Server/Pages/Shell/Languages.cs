using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;

namespace Playbook.Server.Pages.Shell;

/// <summary>
/// The languages of the pages: the one that somebody chose in the profile, else the browser's. The English text is the key;
/// the Danish stands in Pages/Texts.da.resx. What programs read is in no language: only texts for people follow.
/// </summary>
internal static class Languages
{
    public const string Cookie = "playbook-language";

    /// <summary>As the profile offers them.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("en", "English"), ("da", "Dansk")];

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>For words, days and numbers on the page that is being drawn.</summary>
    public static CultureInfo Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "da" ? CultureInfo.CurrentUICulture : English;

    public static string Code => Current.TwoLetterISOLanguageName;

    /// <summary>A count or an amount without decimals, as people of the language write it.</summary>
    public static string Whole(IFormattable value) => value.ToString("N0", Current);

    /// <summary>A text as it stands within a sentence or on a small label: with a small first letter.</summary>
    public static string Small(this LocalizedString text) => char.ToLower(text.Value[0], Current) + text.Value[1..];

    /// <summary>A text as it stands at the beginning of a line: with a capital.</summary>
    public static string Large(string text) => text.Length == 0 ? text : char.ToUpper(text[0], Current) + text[1..];

    public static void UseLanguages(this WebApplication app) => app.UseRequestLocalization(new RequestLocalizationOptions
    {
        DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, English),
        SupportedCultures = [CultureInfo.InvariantCulture],
        // Every English counts as English: who prefers American to Danish is not given Danish.
        SupportedUICultures = [English, CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("da")],
        RequestCultureProviders = [new CustomRequestCultureProvider(Chosen), new AcceptLanguageHeaderRequestCultureProvider()],
    });

    private static Task<ProviderCultureResult?> Chosen(HttpContext context) =>
        Task.FromResult(All.Any(one => one.Code == context.Request.Cookies[Cookie]) ? new ProviderCultureResult("", context.Request.Cookies[Cookie] == "da" ? "da" : English.Name) : null);
}
