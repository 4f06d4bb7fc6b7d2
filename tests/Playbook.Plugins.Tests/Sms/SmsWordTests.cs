using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Playbook.Sms;

namespace Playbook.Plugins.Tests.Sms;

public sealed class SmsWordTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData("stop.")]
    [InlineData("  Stop!!! ")]
    [InlineData("\"STOP\"")]
    [InlineData("STOPALL")]
    [InlineData("Stop all")]
    [InlineData("QUIT")]
    [InlineData("end")]
    [InlineData("Cancel")]
    [InlineData("UNSUBSCRIBE")]
    [InlineData("revoke")]
    [InlineData("OPT OUT")]
    [InlineData("opt-out")]
    [InlineData("OptOut")]
    [InlineData("stop stop")]
    [InlineData("Stop 🛑")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("ST\u200bOP")]
    [InlineData("AFMELD")]
    [InlineData("Afmeld mig")]
    [InlineData("slut")]
    [InlineData("Framelding.")]
    [InlineData("Stop alt")]
    [InlineData("ophør")]
    public void A_word_that_stops_us_is_known_however_it_is_written(string text) => Assert.Equal(SmsWish.Stop, SmsWord.Wish(text));

    [Theory]
    [InlineData("")]
    [InlineData("👍")]
    [InlineData("Yes")]
    [InlineData("Ja tak")]
    [InlineData("Can you stop by on Monday?")]
    [InlineData("I will not cancel")]
    [InlineData("Slutningen af måneden passer bedre")]
    [InlineData("nonstop")]
    [InlineData("stop 2")]
    [InlineData("the end")]
    [InlineData("out opt")]
    public void A_sentence_or_another_word_is_for_a_person_to_read(string text) => Assert.Equal(SmsWish.None, SmsWord.Wish(text));

    [Theory]
    [InlineData("Start", SmsWish.Start)]
    [InlineData("UNSTOP", SmsWish.Start)]
    [InlineData("Tilmeld!", SmsWish.Start)]
    [InlineData("HELP", SmsWish.Help)]
    [InlineData("hjælp?", SmsWish.Help)]
    [InlineData("INFO", SmsWish.Help)]
    public void Starting_again_and_help_are_known(string text, object wish) => Assert.Equal((SmsWish)wish, SmsWord.Wish(text));

    [Fact]
    public void Half_a_letter_breaks_nothing() => Assert.Equal(SmsWish.Stop, SmsWord.Wish("stop \ud83d"));

    [Property(MaxTest = 1000)]
    public Property Case_blanks_and_signs_never_matter() => Prop.ForAll(Written.ToArbitrary(), text => SmsWord.Wish(text) == SmsWish.Stop);

    [Property(MaxTest = 1000)]
    public void Any_text_is_read_without_a_fault(string text) => SmsWord.Wish(text ?? "");

    [Property(MaxTest = 1000)]
    public Property A_word_of_no_list_beside_it_makes_it_a_sentence() =>
        Prop.ForAll(Written.ToArbitrary(), text => SmsWord.Wish($"{text} mandag") == SmsWish.None && SmsWord.Wish($"please {text}") == SmsWish.None);

    private static Gen<string> Written =>
        from word in Gen.Elements(SmsWord.StopWords.AsEnumerable())
        from upper in Gen.ArrayOf(Gen.Elements(true, false), word.Length)
        from before in Noise
        from between in Gen.Elements(" ", "  ", "-", "_", " \t", "\n", ". ")
        from after in Noise
        select before + string.Concat(word.Select((letter, at) => letter == ' ' ? between : upper[at] ? char.ToUpperInvariant(letter).ToString() : letter.ToString())) + after;

    private static Gen<string> Noise =>
        from signs in Gen.ListOf(Gen.Elements(" ", ".", "!", "\n", "\t", "\"", "'", "…", "«", "»", "🛑", "\u00a0", "\u200b", ",", "(", ")"))
        select string.Concat(signs);
}
