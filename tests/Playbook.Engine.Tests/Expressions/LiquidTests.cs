using System.Diagnostics;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Tests.Expressions;

public sealed class LiquidTests
{
    private readonly ExpressionEvaluator evaluator = new();
    private readonly FakeScope scope = new();

    public LiquidTests()
    {
        scope.With("Count", "Int32", 4).With("Big", "Int64", "9007199254740993").With("Rate", "Double", "0.1")
            .With("Tags", "String[]", """["x","y"]""").With("Price", "Decimal", "12.50")
            .With("Order", "JsonObject", """{"id":7,"lines":[{"sku":"A","qty":2},{"sku":"B","qty":5}]}""");
        scope.Inputs["Person"] = "offer";
        scope.Run.CorrelationId = "corr 1";
        scope.Subject["contact"] = new Dictionary<string, object?> { ["first_name"] = "Ann" };
    }

    [Theory]
    [InlineData("{{ Variables.Big }}", "9007199254740993")]
    [InlineData("{{ Variables.Rate }}", "0.1")]
    [InlineData("{{ Variables.Missing }}", "")]
    [InlineData("{{ Variables.Order.id }}", "7")]
    [InlineData("{{ Variables.Order | json }}", """{"id":7,"lines":[{"sku":"A","qty":2},{"sku":"B","qty":5}]}""")]
    [InlineData("{% for t in Variables.Tags %}{{ t }};{% endfor %}", "x;y;")]
    [InlineData("{% if Variables.Count > 3 %}many{% else %}few{% endif %}", "many")]
    [InlineData("{{ Variables.Count | times: 2 }}", "8")]
    [InlineData("{{ Input.Person | upcase }}", "OFFER")]
    [InlineData("{{ \"<b>\" | escape }}", "&lt;b&gt;")]
    [InlineData("{{ CorrelationId }} {{ WorkflowDefinitionId }} {{ WorkflowInstanceId }} {{ WorkflowDefinitionVersion }}", "corr 1 first-call run-1 3")]
    [InlineData("{{ contact.first_name }}", "Ann")]
    [InlineData("{{ 'now' | date: '%Y-%m-%d %H:%M' }}", "2026-03-02 14:05")]
    [InlineData("{% capture a %}{{ Input.Person }}!{% endcapture %}{{ a }}", "offer!")]
    [InlineData("{{ 'abc' | base64 }}", "YWJj")]
    [InlineData("{{ Variables.Order | keys | join: ',' }}", "id,lines")]
    [InlineData("plain text", "plain text")]
    public void Liquid_says_what_Elsa_says(string template, string text) =>
        Assert.Equal(text, evaluator.Evaluate(new Expression("Liquid", template), scope, "String"));

    [Fact]
    public void Liquid_is_converted_to_the_type_asked_for() =>
        Assert.Equal(true, evaluator.Evaluate(new Expression("Liquid", "{% if Variables.Count > 3 %}true{% else %}false{% endif %}"), scope, "Boolean"));

    [Fact]
    public void A_broken_template_is_an_error_and_not_its_own_text() =>
        Assert.Contains("broken", Assert.Throws<ExpressionException>(() => evaluator.Evaluate(new Expression("Liquid", "{{ a | }"), scope, "String")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{% for i in (1..1000000000) %}{% endfor %}")]
    [InlineData("{% for i in (1..10000) %}{% for j in (1..10000) %}x{% endfor %}{% endfor %}")]
    [InlineData("{% assign a = 'x' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}")]
    [InlineData("{% assign a = 'x,x' | split: ',' %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}")]
    [InlineData("{% capture a %}{% for i in (1..90000) %}some text that goes on and on and on{% endfor %}{% endcapture %}")]
    [InlineData("{% assign a = 'aaaaaaaaaa' %}{% for i in (1..20) %}{% assign a = a | replace: 'a', a %}{% endfor %}")]
    [InlineData("{% include 'self' %}")]
    [InlineData("{% render 'self' %}")]
    [InlineData("{{ 9999999999999999999999999999 | times: 9999999999999999999999999999 }}")]
    [InlineData("{{ (1..1000000000) | join: ',' }}")]
    [InlineData("{{ (1..1000000000) | size }}{{ (1..1000000000) | json }}")]
    [InlineData("{% assign a = 'x' %}{% for i in (1..19) %}{% assign a = a | append: a %}{% endfor %}{% for i in (1..90000) %}{% assign b = a | upcase | downcase | upcase %}{% endfor %}")]
    public void A_template_that_would_run_amok_is_stopped_with_a_reason(string template)
    {
        var watch = Stopwatch.StartNew();
        var e = Assert.Throws<ExpressionException>(() => evaluator.Evaluate(new Expression("Liquid", template), scope, "String"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{watch.ElapsedMilliseconds} ms: {e.Message}");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"took {watch.Elapsed}");
    }
}
