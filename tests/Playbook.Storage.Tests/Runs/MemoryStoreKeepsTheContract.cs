using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;

namespace Playbook.Storage.Tests.Runs;

public sealed class MemoryStoreKeepsTheContract : OutboxContract
{
    protected override ValueTask<IRunStore> Open() => new(new MemoryRunStore());

    // It does not outlive its process; what is tested of that here is nothing.
    protected override ValueTask<IRunStore> Reopen(IRunStore store) => new(store);
}
