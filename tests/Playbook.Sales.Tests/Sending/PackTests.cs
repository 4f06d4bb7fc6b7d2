using Playbook.Sales.Sending;

namespace Playbook.Sales.Tests.Sending;

public sealed class PackTests
{
    [Fact]
    public void Every_shipped_rule_is_quoted_with_its_source_and_has_an_id_of_its_own()
    {
        var rules = JurisdictionPacks.Shipped.All.SelectMany(pack => pack.Rules).ToList();
        Assert.True(rules.Count > 20);
        Assert.Equal(rules.Count, rules.Select(rule => rule.Id).Distinct().Count());
        Assert.All(rules, rule => Assert.Contains(rule.Source, rule.Words, StringComparison.Ordinal));
        Assert.Equal(["dnc", "robinson", "tps"], JurisdictionPacks.Shipped.Lists.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("DK", "dk", "eu")]
    [InlineData("gb", "gb")]
    [InlineData("DE", "eu")]
    [InlineData("JP", "strictest")]
    [InlineData(null, "strictest")]
    public void A_country_has_its_own_pack_before_its_unions_and_the_strictest_where_it_has_none(string? country, params string[] packs) =>
        Assert.Equal(packs, JurisdictionPacks.Shipped.For(country).Select(pack => pack.Id));

    [Theory]
    [InlineData("\"quote\": \"q\"", "\"quote\": \"\"", "'quote' is empty")]
    [InlineData("\"company\"", "\"companies\"", "no recipients 'companies'")]
    [InlineData("\"consent\"", "\"a wish\"", "nothing is unlocked by 'a wish'")]
    [InlineData("\"title\"", "\"titel\"", "titel")]
    [InlineData("\"block\"", "\"forbid\"", "effect")]
    [InlineData("\"block\"", "\"scrub\"", "needs 'list'")]
    [InlineData("\"block\"", "\"hours\"", "needs 'hours'")]
    [InlineData("\"language\": \"en\"", "\"language\": \"da\"", "'english' is missing")]
    [InlineData("\"countries\": []", "\"countries\": [\"XX\"]", "No pack is without countries")]
    public void What_is_wrong_with_a_pack_is_told(string right, string wrong, string said)
    {
        const string Pack = """
            { "id": "x", "name": "X", "countries": [], "rules": [ { "id": "r", "effect": "block", "channels": ["email"], "recipients": ["company"],
              "unlockedBy": ["consent"], "title": "t", "quote": "q", "language": "en", "source": "s" } ] }
            """;
        Assert.Single(JurisdictionPacks.Read([("x", Pack)]).All);
        var fault = Assert.Throws<InvalidDataException>(() => JurisdictionPacks.Read([("x", Pack.Replace(right, wrong, StringComparison.Ordinal))]));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }
}
