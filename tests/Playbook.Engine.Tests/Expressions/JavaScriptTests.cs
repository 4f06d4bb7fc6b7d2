using Playbook.Engine.Expressions;

namespace Playbook.Engine.Tests.Expressions;

public sealed class JavaScriptTests
{
    private readonly ExpressionEvaluator evaluator = new();
    private readonly FakeScope scope = new();

    public JavaScriptTests()
    {
        scope.With("Count", "Int32", "4").With("Total", "Int32", 7).With("Rate", "Double", "0.1").With("Price", "Decimal", "12.50")
            .With("Tags", "String[]", """["x","y"]""").With("Customer", "String", "Ann").With("Ready", "Boolean", "false")
            .With("Order", "JsonObject", """{"id":7,"lines":[{"sku":"A","qty":2},{"sku":"B","qty":5}]}""").With("Target", "Object", null)
            .With("my_var", "String", "hidden").With("customerName", "String", "Bob");
        scope.Inputs["Person"] = "lead";
        scope.Inputs["Quantity"] = 2;
        scope.DeclaredInputs.Add("Urgent");
        scope.Outputs["Qualify/Result"] = "hot";
        scope.LastResult = 5.0;
        scope.Subject["contact"] = new Dictionary<string, object?> { ["first_name"] = "Eve", ["score"] = 80L };
    }

    [Theory]
    [InlineData("Math.max(3, 9)", "9")]
    [InlineData("new Date(Date.UTC(2024,0,2)).toISOString()", "2024-01-02T00:00:00.000Z")]
    [InlineData("undefined", null)]
    [InlineData("null", null)]
    [InlineData("isNullOrEmpty('')", "True")]
    [InlineData("isNullOrWhiteSpace(' ')", "True")]
    [InlineData("12345678901234567890", "1.2345678901234567E+19")]
    [InlineData("'\u00e9'.length", "1")]
    [InlineData("getTags().length", "2")]
    [InlineData("getRate() + 0.2", "0.30000000000000004")]
    [InlineData("getVariable('Missing')", null)]
    [InlineData("JSON.stringify(variables.Order)", """{"id":7,"lines":[{"sku":"A","qty":2},{"sku":"B","qty":5}]}""")]
    [InlineData("getVariable('Order').lines.length", "2")]
    [InlineData("getOrder().id", "7")]
    [InlineData("const x = 3; x * 2", "6")]
    [InlineData("return variables.Count + 10;", "14")]
    [InlineData("getInput('Quantity') + 1", "3")]
    [InlineData("getInput('Nope')", null)]
    [InlineData("getPerson()", "lead")]
    [InlineData("getUrgent()", null)]
    [InlineData("variables.Person", null)]
    [InlineData("getPrice()", "12.5")]
    [InlineData("typeof getPrice()", "number")]
    [InlineData("toJson({a:1,b:[true,null]})", """{"a":1,"b":[true,null]}""")]
    [InlineData("toJson([getReady(), 'a\"b', 1e21])", "[false,\"a\\u0022b\",1E\u002B21]")]
    [InlineData("(() => 'arrow')()", "arrow")]
    [InlineData("stringToBase64('abc')", "YWJj")]
    [InlineData("stringFromBase64('YWJj')", "abc")]
    [InlineData("bytesToString(bytesFromBase64('YWJj'))", "abc")]
    [InlineData("bytesToBase64(bytesFromString('abc'))", "YWJj")]
    [InlineData("1e21", "1E+21")]
    [InlineData("-0", "-0")]
    [InlineData("`${getWorkflowInstanceName()} / ${getCorrelationId()}`", "null / null")]
    [InlineData("setCorrelationId('c'); setWorkflowInstanceName('n'); `${getWorkflowInstanceName()} / ${getCorrelationId()}`", "n / c")]
    [InlineData("`${getWorkflowInstanceId()} ${getWorkflowDefinitionId()} ${getWorkflowDefinitionVersionId()} ${getWorkflowDefinitionVersion()}`", "run-1 first-call first-call-3 3")]
    [InlineData("getOutputFrom('Qualify')", "hot")]
    [InlineData("getResultFromQualify()", "hot")]
    [InlineData("getLastResult()", "5")]
    [InlineData("getCustomerName()", "Bob")]
    [InlineData("getVariable('my_var')", "hidden")]
    [InlineData("variables.my_var", null)]
    [InlineData("contact.first_name + contact.score", "Eve80")]
    [InlineData("new Date().toISOString()", "2026-03-02T14:05:00.000Z")]
    [InlineData("Date.now()", "1772460300000")]
    [InlineData("now.getUTCHours()", "14")]
    [InlineData("parseGuid('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData("TimeSpan.FromHours(2)", "02:00:00")]
    [InlineData("(async () => { await null; return 7; })()", "7")]
    [InlineData("[1, [2, 'a']]", "[1,[2,\"a\"]]")]
    public void A_script_gives_what_Elsa_gives(string script, string? text) =>
        Assert.Equal(text, Run(script, "String"));

    [Theory]
    [InlineData("12.5", "Int32", 12)]
    [InlineData("'arrow'", "Int32", 0)]
    [InlineData("getCount() > 3", "Boolean", true)]
    [InlineData("getCount()", "Object", 4.0)]
    public void A_result_is_converted_to_the_type_asked_for(string script, string type, object expected) =>
        Assert.Equal(expected, Run(script, type));

    [Fact]
    public void A_date_leaves_a_script_as_a_time_in_UTC() =>
        Assert.Equal(new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), Run("new Date(2024, 0, 2)", "Object"));

    [Fact]
    public void Setters_change_variables_at_once_and_agree_with_each_other()
    {
        Assert.Equal("5 5 5", Run("setCount(getCount() + 1); `${getCount()} ${variables.Count} ${getVariable('Count')}`", "String"));
        Assert.Equal(5, scope.Value("Count"));
        Assert.Equal("40", Run("setVariable('Count', 40); getCount()", "String"));
    }

    [Fact]
    public void An_assignment_to_a_member_of_variables_is_kept()
    {
        Run("variables.Total = variables.Total + 1;", "Object");
        Assert.Equal(8, scope.Value("Total"));
    }

    [Fact]
    public void An_assignment_to_variables_Count_is_lost_as_in_Elsa()
    {
        Run("variables.Count = variables.Count + 1;", "Object");
        Assert.Equal(4, scope.Value("Count"));
    }

    [Fact]
    public void A_change_inside_an_object_is_kept()
    {
        Run("getOrder().lines[0].qty = 9;", "Object");
        var order = (Dictionary<string, object?>)scope.Value("Order")!;
        Assert.Equal(9.0, ((Dictionary<string, object?>)((List<object?>)order["lines"]!)[0]!)["qty"]);
    }

    [Fact]
    public void Reading_writes_nothing()
    {
        Run("variables.Total + getCount() + getOrder().id + getTags().length + variables.Order.id", "Object");
        Assert.Equal(0, scope.Writes);
    }

    [Fact]
    public void Setting_a_variable_that_nobody_declared_fails_with_the_name_that_was_meant() =>
        Assert.Contains("did you mean 'Total'?", Fails("setVariable('Totla', 1)"), StringComparison.Ordinal);

    [Fact]
    public void One_script_leaves_nothing_to_the_next()
    {
        Run("var leak = 1; Array.prototype.leak = 2; Object.prototype.leak = 3; Math.leak = 4;", "Object");
        Assert.Equal("undefined undefined undefined", Run("`${typeof leak} ${[].leak} ${Math.leak}`", "String"));
    }

    [Fact]
    public void Chance_is_the_same_in_a_replay_and_differs_between_draws()
    {
        const string script = "`${newGuid()} ${Math.random()} ${newShortGuid()} ${Guid.NewGuid()}`";
        var first = (string)Run(script, "String")!;
        Assert.NotEqual(first, Run(script, "String"));
        Assert.Equal(first, evaluator.Evaluate(new Expression("JavaScript", script), new FakeScope(), "String"));
        Assert.True(Guid.TryParse(first.Split(' ')[0], out var guid) && guid.Version == 4);
    }

    [Fact]
    public void A_script_that_throws_fails_with_its_own_message()
    {
        Assert.Equal("boom", Fails("throw new Error('boom')"));
        Assert.Equal("missingFunction is not defined", Fails("missingFunction()"));
    }

    [Fact]
    public void An_unparsable_script_fails() => Assert.Contains("not valid JavaScript", Fails("const"), StringComparison.Ordinal);

    [Fact]
    public void A_script_cannot_catch_the_limit_that_stops_it() =>
        Assert.Contains("statements", Fails("try { while (true) {} } catch { 'caught' }"), StringComparison.Ordinal);

    [Fact]
    public void RunJavaScript_gives_its_value_and_its_outcomes()
    {
        Assert.Equal(8.0, evaluator.EvaluateScript("setOutcome('Hot'); return variables.Count * 2;", scope, out var outcomes));
        Assert.Equal(["Hot"], outcomes);
        evaluator.EvaluateScript("setOutcomes(['Warm', 'Cold']);", scope, out outcomes);
        Assert.Equal(["Warm", "Cold"], outcomes);
        evaluator.EvaluateScript("1", scope, out outcomes);
        Assert.Null(outcomes);
    }

    [Fact]
    public void Outcomes_belong_to_RunJavaScript_only() =>
        Assert.Equal("setOutcome is not defined", Fails("setOutcome('x')"));

    [Fact]
    public void Many_threads_share_one_evaluator()
    {
        Parallel.For(0, 200, i =>
        {
            var own = new FakeScope { Now = DateTimeOffset.UnixEpoch.AddSeconds(i) }.With("Count", "Int32", i);
            Assert.Equal($"{i} {i * 1000}", evaluator.Evaluate(new Expression("JavaScript", "`${getCount()} ${Date.now()}`"), own, "String"));
        });
    }

    private object? Run(string script, string type) => evaluator.Evaluate(new Expression("JavaScript", script), scope, type);

    private string Fails(string script) => Assert.Throws<ExpressionException>(() => Run(script, "Object")).Message;
}
