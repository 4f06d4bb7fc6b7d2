using Playbook.Engine.Expressions;

namespace Playbook.Engine.Tests.Expressions;

public sealed class ValueConversionTests
{
    public static TheoryData<object?, string, object?> Rules => new()
    {
        { true, "String", "True" },
        { 1e21, "String", "1E+21" },
        { 0.1 + 0.2, "String", "0.30000000000000004" },
        { 12.5, "Int32", 12 },
        { 13.5, "Int32", 14 },
        { 1.5, "Int32", 2 },
        { "1.5", "Int32", 0 },
        { " 42 ", "Int32", 42 },
        { "arrow", "Int32", 0 },
        { "", "Int32", null },
        { "[1,2]", "Int32", 0 },
        { true, "Int32", 1 },
        { -0.0, "Int32", 0 },
        { null, "Int32", null },
        { null, "String", null },
        { "true", "Boolean", true },
        { "yes", "Boolean", false },
        { 0.0, "Boolean", false },
        { 0.30000000000000004, "Decimal", 0.3m },
        { "12.50", "Decimal", 12.50m },
        { 12.50m, "String", "12.50" },
        { "9007199254740993", "Int64", 9007199254740993L },
        { 5.0, "Int16", 5 },
        { "01:30:00", "TimeSpan", new TimeSpan(1, 30, 0) },
        { "soon", "TimeSpan", TimeSpan.Zero },
        { "2026-03-02T14:05:00+01:00", "DateTimeOffset", new DateTimeOffset(2026, 3, 2, 14, 5, 0, TimeSpan.FromHours(1)) },
        { "2026-03-02", "DateTimeOffset", new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero) },
        { new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc), "String", "2026-03-02" },
        { "WaitAny", "Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode, Elsa.Workflows.Core", "WaitAny" },
        { "7", "System.Int32, System.Private.CoreLib", 7 },
        { "7", "Int32?", 7 },
        { "{ \"a\": 1 }", "Object", "{ \"a\": 1 }" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_value_is_converted_as_Elsa_converts_it(object? value, string typeName, object? expected) =>
        Assert.Equal(expected, ValueConversion.To(value, typeName));

    [Theory]
    [InlineData("String[]")]
    [InlineData("List<String>")]
    [InlineData("ICollection<String>")]
    [InlineData("System.Collections.Generic.List`1[[System.String, System.Private.CoreLib]], System.Private.CoreLib")]
    public void Text_with_a_JSON_array_becomes_a_list(string typeName) =>
        Assert.Equal(new List<object?> { "B1", "2" }, ValueConversion.To("""["B1", 2]""", typeName));

    [Fact]
    public void Plain_text_becomes_a_list_of_one() => Assert.Equal(new List<object?> { "a" }, ValueConversion.To("a", "String[]"));

    [Fact]
    public void A_list_becomes_JSON_text_with_Elsas_escapes() =>
        Assert.Equal("""[1,"a\u0022\u002B"]""", ValueConversion.To(new List<object?> { 1.0, "a\"+" }, "String"));

    [Fact]
    public void JSON_text_becomes_plain_values()
    {
        var value = (Dictionary<string, object?>)ValueConversion.To("""{"id":7,"x":[1.5,null,true]}""", "JsonObject")!;
        Assert.Equal(7L, value["id"]);
        Assert.Equal(new List<object?> { 1.5, null, true }, value["x"]);
    }

    [Fact]
    public void A_number_that_does_not_fit_is_an_error() =>
        Assert.Contains("does not fit", Assert.Throws<ExpressionException>(() => ValueConversion.To(1e12, "Int32")).Message, StringComparison.Ordinal);

    [Fact]
    public void Broken_JSON_for_a_list_is_an_error() =>
        Assert.Throws<ExpressionException>(() => ValueConversion.To("[1,", "Int32[]"));

    [Theory]
    [InlineData("soon", "TimeSpan", false)]
    [InlineData("01:00", "TimeSpan", true)]
    [InlineData("abc", "Int32", false)]
    [InlineData("[1,", "Int32[]", false)]
    [InlineData("12", "Int32", true)]
    public void Fits_tells_what_would_be_lost(string text, string typeName, bool fits) =>
        Assert.Equal(fits, ValueConversion.Fits(text, typeName));
}
