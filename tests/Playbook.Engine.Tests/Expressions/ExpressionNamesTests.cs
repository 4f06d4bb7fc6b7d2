using Playbook.Engine.Expressions;

namespace Playbook.Engine.Tests.Expressions;

public sealed class ExpressionNamesTests
{
    private static readonly HashSet<string> Variables = ["Count", "Customer", "Order", "my_var"];
    private static readonly HashSet<string> Inputs = ["Person"];

    [Theory]
    [InlineData("JavaScript", "getVariable('Cuont')", "Cuont", "Count")]
    [InlineData("JavaScript", "setVariable('Custmer', 1)", "Custmer", "Customer")]
    [InlineData("JavaScript", "getInput('Persn')", "Persn", "Person")]
    [InlineData("JavaScript", "variables.Cuont + 1", "Cuont", "Count")]
    [InlineData("JavaScript", "getCuont() > 1", "getCuont", "getCount")]
    [InlineData("JavaScript", "setCuont(1)", "setCuont", "setCount")]
    [InlineData("JavaScript", "contact.frist_name", "contact.frist_name", "contact.first_name")]
    [InlineData("JavaScript", "isNulOrEmpty('')", "isNulOrEmpty", "isNullOrEmpty")]
    [InlineData("Liquid", "{{ Variables.Cuont }}", "Cuont", "Count")]
    [InlineData("Liquid", "{% if Input.Persn %}{% endif %}", "Persn", "Person")]
    [InlineData("Liquid", "{{ contact.frist_name | upcase }}", "contact.frist_name", "contact.first_name")]
    [InlineData("Liquid", "{{ Variables.Count | upcas }}", "upcas", "upcase")]
    [InlineData("Liquid", "{{ Variabels.Count }}", "Variabels", "Variables")]
    [InlineData("Scriban", "{{ Cuont }}", "Cuont", "Count")]
    [InlineData("Scriban", "{{ Variables.Cuont }}", "Variables.Cuont", null)]
    [InlineData("Scriban", "{{ contact.frist_name }}", "contact.frist_name", "contact.first_name")]
    [InlineData("Scriban", "{{ Customer | string.upcas }}", "string.upcas", "string.upcase")]
    [InlineData("Scriban", "{{ if opportunity.vlaue > 3 }}x{{ end }}", "opportunity.vlaue", "opportunity.value")]
    [InlineData("Variable", "Cuont", "Cuont", "Count")]
    [InlineData("Input", "Persn", "Persn", "Person")]
    public void An_unknown_name_is_found_with_the_one_that_was_meant(string type, string text, string name, string? suggestion)
    {
        var problem = Assert.Single(ExpressionNames.Check(new Expression(type, text), Variables, Inputs));
        Assert.EndsWith(problem.Name!, name, StringComparison.Ordinal);
        if (suggestion is not null)
        {
            Assert.Equal(suggestion, problem.Suggestion);
            Assert.Contains("did you mean", problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("JavaScript", "setCount(getCount() + 1); const t = [1].map(x => x + Math.random()); getPerson() + getVariable('my_var') + contact.first_name + toJson(t)")]
    [InlineData("JavaScript", "setOutcome('x'); getResultFromQualify(); new Date(); JSON.stringify(variables.Order.anything); previous.pain; now")]
    [InlineData("JavaScript", "function f(getNothing) { return getNothing(); } f(() => 1)")]
    [InlineData("JavaScript", "({ contact: 1 }).contact.frist_name")]
    [InlineData("JavaScript", "")]
    [InlineData("Liquid", "{% for t in Variables.Order.lines %}{{ t.sku }}{{ forloop.index }}{% endfor %}{% assign a = 1 %}{{ a }}{% capture c %}{{ Input.Person }}{% endcapture %}{{ c }}{{ CorrelationId }}")]
    [InlineData("Scriban", "{{ x = 1 }}{{ for l in Order.lines }}{{ l.sku }}{{ for.index }}{{ end }}{{ func g(a); ret a; end }}{{ g x }}{{ Customer ?? contact.first_name | default 'x' | string.upcase }}{{ Input.Person }}{{ previous.anything }}{{ now | date.to_string '%d' }}")]
    [InlineData("Literal", "anything {{ x")]
    [InlineData("Object", "[1, 2]")]
    public void Known_names_are_no_problem(string type, string text) =>
        Assert.Empty(ExpressionNames.Check(new Expression(type, text), Variables, Inputs));

    [Theory]
    [InlineData("JavaScript", "getCount( +")]
    [InlineData("Liquid", "{{ a | }")]
    [InlineData("Liquid", "{% if a %}")]
    [InlineData("Scriban", "{{ if a }}")]
    [InlineData("Object", "[1,")]
    [InlineData("CSharp", "1 + 2")]
    public void A_broken_text_is_an_error(string type, string text) =>
        Assert.True(Assert.Single(ExpressionNames.Check(new Expression(type, text), Variables, Inputs)).IsError);

    [Fact]
    public void An_assignment_that_Elsa_drops_is_told() =>
        Assert.Contains("write setCount(", Assert.Single(ExpressionNames.Check(new Expression("JavaScript", "variables.Count = 1"), Variables, Inputs)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_type_is_told_with_the_one_that_was_meant() =>
        Assert.Contains("'JavaScript'", Assert.Single(ExpressionNames.Check(new Expression("Javascript", "1"), Variables, Inputs)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_script_is_checked_with_its_subject_and_its_own_lines()
    {
        var problems = ExpressionNames.CheckScript("Subject: {{ contact.frist_name }}\n\nHi\n{{ rep.nmae }}", Variables, Inputs);
        Assert.Equal([1, 4], problems.Select(problem => problem.Line));
    }

    [Theory]
    [InlineData("Skip", "Skipp", "Skip")]
    [InlineData("email", "emial", "email")]
    [InlineData("email", "phone", null)]
    [InlineData("a", "b", null)]
    public void The_closest_name_is_suggested(string candidate, string name, string? expected) =>
        Assert.Equal(expected, DidYouMean.Suggest(name, [candidate]));
}
