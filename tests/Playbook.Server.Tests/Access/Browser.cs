using System.Net;
using System.Text.RegularExpressions;
using Playbook.Server.Access;

namespace Playbook.Server.Tests.Access;

/// <summary>A browser of our own: keeps cookies, fills in plain forms with their hidden fields, follows nothing.</summary>
internal sealed partial class Browser(string url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(url) };

    public Dictionary<string, string> Cookies { get; } = [];

    public string? Session => Cookies.GetValueOrDefault(Sessions.Cookie);

    public async Task<(HttpStatusCode Status, string Text, string? Location)> Get(string path, string accept = "text/html")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        return await Send(request);
    }

    /// <param name="path">The page with the form.</param>
    /// <param name="fields">What is filled in.</param>
    /// <param name="origin">The site that sends it; null for our own, "" for a browser that does not say.</param>
    /// <param name="withHidden">Whether the page's hidden fields go along.</param>
    public async Task<(HttpStatusCode Status, string Text, string? Location)> Submit(string path, Dictionary<string, string> fields, string? origin = null, bool withHidden = true)
    {
        var page = await Get(path);
        var all = withHidden ? Hidden().Matches(page.Text).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value))).ToList() : [];
        all.AddRange(fields);
        return await Post(path, new FormUrlEncodedContent(all), origin);
    }

    public async Task<(HttpStatusCode Status, string Text, string? Location)> Post(string path, HttpContent content, string? origin = null, string? site = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (origin != "")
            request.Headers.TryAddWithoutValidation("Origin", origin ?? url.TrimEnd('/'));
        if (site is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        return await Send(request);
    }

    public Task<(HttpStatusCode Status, string Text, string? Location)> SignIn(string email, string password, string query = "") =>
        Submit("/signin" + query, new() { ["Email"] = email, ["Password"] = password });

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode, string, string?)> Send(HttpRequestMessage request)
    {
        if (Cookies.Count > 0)
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        using var response = await _http.SendAsync(request);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie.Split('=')[0], cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(';')[0]);
            if (value.Length == 0)
                Cookies.Remove(name);
            else
                Cookies[name] = value;
        }

        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.ToString());
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
