using Playbook.Sales.Inbound;

namespace Playbook.Sales.Tests.Inbound;

public sealed class OptOutWordsTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData(" stop. ")]
    [InlineData("Unsubscribe!")]
    [InlineData("QUIT")]
    [InlineData("end")]
    [InlineData("Revoke")]
    [InlineData("opt out")]
    [InlineData("Cancel")]
    [InlineData("Afmeld")]
    [InlineData("fjern mig")]
    [InlineData("STOP\n\nOn Mon, 2 Mar 2026 at 09:00, Ida Krogh wrote:\n> Hi Anne, may I show you something?")]
    [InlineData("Frameld\r\n\r\nDen man. 2. mar. 2026 kl. 09.00 skrev Ida Krogh <ida@sales.example>:\r\n> Hej Anne")]
    public void A_known_word_that_stands_alone_is_a_certain_no(string text) => Assert.True(OptOutWords.In(text)!.IsCertain);

    [Theory]
    [InlineData("Please stop writing to me every week.", "Please stop")]
    [InlineData("Could you take me off your list?", "take me off")]
    [InlineData("I don't want any more of this", "don't want any")]
    [InlineData("No more emails, thank you", "No more emails")]
    [InlineData("Hej, vil I venligst fjerne... fjern mig fra listen", "fjern mig")]
    [InlineData("Jeg vil gerne afmeldes", "afmeld")]
    [InlineData("I må ikke kontakte mig igen", "må ikke kontakte")]
    [InlineData("Jeg frabeder mig flere henvendelser", "frabeder")]
    [InlineData("Ikke flere mails, tak", "Ikke flere mails")]
    [InlineData("How do I unsubscribe from this?", "unsubscribe")]
    public void The_same_wish_in_a_sentence_raises_a_question(string text, string words)
    {
        var found = OptOutWords.In(text);

        Assert.False(found!.IsCertain);
        Assert.StartsWith(words, found.Words, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Yes, call me on Thursday")]
    [InlineData("We can stop by on Monday at the end of the day")]
    [InlineData("We had to cancel the meeting; what about Friday?")]
    [InlineData("Ja tak, ring i næste uge")]
    [InlineData("Non-stop busy this week, but interested")]
    [InlineData("Yes please!\n\nOn Mon, 2 Mar 2026 Ida wrote:\n> To get no more of these, reply STOP or unsubscribe here")]
    [InlineData("Ja tak\n\n> Afmeld her")]
    public void An_answer_that_says_something_else_raises_none(string? text) => Assert.Null(OptOutWords.In(text));

    [Fact]
    public void A_long_and_tangled_answer_is_read_in_time()
    {
        var text = string.Concat(Enumerable.Repeat("please do not ikke må skal træk on den wrote skrev ", 20_000));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        OptOutWords.In(text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
    }
}
