using Playbook.Engine.Runs;
using Playbook.Sales.Subjects;
using Playbook.Server.Definitions;
using Playbook.Server.Subjects;
using Playbook.Storage.Runs;

namespace Playbook.Server.Inbound;

/// <summary>Asks a person about something that came in: as a run of a small playbook, so that it is in the queue, has an owner and a history like all else.</summary>
public sealed class PersonNeeded(RunHost host, RunStore store, DefinitionCache definitions, SubjectLookup subjects)
{
    private const string DefaultRole = "prospector";

    /// <summary>Where the contact can be reached. Asked once, however many messages come back meanwhile.</summary>
    public Task MustFindAddress(Guid contactId, Guid runId, string channel, string address, string reason) =>
        Ask(OwnPlaybooks.FindAddress, contactId, runId, new Dictionary<string, object?> { ["channel"] = channel, ["address"] = address, ["reason"] = reason }, onceAtATime: true);

    /// <summary>Whether the contact wants no more.</summary>
    public Task MustRead(Guid contactId, Guid runId, string channel, string text, string words) =>
        Ask(OwnPlaybooks.ReadAnswer, contactId, runId, new Dictionary<string, object?> { ["channel"] = channel, ["text"] = text, ["words"] = words }, onceAtATime: false);

    private async Task Ask(string playbook, Guid contactId, Guid runId, Dictionary<string, object?> input, bool onceAtATime)
    {
        if (await subjects.Find(SubjectFacts.ContactKind, contactId.ToString("D")) is not { } contact || await definitions.Published(playbook) is not { } version)
            return;
        if (onceAtATime && store.Queries.Count(new RunFilter { DefinitionId = playbook, SubjectId = contact.Id, Status = RunStatus.Running }) > 0)
            return;
        input["role"] = contact.Facts.GetValueOrDefault("rep") is IReadOnlyDictionary<string, object?> owner && owner.GetValueOrDefault("role") is string role ? role : DefaultRole;
        // The same id for the same event: asked again after a crash, nothing happens.
        await host.Start(version.Definition, new StartRequest { Id = runId, Subject = contact, Input = input });
    }
}
