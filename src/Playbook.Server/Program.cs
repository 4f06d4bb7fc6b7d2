using Playbook.Server.Commands;

return await CommandLine.Run(args);
