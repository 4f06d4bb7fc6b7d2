using System.CommandLine;
using Playbook.Server.Host;

namespace Playbook.Server.Commands;

/// <summary>Options that several commands take.</summary>
internal static class SharedOptions
{
    /// <summary>Which database a command is about.</summary>
    public static Option<string> Database { get; } = new("--database")
    {
        Description = "The database file; PLAYBOOK_DATABASE where it is set",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PLAYBOOK_DATABASE") is { Length: > 0 } path ? path : ServeOptions.DefaultDatabase,
    };

    /// <summary>Answers for a program instead of a person.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON for a program to read" };
}
