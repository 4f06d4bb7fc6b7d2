using Playbook.ContractTests.Runs;
using Playbook.Engine.Runs;

namespace Playbook.Storage.Tests.Runs;

public sealed class SqliteStoreKeepsTheContract : OutboxContract
{
    private TemporaryStore? _temporary;

    protected override ValueTask<IRunStore> Open()
    {
        _temporary = TemporaryStore.Create();
        return new(_temporary.Store);
    }

    protected override async ValueTask<IRunStore> Reopen(IRunStore store)
    {
        await _temporary!.Reopen();
        return _temporary.Store;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _temporary!.DisposeAsync();
    }
}
