using Playbook.Abstractions;
using Playbook.Server.Plugins.Verification;

namespace Playbook.Server.Tests.Plugins.Verification;

/// <summary>Each check of the contract is seen to fail for the channel that deserves it, and to pass for one that does not.</summary>
public sealed class ContractCheckTests
{
    private static readonly string[] Hosts = ["api.example.com"];

    public static TheoryData<Sin, string> Sins => new()
    {
        { Sin.SpacesInId, "Its description names it well" },
        { Sin.ActionTwice, "Its actions can become steps in the designer" },
        { Sin.SecretWithDefault, "Its settings can become a form" },
        { Sin.SendsWhileValidating, "Looking at good settings finds nothing and sends nothing" },
        { Sin.FindsNothingMissing, "Settings that lack something are answered with a sentence" },
        { Sin.CallsStrangers, "A message with a permit goes out once" },
        { Sin.SendsTwice, "The same message sent again goes out once and gets the same answer" },
        { Sin.ForgetsOverRestart, "The same message sent after a restart goes out once" },
        { Sin.AsksForPermitOfWhatWent, "Sent again after the permit ran out, it still says that it went" },
        { Sin.SameIdForAll, "Twenty messages at the same time are twenty" },
        { Sin.ChokesOnKeys, "Any text can be a key" },
        { Sin.SpoilsLetters, "Words of any language arrive as they were written" },
        { Sin.NeedsNoPermit, "Nothing goes out without a permit" },
        { Sin.TakesAnyPermit, "Nothing goes out on a permit for another message" },
        { Sin.TakesOldPermits, "Nothing goes out on a permit that ran out" },
        { Sin.GivesUpWhenBusy, "A provider that is busy is tried again when it says" },
        { Sin.WaitsForEver, "A provider that never answers does not hold a message up" },
        { Sin.GivesUpWhenAnswerIsLost, "A message whose answer was lost is neither lost nor given up" },
        { Sin.EventsWithoutMessage, "A signed webhook brings events about the message" },
        { Sin.NewIdEachTime, "A webhook that comes twice brings the same events" },
        { Sin.OrderMatters, "Webhooks in another order bring the same events" },
        { Sin.NoSignature, "A webhook with a bad signature brings nothing" },
        { Sin.SlowHealth, "It says how it is, at once" },
        { Sin.ListensForEver, "Listening ends when it is told to" },
        { Sin.OpensOnce, "It can be closed and opened again" },
    };

    public static TheoryData<string> Names => [.. ContractChecks.All.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Sins))]
    public async Task A_channel_that_does_one_thing_wrong_fails_the_check_for_it(Sin sin, string check)
    {
        var result = await Run(check, new SoundFax(sin), Hosts);

        Assert.True(result.Verdict == Verdict.Failed, $"{sin}: {result.Verdict} {result.Text}");
        Assert.NotEmpty(result.Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_sound_channel_passes_every_check(string check)
    {
        var result = await Run(check, new SoundFax(Sin.None), Hosts);

        Assert.True(result.Verdict is Verdict.Passed or Verdict.NotConcerned, result.Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_plugin_without_a_trial_never_passes_what_it_cannot_show(string check)
    {
        var result = await Run(check, new Untried(), Hosts);

        if (result.Verdict == Verdict.Passed)
            Assert.Contains(check, new[] { "Its description names it well", "Its settings can become a form", "Its actions can become steps in the designer" });
        else
            Assert.True(result.Verdict is Verdict.NotChecked or Verdict.NotConcerned, $"{result.Verdict}: {result.Text}");
    }

    [Fact]
    public void Every_check_was_seen_to_fail()
    {
        string[] seenElsewhere = ["A channel of guided steps refuses to send by itself", "A request that makes no sense is refused quietly"];

        Assert.Equal(ContractChecks.All.Select(check => check.Name).Order(), Sins.Select(row => row.Data.Item2).Concat(seenElsewhere).Distinct().Order());
    }

    [Fact]
    public async Task A_guided_channel_that_sends_all_the_same_is_found() => Assert.Equal(
        Verdict.Failed, (await Run("A channel of guided steps refuses to send by itself", new Guided(new SendResult.Accepted("x")), null)).Verdict);

    [Fact]
    public async Task A_guided_channel_that_refuses_is_right() => Assert.Equal(
        Verdict.Passed, (await Run("A channel of guided steps refuses to send by itself", new Guided(new SendResult.Refused("Draw the step Call.")), null)).Verdict);

    [Fact]
    public async Task A_channel_that_throws_at_nonsense_is_found() => Assert.Equal(
        Verdict.Failed, (await Run("A request that makes no sense is refused quietly", new Guided(new SendResult.Refused("x")), null)).Verdict);

    private static Task<CheckResult> Run(string check, IChannelPlugin plugin, IReadOnlyList<string>? hosts) => ContractChecks.All.Single(known => known.Name == check).Run(plugin, hosts);

    private sealed class Untried : IChannelPlugin
    {
        public ChannelDescription Description { get; } = new("fax", "Fax", "x") { Settings = [new("key", "Key", "secret") { Required = true }], Actions = [new("Send", "Send", "x")] };

        public IChannel Open(ChannelSetup setup) => throw new InvalidOperationException("No key. Enter it.");
    }

    private sealed class Guided(SendResult answer) : IChannelPlugin, IChannel
    {
        public ChannelDescription Description { get; } = new("call", "Call", "x") { Actions = [new("Call", "Call", "x") { IsGuided = true, Outcomes = ["Done"] }] };

        public IChannel Open(ChannelSetup setup) => this;

        public ChannelTrial Trial(ChannelSetup setup) => new(new Dictionary<string, string>(), "+4512345678", () => []);

        public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken) => new([]);

        public ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken) => new(answer);

        public ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken) => throw new FormatException("What is that?");
    }
}
