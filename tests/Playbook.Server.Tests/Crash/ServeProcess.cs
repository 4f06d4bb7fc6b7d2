using System.Diagnostics;
using Playbook.Storage.Runs;

namespace Playbook.Server.Tests.Crash;

/// <summary>A real <c>playbook serve</c>, to be killed.</summary>
internal sealed class ServeProcess : IDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ServeProcess(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    public string Url { get; }

    public static Task<ServeProcess> Start(string database, string playbooks) =>
        Start(database, ["playbook.dll", "serve", "--database", database, "--playbooks", playbooks, "--url", "http://127.0.0.1:0"]);

    /// <summary>The same, sending its e-mail to an SMTP server on this machine.</summary>
    public static Task<ServeProcess> StartSending(string database, string playbooks, int smtpPort) =>
        Start(database, ["Playbook.SmtpTrial.dll", database, playbooks, smtpPort.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    /// <summary>The server with the plugins that a build puts beside it.</summary>
    public static Task<ServeProcess> StartShipped(string database, string playbooks) =>
        Start(database, [Path.Combine(Shipped, "playbook.dll"), "serve", "--database", database, "--playbooks", playbooks, "--url", "http://127.0.0.1:0"]);

    /// <summary>Where the server is built.</summary>
    public static string Shipped { get; } = AppContext.BaseDirectory.Replace(
        Path.Combine("tests", "Playbook.Server.Tests"), Path.Combine("src", "Playbook.Server"), StringComparison.Ordinal);

    private static async Task<ServeProcess> Start(string database, string[] command)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, command[0]));
        foreach (var word in command[1..])
            start.ArgumentList.Add(word);
        var process = Process.Start(start)!;
        var said = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > StartsWithin)
                throw new InvalidOperationException($"The server did not start: {said}");
            // The file of the process before may still be there: only what this one wrote counts.
            if (StoreLock.ReadOwner(database) is { Url: { } url } owner && owner.Pid == process.Id)
                return new ServeProcess(process, url);
            await Task.Delay(20);
        }
    }

    /// <summary>SIGKILL: no handler, no flush, nothing.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an operator's stop; gives the exit code.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
