using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Webhooks;

/// <summary>Where the events of a channel, named by its id, are put.</summary>
public delegate IInbox ChannelInbox(string channelId);
