using System.Security.Cryptography;
using FsCheck.Xunit;
using Playbook.Letter;

namespace Playbook.Plugins.Tests.Letter;

public sealed class TrackingCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Property]
    public void A_code_is_read_back_however_it_is_typed(string? key)
    {
        var code = TrackingCode.For(key ?? "", "secret"u8);

        Assert.True(TrackingCode.TryRead($" {TrackingCode.Shown(code).ToLowerInvariant().Replace('0', 'o').Replace('1', 'l')} ", out var read));
        Assert.Equal(code, read);
        Assert.Equal(code, TrackingCode.For(key ?? "", "secret"u8));
        Assert.NotEqual(code, TrackingCode.For(key ?? "", "another secret"u8));
    }

    [Property]
    public void One_wrong_character_or_two_swapped_is_never_a_code(int seed)
    {
        var code = TrackingCode.For($"{seed}", "secret"u8);
        for (var at = 0; at < code.Length; at++)
        {
            foreach (var other in Alphabet.Where(other => other != code[at]))
                Assert.False(TrackingCode.TryRead(code[..at] + other + code[(at + 1)..], out _));
            for (var swap = at + 1; swap < code.Length; swap++)
            {
                var swapped = code.ToCharArray();
                (swapped[at], swapped[swap]) = (swapped[swap], swapped[at]);
                Assert.True(code[at] == code[swap] || !TrackingCode.TryRead(new string(swapped), out _));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4F7-KQ2")]
    [InlineData("UUU-UUU-UUU")]
    [InlineData("4F7-KQ2-M9T-4F7")]
    public void What_is_no_code_is_none(string? text) => Assert.False(TrackingCode.TryRead(text, out _));

    [Fact]
    public void Guessing_finds_one_in_thirty_two_codes_well_formed_and_none_of_a_letter()
    {
        var wellFormed = 0;
        for (var guess = 0; guess < 10_000; guess++)
            if (TrackingCode.TryRead(new string(RandomNumberGenerator.GetItems<char>(Alphabet, 9)), out _))
                wellFormed++;

        Assert.InRange(wellFormed, 200, 450);
    }
}
