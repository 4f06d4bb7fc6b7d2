extern alias calendar;

using calendar::Playbook.Calendar.Bookings;
using System.Buffers.Text;
using System.Security.Cryptography;
using FsCheck.Xunit;

namespace Playbook.Plugins.Tests.Calendar;

public sealed class BookingLinkTests
{
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    [Property]
    public void A_token_with_any_bit_changed_is_none(int seed, string? key)
    {
        var offer = Offer(key ?? "");
        var link = new BookingLink(Secret);
        var token = link.Token(offer);
        Assert.True(link.TryRead(token, Find, out var read));
        Assert.Equal(offer, read);

        var random = new Random(seed);
        var bytes = Base64Url.DecodeFromChars(token);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        Assert.False(link.TryRead(Base64Url.EncodeToString(bytes), Find, out _));
        var at = random.Next(token.Length);
        var letter = "ABCabc019-_ =\n"[random.Next(14)];
        if (token[at] != letter)
            Assert.False(link.TryRead(token[..at] + letter + token[(at + 1)..], Find, out _));
        Assert.False(link.TryRead(token + "=", Find, out _));
        Assert.False(link.TryRead(token[..^1], Find, out _));

        // Whatever the id is said to be: the signature is over the offer's own message and contact too.
        Offer? Find(string id) => offer;
    }

    [Property]
    public void A_token_is_for_one_message_one_contact_one_time_and_one_secret(string? key)
    {
        var offer = Offer(key ?? "");
        var token = new BookingLink(Secret).Token(offer);

        Assert.False(new BookingLink(Secret).TryRead(token, _ => offer with { To = "eve@x.example" }, out _));
        Assert.False(new BookingLink(Secret).TryRead(token, _ => offer with { Key = "another" + key }, out _));
        Assert.False(new BookingLink(RandomNumberGenerator.GetBytes(32)).TryRead(token, _ => offer, out _));
        Assert.NotEqual(token, new BookingLink(Secret).Token(offer with { ExpiresAt = offer.ExpiresAt.AddSeconds(1) }));
        Assert.False(new BookingLink(Secret).TryRead(token, _ => null, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("../../etc/passwd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAc")] // bits left over
    [InlineData("ÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆÆ")]
    public async Task A_link_that_is_none_of_ours_opens_nothing(string token)
    {
        await using var calendar = new TrialCalendar();

        Assert.Equal(404, (await calendar.Get(token)).Status);
        Assert.Equal(404, (await calendar.Book(token, "2026-03-03T09:30Z")).Status);
    }

    private static Offer Offer(string key) => new(BookingLink.IdOf(key), key, "ada@byron.example", "Ada", "Talk", 30, TrialCalendar.Monday.AddDays(30)) { Zone = "Europe/Copenhagen" };
}
