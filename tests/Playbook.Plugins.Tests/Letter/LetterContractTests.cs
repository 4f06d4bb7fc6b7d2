using Playbook.Abstractions;
using Playbook.ContractTests.Channels;
using Playbook.Letter;

namespace Playbook.Plugins.Tests.Letter;

public sealed class LetterPluginContractTests : ChannelPluginContract
{
    protected override IChannelPlugin Plugin { get; } = new LetterPlugin();
}

public sealed class LetterContractTests : ChannelContract, IDisposable
{
    private readonly TrialLetters _letters = new();

    protected override IChannel Channel => _letters.Channel;

    protected override string Address => TrialLetters.Address;

    protected override int Sent => Directory.Exists(Path.Combine(_letters.Folder, "letters")) ? Directory.GetFiles(Path.Combine(_letters.Folder, "letters")).Length : 0;

    public void Dispose() => _letters.Dispose();
}
