using Playbook.Twilio;

namespace Playbook.Plugins.Tests.Twilio;

public sealed class E164Tests
{
    [Theory]
    [InlineData("+4512345678", "+4512345678")]
    [InlineData(" +45 12 34-56.78 ", "+4512345678")]
    [InlineData("0045 12345678", "+4512345678")]
    [InlineData("+44 (0)20 7946 0000", "+442079460000")]
    [InlineData("+1 (212) 555‑0100", "+12125550100")]
    [InlineData("\u202a+4512345678\u202c", "+4512345678")]
    public void A_number_with_its_country_is_read_as_people_write_it(string written, string number) => Assert.Equal(number, E164.Of(written));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345678")]
    [InlineData("+0123456789")]
    [InlineData("+45123")]
    [InlineData("+4512345678901234")]
    [InlineData("+45 12 34 56 78 ext. 9")]
    [InlineData("+45١٢٣٤٥٦٧٨")]
    [InlineData("+4512345678\n,+4587654321")]
    public void Anything_else_is_no_number(string? written) => Assert.Null(E164.Of(written));
}
