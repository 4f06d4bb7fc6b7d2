using System.Diagnostics;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Tests.Expressions;

public sealed class ScriptTemplatesTests
{
    private readonly ScriptTemplates scripts = new();
    private readonly FakeScope scope = new();

    public ScriptTemplatesTests()
    {
        scope.Subject["contact"] = new Dictionary<string, object?> { ["first_name"] = "Ann", ["last_name"] = "", ["phone"] = null };
        scope.Subject["account"] = new Dictionary<string, object?> { ["name"] = "Acme\r\nBcc: all@example.com" };
        scope.Subject["previous"] = new Dictionary<string, object?> { ["pain"] = "slow quotes" };
        scope.With("Count", "Int32", 4).With("Order", "JsonObject", """{"id":7,"tags":["a"]}""");
    }

    [Fact]
    public void A_script_is_filled_from_facts_and_variables()
    {
        var rendered = scripts.RenderStrict("Subject: Hello {{ contact.first_name }}\n\nYou said {{ previous.pain }}, {{ Count }} of {{ Variables.Order.id }} times.", scope);
        Assert.Equal("Hello Ann", rendered.Subject);
        Assert.Equal("You said slow quotes, 4 of 7 times.", rendered.Text);
    }

    [Fact]
    public void A_script_without_subject_line_has_no_subject() =>
        Assert.Null(scripts.RenderStrict("Hi {{ contact.first_name }}", scope).Subject);

    [Fact]
    public void A_line_break_in_a_fact_does_not_become_a_mail_header() =>
        Assert.Equal("For Acme Bcc: all@example.com", scripts.RenderStrict("Subject: For {{ account.name }}\n\nx", scope).Subject);

    [Fact]
    public void Strict_rendering_names_every_gap_at_once()
    {
        var e = Assert.Throws<ExpressionException>(() => scripts.RenderStrict("Subject: {{ contact.title }}\n\nHi {{ contact.frist_name }},\n{{ contact.last_name }} {{ nobody.home }}", scope));
        Assert.Contains("Line 1: 'contact.title' is empty", e.Message, StringComparison.Ordinal);
        Assert.Contains("Line 3: 'contact.frist_name' is not known; did you mean 'contact.first_name'?", e.Message, StringComparison.Ordinal);
        Assert.Contains("Line 4: 'contact.last_name' is empty", e.Message, StringComparison.Ordinal);
        Assert.Contains("'nobody' is not known", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{{ contact.last_name ?? "friend" }}""", "friend")]
    [InlineData("""{{ contact.phone ?? "none" }}""", "none")]
    [InlineData("""{{ contact.phone ?? "" }}""", "")]
    [InlineData("""{{ contact.last_name | default "friend" }}""", "friend")]
    [InlineData("""{{ contact.phone | default "friend" | string.upcase }}""", "FRIEND")]
    [InlineData("""{{ contact.phone ?? contact.first_name }}""", "Ann")]
    [InlineData("""{{ if contact.phone }}Call{{ else }}Write{{ end }}""", "Write")]
    [InlineData("""{{ contact.phone ? contact.phone : "no phone" }}""", "no phone")]
    [InlineData("""{{ x = contact.phone }}ok""", "ok")]
    [InlineData("""{{ for t in Order.tags }}{{ t }}{{ end }}""", "a")]
    [InlineData("""{{ now | date.to_string "%Y-%m-%d" }}""", "2026-03-02")]
    [InlineData("""{{ date.now | date.to_string "%H:%M" }}""", "14:05")]
    public void An_explicit_fallback_is_no_gap(string script, string text) =>
        Assert.Equal(text, scripts.RenderStrict(script, scope).Text);

    [Theory]
    [InlineData("{{ contact.last_name | string.upcase }}", "contact.last_name")]
    [InlineData("{{ contact.phone ?? contact.last_name }}", "contact.phone")]
    [InlineData("{{ opportunity.product }}", "opportunity.product")]
    [InlineData("{{ contact['first_nam'] }}", "contact.first_nam")]
    [InlineData("{{ if contact.frist_name }}a{{ else }}b{{ end }}", "contact.frist_name")]
    [InlineData("{{ contact.frist_name ?? 'you' }}", "contact.frist_name")]
    [InlineData("{{ Variables.Cuont }}", "Variables.Cuont")]
    public void A_gap_is_never_silent(string script, string name)
    {
        var e = Assert.Throws<ExpressionException>(() => scripts.RenderStrict(script, scope));
        Assert.Contains($"'{name}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preview_shows_the_gaps_in_place()
    {
        var rendered = scripts.RenderPreview("Hi {{ contact.first_name }} {{ contact.last_name }}{{ contact.frist_name }}", scope);
        Assert.Equal("Hi Ann ⟦contact.last_name⟧⟦contact.frist_name⟧", rendered.Text);
        Assert.Equal(["contact.last_name", "contact.frist_name"], rendered.Gaps.Select(gap => gap.Name));
    }

    [Theory]
    [InlineData("{{ Order.id = 8 }}")]
    [InlineData("{{ o = Variables.Order; o.id = 8 }}")]
    [InlineData("{{ Order.tags[0] = 'z' }}")]
    [InlineData("{{ contact['first_name'] = 'Bob' }}")]
    public void A_template_cannot_change_a_run(string script)
    {
        var e = Assert.Throws<ExpressionException>(() => scripts.RenderStrict(script, scope));
        Assert.Contains("cannot change", e.Message, StringComparison.Ordinal);
        Assert.Equal(7L, ((Dictionary<string, object?>)scope.Value("Order")!)["id"]);
    }

    [Fact]
    public void Chance_is_the_same_in_a_replay_and_differs_between_draws()
    {
        const string script = "{{ math.uuid }} {{ math.uuid }} {{ math.random 1 1000000 }}";
        var first = scripts.RenderStrict(script, new FakeScope()).Text;
        Assert.Equal(first, scripts.RenderStrict(script, new FakeScope()).Text);
        Assert.NotEqual(first.Split(' ')[0], first.Split(' ')[1]);
    }

    [Theory]
    [InlineData("{{ while true }}{{ end }}")]
    [InlineData("{{ func f; f; end; f }}")]
    [InlineData("{{ include 'self' }}")]
    [InlineData("{{ object.eval_template '{{ 1 }}' }}")]
    [InlineData("{{ object.eval '1' }}")]
    [InlineData("{{ for i in 1..1000000000 }}{{ end }}")]
    [InlineData("{{ for i in 1..1000 }}{{ for j in 1..1000 }}{{ for k in 1..1000 }}{{ 'abc' | string.upcase }}{{ end }}{{ end }}{{ end }}")]
    [InlineData("{{ 'x' * 1000000000 }}")]
    [InlineData("{{ a = 'x'; for i in 1..60; a = a + a; end; a }}")]
    [InlineData("{{ a = [1]; for i in 1..60; a = array.concat a a; end; a | array.join ',' }}")]
    [InlineData("{{ a = 3; for i in 1..60; a = a * a; end; 1 }}")]
    [InlineData("{{ 'x' | string.pad_left 1000000000 }}")]
    [InlineData("{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '(a+)+$' }}")]
    [InlineData("{{ a = {}; a.x = a; a }}")]
    [InlineData("{{ for i in 1..90000; 'a longer text that is repeated and repeated'; end }}")]
    [InlineData("{{ capture c; for i in 1..90000; 'a longer text that is repeated and repeated'; end; end; 1 }}")]
    [InlineData("{{ ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1")]
    public void A_template_that_would_run_amok_is_stopped_with_a_reason(string script)
    {
        var watch = Stopwatch.StartNew();
        var e = Assert.Throws<ExpressionException>(() => scripts.RenderStrict(script, scope));
        TestContext.Current.TestOutputHelper!.WriteLine($"{watch.ElapsedMilliseconds} ms: {e.Message}");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"took {watch.Elapsed}");
    }

    [Fact]
    public void A_huge_template_is_not_even_parsed() =>
        Assert.Contains("100,000 are allowed", Assert.Throws<ExpressionException>(() => scripts.RenderStrict(new string('x', 100_001), scope)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_script_renders_after_another_has_failed()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Throws<ExpressionException>(() => scripts.RenderStrict("{{ y = 5; func f; f; end; f }}", scope));
            Assert.Equal("Ann", scripts.RenderStrict("{{ contact.first_name }}", scope).Text);
            Assert.Throws<ExpressionException>(() => scripts.RenderStrict("{{ y }}", scope));
        }
    }
}
