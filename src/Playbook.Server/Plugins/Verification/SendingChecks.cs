using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>That a message goes out, once, and as it was written.</summary>
internal static class SendingChecks
{
    private const string Words = "Kære Åse, prøv vores løsning — žluťoučký kůň, Ελληνικά, 日本語, שלום, 😀.";

    private static readonly string[] Keys = ["../../etc/x", "a/b\\c:d", "æøå \n\r\0", new('k', 300)];

    public static IReadOnlyList<ChannelCheck> All { get; } =
    [
        new("A message with a permit goes out once", Once),
        new("The same message sent again goes out once and gets the same answer", Again),
        new("The same message sent after a restart goes out once", Restarted),
        new("Sent again after the permit ran out, it still says that it went", Late),
        new("Twenty messages at the same time are twenty", Many),
        new("Any text can be a key", AnyKey),
        new("Words of any language arrive as they were written", Unicode),
        new("A channel of guided steps refuses to send by itself", Guided),
    ];

    private static async Task<string?> Once(CheckBench bench)
    {
        await bench.SendWell(bench.OpenSending(), "m-1");
        bench.NeedAccepted(1, "after one was sent");
        return null;
    }

    private static async Task<string?> Again(CheckBench bench)
    {
        var channel = bench.OpenSending();
        var first = await bench.SendWell(channel, "m-1");
        var second = await bench.SendWell(channel, "m-1");
        CheckBench.Need(first == second, $"The first answer was {CheckBench.Describe(first)}, the second {CheckBench.Describe(second)}.");
        bench.NeedAccepted(1, "though the same message was sent twice");
        return null;
    }

    private static async Task<string?> Restarted(CheckBench bench)
    {
        var first = await bench.SendWell(bench.OpenSending(), "m-1");
        await bench.CloseChannels();
        var second = await bench.SendWell(bench.OpenSending(), "m-1");
        if (bench.Accepted == 1 && first == second)
            return null;
        // A provider that cannot be asked, and a channel that keeps nothing: at least the receiver can tell that it is the same.
        if (bench.Accepted == 2 && first == second)
            return "It was sent again, under the same id: what went before a crash is not known to the channel. Keep the keys that went in ChannelSetup.Folder, or ask the provider.";
        throw CheckEndedException.Failed($"The provider took {bench.Accepted} messages, answered with {CheckBench.Describe(first)} and then {CheckBench.Describe(second)}. Keep the keys that went in ChannelSetup.Folder, or give the provider the key.");
    }

    private static async Task<string?> Late(CheckBench bench)
    {
        var channel = bench.OpenSending();
        var first = await bench.SendWell(channel, "m-1");
        var late = await channel.Send(bench.Message("m-1"), bench.Permit("m-1") with { ValidUntil = bench.Now.AddHours(-1) }, CancellationToken.None);
        CheckBench.Need(first == late, $"It went, but the answer is {CheckBench.Describe(late)}: look whether it went before looking at the permit.");
        bench.NeedAccepted(1, "though it was sent twice");
        return null;
    }

    private static async Task<string?> Many(CheckBench bench)
    {
        var channel = bench.OpenSending();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => bench.SendWell(channel, $"m-{number}"))));
        bench.NeedAccepted(20, "after twenty were sent at the same time");
        CheckBench.Need(answers.Distinct().Count() == 20, "Several messages got the same provider's id.");
        return null;
    }

    private static async Task<string?> AnyKey(CheckBench bench)
    {
        var channel = bench.OpenSending();
        foreach (var key in Keys)
        {
            await bench.SendWell(channel, key);
            await bench.SendWell(channel, key);
        }

        bench.NeedAccepted(Keys.Length, $"though {Keys.Length} were sent, each twice");
        return null;
    }

    private static async Task<string?> Unicode(CheckBench bench)
    {
        if (bench is { Sends: true, Writes: false })
            throw CheckEndedException.NotConcerned("The words are a person's.");
        var channel = bench.OpenSending();
        if (!bench.Writes)
            throw CheckEndedException.NotConcerned("It writes nothing; a person speaks.");
        var message = bench.Message("m-1", Words) with { ToName = "Åse Ørsted-Łukasiewicz", Subject = "Møde? 😀" };
        var answer = await channel.Send(message, bench.Permit("m-1"), CancellationToken.None);
        CheckBench.Need(answer is SendResult.Accepted, $"The answer is {CheckBench.Describe(answer)}.");
        bench.NeedAccepted(1, "after one was sent");
        var text = bench.Trial.Accepted()[0].Text;
        CheckBench.Need(text.Contains(Words, StringComparison.Ordinal), $"The receiver reads: {(text.Length > 300 ? text[..300] + "…" : text)}");
        return null;
    }

    private static async Task<string?> Guided(CheckBench bench)
    {
        if (bench.Sends)
            throw CheckEndedException.NotConcerned("It sends by itself.");
        var answer = await bench.Send(bench.Open(), "m-1");
        CheckBench.Need(answer is SendResult.Refused { Reason.Length: > 0 }, $"The answer to a message is {CheckBench.Describe(answer)}; refuse it, and say which step to draw instead.");
        return null;
    }
}
