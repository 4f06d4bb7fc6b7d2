using Playbook.Sales.Consent;

namespace Playbook.Sales.Tests.Consent;

public sealed class SuppressionKeyTests
{
    [Theory]
    [InlineData("Anne@Nord.DK", " anne@nord.dk ")]
    [InlineData("+45 33 44 55 66", "0045 33445566")]
    [InlineData("+45 33 44 55 66", "+45(33)44-55-66")]
    [InlineData("https://www.linkedin.com/in/Anne/", "https://www.linkedin.com/in/anne")]
    public void An_address_has_one_key_however_it_is_written(string one, string other) => Assert.Equal(SuppressionKey.OfAddress(one), SuppressionKey.OfAddress(other));

    [Fact]
    public void A_key_does_not_show_the_address() => Assert.DoesNotContain("anne", SuppressionKey.OfAddress("anne@nord.dk"), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_person_is_known_by_name_and_place_together()
    {
        Assert.Equal(SuppressionKey.OfPerson("Anne  Holm", "Havnegade 1, 1058 København K"), SuppressionKey.OfPerson("anne holm", "Havnegade 1 1058 København K"));
        Assert.NotEqual(SuppressionKey.OfPerson("Anne Holm", "Havnegade 1"), SuppressionKey.OfPerson("Anne Holm", "Havnegade 2"));
    }

    [Fact]
    public void A_domain_is_found_with_those_above_it() =>
        Assert.Equal(["mail.nord.dk", "nord.dk"], SuppressionKey.DomainsOf("anne@Mail.Nord.dk"));

    [Theory]
    [InlineData(null)]
    [InlineData("+45 33 44 55 66")]
    [InlineData("anne@")]
    public void What_has_no_domain_has_none(string? address) => Assert.Null(SuppressionKey.DomainOf(address));
}
