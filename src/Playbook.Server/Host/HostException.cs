namespace Playbook.Server.Host;

/// <summary>The server cannot start, or a command cannot be done; the message names the cause and the cure.</summary>
/// <param name="ExitCode">What the program is to end with; see <see cref="Commands.ExitCodes"/>.</param>
public sealed class HostException(int ExitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = ExitCode;
}
