namespace Playbook.Server.Workers;

/// <summary>The run stands at an incident: what goes out for it waits for the repair.</summary>
public sealed class RunStoppedException(string message) : Exception(message);
