using Playbook.Engine.Expressions;

namespace Playbook.Engine.Tests.Expressions;

public sealed class ExpressionEvaluatorTests
{
    private readonly ExpressionEvaluator evaluator = new();
    private readonly FakeScope scope = new FakeScope().With("Count", "Int32", 4).With("Customer", "String", null);

    [Theory]
    [InlineData("Literal", "5", "Int32", 5)]
    [InlineData("Literal", "  padded ", "Object", "  padded ")]
    [InlineData("Literal", null, "String", null)]
    [InlineData("Variable", "Count", "String", "4")]
    [InlineData("Variable", "Missing", "String", null)]
    [InlineData("Input", "Person", "String", "lead")]
    [InlineData("Object", "[1,2]", "Object", "[1,2]")]
    [InlineData("Json", "\"quoted\"", "String", "\"quoted\"")]
    [InlineData("Object", "", "Object", null)]
    [InlineData("Nonsense", "x", "String", null)]
    [InlineData("literal", "x", "String", null)]
    [InlineData("Scriban", "{{ Count }} {{ Input.Person }}{{ Customer }}", "String", "4 lead")]
    [InlineData("Scriban", "{{ Count + 1 }}", "Int32", 5)]
    public void Every_type_of_expression_gives_its_value(string type, string? text, string typeName, object? expected)
    {
        scope.Inputs["Person"] = "lead";
        Assert.Equal(expected, evaluator.Evaluate(new Expression(type, text), scope, typeName));
    }

    [Fact]
    public void An_object_typed_as_a_list_is_a_list() =>
        Assert.Equal(new List<object?> { "B1", "B2" }, evaluator.Evaluate(new Expression("Object", """["B1", "B2"]"""), scope, "String[]"));

    [Fact]
    public void A_literal_number_stays_a_number() =>
        Assert.Equal(2, ValueConversion.To(evaluator.Evaluate(new Expression("Literal", "1.5") { Value = 1.5 }, scope, "Object"), "Int32"));

    [Theory]
    [InlineData("CSharp")]
    [InlineData("Python")]
    public void Languages_that_could_do_anything_are_refused_in_words(string type) =>
        Assert.Contains("not run here", Assert.Throws<ExpressionException>(() => evaluator.Evaluate(new Expression(type, "1 + 2"), scope, "Object")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_name_in_Scriban_is_an_error() =>
        Assert.Contains("'Cuont' is not known; did you mean 'Count'?", Assert.Throws<ExpressionException>(() => evaluator.Evaluate(new Expression("Scriban", "{{ Cuont }}"), scope, "String")).Message, StringComparison.Ordinal);

    [Fact]
    public void Render_is_strict_and_takes_further_names()
    {
        Assert.Equal("4 x", evaluator.Render("{{ Count }} {{ more }}", scope, new Dictionary<string, object?> { ["more"] = "x" }));
        Assert.Contains("'Customer' is empty", Assert.Throws<ExpressionException>(() => evaluator.Render("{{ Customer }}", scope, new Dictionary<string, object?>())).Message, StringComparison.Ordinal);
    }
}
