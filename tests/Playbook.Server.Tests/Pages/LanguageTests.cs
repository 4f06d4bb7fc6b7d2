using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using Playbook.Server.Pages.Shell;
using Playbook.Server.Tests.Access;

namespace Playbook.Server.Tests.Pages;

/// <summary>The pages speak English and Danish.</summary>
public sealed partial class LanguageTests
{
    private static readonly string Pages = FindPages();

    [Fact]
    public void Every_text_has_its_Danish_and_no_Danish_is_left_over()
    {
        var danish = XDocument.Load(Path.Combine(Pages, "Texts.da.resx")).Root!.Elements("data").ToDictionary(text => text.Attribute("name")!.Value, text => text.Element("value")!.Value);
        var used = Directory.EnumerateFiles(Pages, "*.*", SearchOption.AllDirectories)
            .Where(file => (file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)) && !file.Contains("node_modules", StringComparison.Ordinal))
            .SelectMany(file => Used().Matches(File.ReadAllText(file)).Select(match => match.Groups["text"].Value))
            .Append(Playbook.Server.Access.SignInDesk.Refused).Append(Playbook.Server.Access.Invitations.Gone).ToHashSet(StringComparer.Ordinal);

        Assert.True(used.Count > 100, $"only {used.Count} texts were found");
        Assert.DoesNotContain(used, text => !danish.TryGetValue(text, out var words) || string.IsNullOrWhiteSpace(words));
        Assert.DoesNotContain(danish.Keys, text => !used.Contains(text));
        // What is put into a text is put into its Danish as well.
        Assert.DoesNotContain(danish, text => !Places(text.Key).SetEquals(Places(text.Value)));
    }

    [Fact]
    public async Task A_browser_that_prefers_Danish_gets_it_before_anybody_has_signed_in()
    {
        var (trial, _) = await AccessTrial.WithOwner();
        await using var ended = trial;

        Assert.Contains(">Log ind</h1>", await SignIn(trial, "da-DK,da;q=0.9,en;q=0.5"), StringComparison.Ordinal);
        Assert.Contains("""<html lang="da""", await SignIn(trial, "da"), StringComparison.Ordinal);
        Assert.Contains(">Sign in</h1>", await SignIn(trial, "en-US,en;q=0.9,da;q=0.5"), StringComparison.Ordinal);
        Assert.Contains(">Sign in</h1>", await SignIn(trial, "fr"), StringComparison.Ordinal);
        // Their choice goes before the browser's.
        Assert.Contains(">Log ind</h1>", await SignIn(trial, "en", "da"), StringComparison.Ordinal);
        Assert.Contains(">Sign in</h1>", await SignIn(trial, "da", "en"), StringComparison.Ordinal);
        Assert.Contains(">Sign in</h1>", await SignIn(trial, "en", "xx"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-03T23:59:00Z", "i går 23:59")]
    [InlineData("2026-03-05T08:00:00Z", "i morgen 08:00")]
    [InlineData("2026-02-03T14:05:00Z", "3. feb")]
    [InlineData("2025-05-03T14:05:00Z", "3. maj 2025")]
    public void Moments_are_told_in_Danish(string moment, string words)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("da");
            var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
            clock.SetLocalTimeZone(TimeZoneInfo.Utc);
            Assert.StartsWith(words, new TimeWords(clock).Short(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static async Task<string> SignIn(AccessTrial trial, string accepts, string? chosen = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{trial.Server.Url}/signin");
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.AcceptLanguage.ParseAdd(accepts);
        if (chosen is not null)
            request.Headers.Add("Cookie", $"playbook-language={chosen}");
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    private static string FindPages()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Playbook.sln")))
                return Path.Combine(folder.FullName, "src", "Playbook.Server", "Pages");
        throw new InvalidOperationException("The tests run outside of the repository: Playbook.sln is in no folder above them.");
    }

    [GeneratedRegex("""\bL\["(?<text>[^"]+)"[,\]]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Used();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
