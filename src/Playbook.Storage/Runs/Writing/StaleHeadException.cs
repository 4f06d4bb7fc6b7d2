namespace Playbook.Storage.Runs.Writing;

/// <summary>The database has moved on from what the cache told. The work is done again from what the database says.</summary>
internal sealed class StaleHeadException() : Exception("The run's row has changed since it was read.");
