using System.Globalization;
using Playbook.Abstractions;
using Playbook.Server.Host;
using Playbook.SmtpTrial;

// A whole Playbook that sends through an SMTP server on this machine, as a process of its own: to be killed, and to be measured.
if (args is not [var database, var playbooks, var port])
{
    await Console.Error.WriteLineAsync("Usage: Playbook.SmtpTrial DATABASE PLAYBOOKS SMTP-PORT");
    return 2;
}

await using var channel = new SmtpChannel(int.Parse(port, CultureInfo.InvariantCulture), TimeProvider.System);
await using var server = await PlaybookServer.Start(new ServeOptions
{
    Database = database,
    Playbooks = playbooks,
    Url = "http://127.0.0.1:0",
    IsQuiet = true,
    MoreChannels = new Dictionary<ChannelDescription, IChannel> { [SmtpChannel.Description] = channel },
});
await server.WaitForStop(CancellationToken.None);
return 0;
