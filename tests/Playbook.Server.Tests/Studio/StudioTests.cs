using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Playbook.Abstractions;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Studio;

public sealed partial class StudioTests
{
    private const string Runtime = "/studio/9.1.0/_framework/dotnet.native.abc123.wasm";

    [Theory]
    [InlineData("br, gzip", "br", "brotli")]
    [InlineData("gzip", "gzip", "zipped")]
    [InlineData("gzip, br;q=0", "gzip", "zipped")]
    [InlineData("*", "br", "brotli")]
    [InlineData("identity", null, "as it is")]
    [InlineData(null, null, "as it is")]
    public async Task A_file_comes_as_small_as_the_caller_can_read_it(string? accepted, string? encoding, string body)
    {
        await using var trial = await StartWithStudio();
        using var answer = await Get(trial, Runtime, request => request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted));

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/wasm", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Every_activity_of_ours_has_an_icon_and_a_colour_on_Studios_canvas_and_whatever_a_plugin_says_cannot_break_the_page()
    {
        await using var trial = await StartWithStudio(
            new Told("Acme.Fax.Send", "send", "red;}</style><script>alert(1)</script>"), new Told("Acme.Odd", "</style>", "#112233"), new Told("Acme\"]{}</style>", "send", "#112233"));
        var page = await trial.Http.GetStringAsync("/studio/9.1.0/editor");

        var ours = (await trial.Get("/elsa/api/descriptors/activities"))["items"]!.AsArray().Select(item => (string)item!["typeName"]!).Where(type => type.StartsWith("Playbook.", StringComparison.Ordinal)).ToList();
        Assert.True(ours.Count >= 11);
        Assert.All(ours, type => Assert.Matches($$"""\[data-activity="{{Regex.Escape(type)}}"\]\{--activity-color:#[0-9A-Fa-f]{6};--activity-icon:url\("data:image/svg\+xml,%3Csvg""", page));
        Assert.Contains("[data-activity=\"Acme.Fax.Send\"]{--activity-icon:url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme.Odd", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "</style>"));
    }

    [Fact]
    public async Task A_file_may_be_kept_for_a_year_and_is_not_sent_twice()
    {
        await using var trial = await StartWithStudio();
        using var first = await Get(trial, Runtime);
        Assert.Equal("public, max-age=31536000, immutable", first.Headers.CacheControl!.ToString());

        using var second = await Get(trial, Runtime, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var compressed = await Get(trial, Runtime, request => request.Headers.AcceptEncoding.ParseAdd("br"));
        Assert.NotEqual(first.Headers.ETag, compressed.Headers.ETag);
    }

    [Fact]
    public async Task Parts_and_headers_of_a_file_can_be_asked_for()
    {
        await using var trial = await StartWithStudio();
        using var part = await Get(trial, Runtime, request => request.Headers.Range = new RangeHeaderValue(3, 4));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("it", await part.Content.ReadAsStringAsync());

        using var head = await Get(trial, Runtime, request => request.Method = HttpMethod.Head);
        Assert.Equal(8, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/studio/9.1.0/nothing.js")]
    [InlineData("/studio/9.0.0/appsettings.json")]
    [InlineData("/studio/9.1.0/..%2f..%2fplaybook.db")]
    [InlineData("/studio/9.1.0/%2e%2e/%2e%2e/playbook.db")]
    [InlineData("/studio/9.1.0/_framework%5c..%5cappsettings.json")]
    [InlineData("/studio/fonts/..%2felsa%2fappsettings.json")]
    [InlineData("/studio/frame/frame.html")]
    [InlineData("/studio/9.1.0/_framework/dotnet.native.abc123.wasm.br")]
    public async Task What_is_not_a_file_of_Studio_is_not_found(string path)
    {
        await using var trial = await StartWithStudio();
        using var answer = await Get(trial, path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_font_has_an_address_without_a_version()
    {
        await using var trial = await StartWithStudio();
        using var answer = await Get(trial, "/studio/fonts/roboto.woff2");
        Assert.Equal("font/woff2", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("editor?definition=lead-generation")]
    [InlineData("viewer?instance=1")]
    [InlineData("definitions")]
    [InlineData("runs")]
    public async Task A_frame_page_leads_to_its_version_and_loads_nothing_from_elsewhere(string page)
    {
        await using var trial = await StartWithStudio();
        using var answer = await Get(trial, "/studio/" + page);
        Assert.Equal($"/studio/9.1.0/{page}", answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval'", policy.Replace("'wasm-unsafe-eval'", "", StringComparison.Ordinal), StringComparison.Ordinal);

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"data-studio=\"{page.Split('?')[0]}\"", html, StringComparison.Ordinal);
        Assert.Contains("<base href=\"/studio/9.1.0/\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
        Assert.DoesNotContain("//", html, StringComparison.Ordinal);
        foreach (Match own in OwnParts().Matches(html))
        {
            using var part = await Get(trial, own.Value);
            Assert.Equal(HttpStatusCode.OK, part.StatusCode);
            Assert.Contains("immutable", part.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_Studio_is_missing_its_page_says_what_to_do_and_sees_it_once_it_is_there()
    {
        await using var trial = await TrialServer.Start(_ => { });
        using var missing = await Get(trial, "/studio/editor?definition=x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, missing.StatusCode);
        Assert.Contains("./build.sh run", await missing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var file = await Get(trial, Runtime);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, file.StatusCode);

        Draw(trial);
        using var there = await Get(trial, "/studio/editor?definition=x");
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
    }

    [GeneratedRegex("/studio/frame/[^\"]+", RegexOptions.None, 1000)]
    private static partial Regex OwnParts();

    private static async Task<TrialServer> StartWithStudio(params IReadOnlyList<IActivity> more)
    {
        var trial = await TrialServer.Start(_ => { }, more);
        Draw(trial);
        return trial;
    }

    private static void Draw(TrialServer trial)
    {
        Write("elsa/appsettings.json", "{}");
        Write("elsa/_framework/dotnet.native.abc123.wasm", "as it is");
        Write("elsa/_framework/dotnet.native.abc123.wasm.br", "brotli");
        Write("elsa/_framework/dotnet.native.abc123.wasm.gz", "zipped");
        Write("fonts/roboto.woff2", "font");
        Write("elsa/package.json", """{ "version": "9.1.0" }""");

        void Write(string path, string text)
        {
            var file = Path.Combine(trial.Studio, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    private static Task<HttpResponseMessage> Get(TrialServer trial, string path, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        change?.Invoke(request);
        return trial.Http.SendAsync(request);
    }

    private sealed class Told(string type, string icon, string color) : IActivity
    {
        public ActivityDescription Description { get; } = new(type, "Fax", "Fax", "A fax.") { Icon = icon, Color = color };

        public ActivityResult Execute(IActivityContext context) => ActivityResult.Complete();

        public ActivityResult Resume(IActivityContext context, Stimulus stimulus) => ActivityResult.Complete();
    }
}
