using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>Where one check is made: a plugin, its trial's provider, a clock that stands, a folder, and the channels opened on them.</summary>
internal sealed class CheckBench(IChannelPlugin plugin, IReadOnlyList<string>? hosts)
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly List<IAsyncDisposable> _open = [];
    private readonly List<HttpClient> _clients = [];
    private string? _folder;
    private ChannelTrial? _trial;
    private TrialHandler? _provider;

    public IChannelPlugin Plugin => plugin;

    public ChannelDescription Description => plugin.Description;

    /// <summary>Whether messages go over it by themselves; not where all that it does is done by a person.</summary>
    public bool Writes => Description.Actions.Count == 0 || Description.Actions.Any(action => !action.IsGuided);

    /// <summary>Whether it is ever asked to send: it writes, or begins what a person then does (dials both ends).</summary>
    public bool Sends => Writes || Description.Actions.Any(action => action.CanBegin);

    public CheckClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>The plugin's trial; ends the check where it brings none.</summary>
    public ChannelTrial Trial => _trial ??= plugin.Trial(Setup(new Dictionary<string, string>(), null))
        ?? throw CheckEndedException.NotChecked("The plugin brings no trial (IChannelPlugin.Trial), so there is no provider to see it with.");

    /// <summary>What the provider has taken; everything that was sent must be there once.</summary>
    public int Accepted => Trial.Accepted().Count;

    /// <summary>Opens the channel with the trial's settings; ends the check for one that sends nothing by itself.</summary>
    public IChannel OpenSending() => Sends
        ? Open(Trial.Settings)
        : throw CheckEndedException.NotConcerned("All of its actions are guided: it sends nothing by itself.");

    public IChannel Open() => Open(Trial.Settings);

    public IChannel Open(IReadOnlyDictionary<string, string> settings)
    {
        _provider ??= new TrialHandler(Trial, hosts);
        var client = new HttpClient(_provider, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(30) };
        _clients.Add(client);
        var channel = plugin.Open(Setup(settings, client)) ?? throw CheckEndedException.Failed("Open gave no channel.");
        if (channel is IAsyncDisposable closing)
            _open.Add(closing);
        return channel;
    }

    /// <summary>Ends the channels that are open, as a restart does; folder and provider stay.</summary>
    public async Task CloseChannels()
    {
        foreach (var channel in _open)
            await channel.DisposeAsync().AsTask().WaitAsync(EndLimit, TimeProvider.System);
        _open.Clear();
    }

    /// <summary>Has the provider fail from now on (HTTP), or at the next message (otherwise); ends the check where it cannot.</summary>
    public void Fail(TrialFault fault)
    {
        if (Trial.Provider is not null)
            (_provider ??= new TrialHandler(Trial, hosts)).Fault = fault;
        else if (Trial.Fail is { } fail)
            fail(fault);
        else
            throw CheckEndedException.NotChecked("The trial's provider cannot fail on command (ChannelTrial.Fail).");
    }

    public void Recover()
    {
        if (_provider is not null)
            _provider.Fault = null;
    }

    public OutgoingMessage Message(string key, string text = "Hi Ada") => new(key, Trial.Address, "Ada Byron", "Hello", text)
    {
        FromName = "Bo",
        FromAddress = "bo@example.org",
        CreatedAt = Now,
        Action = Trial.Action,
        Inputs = Trial.Inputs,
    };

    public Permit Permit(string key) => new(key, Now.AddMinutes(-1), Now.AddMinutes(5), "Agreed.");

    public async Task<SendResult> Send(IChannel channel, string key, string text = "Hi Ada") =>
        await channel.Send(Message(key, text), Permit(key), CancellationToken.None);

    /// <summary>Sends and expects that it was taken.</summary>
    public async Task<SendResult.Accepted> SendWell(IChannel channel, string key, string text = "Hi Ada") => await Send(channel, key, text) switch
    {
        SendResult.Accepted { ProviderId.Length: > 0 } accepted => accepted,
        SendResult.Accepted => throw CheckEndedException.Failed("It was accepted without the provider's id; answers that come in later cannot be found by it."),
        var other => throw CheckEndedException.Failed($"A good message with a good permit was answered with {Describe(other)}."),
    };

    public void NeedAccepted(int count, string when)
    {
        if (Accepted != count)
            throw CheckEndedException.Failed($"The provider took {Accepted} messages {when}; {count} would be right.");
    }

    public static void Need(bool holds, string otherwise)
    {
        if (!holds)
            throw CheckEndedException.Failed(otherwise);
    }

    public static string Describe(SendResult? result) => result switch
    {
        null => "nothing",
        SendResult.Accepted accepted => $"Accepted({accepted.ProviderId})",
        SendResult.Refused refused => $"Refused: {refused.Reason}",
        SendResult.TryLater later => $"TryLater after {later.After}: {later.Reason}",
        _ => result.ToString() ?? "something else",
    };

    /// <summary>Nothing stays open, whatever the check found.</summary>
    public async Task Close()
    {
        try
        {
            await CloseChannels();
            if (_trial?.Close is { } close)
                await close().AsTask().WaitAsync(EndLimit, TimeProvider.System);
        }
#pragma warning disable CA1031 // The check has its verdict; whether closing works is a check of its own.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        foreach (var client in _clients)
            client.Dispose();
        _provider?.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private ChannelSetup Setup(IReadOnlyDictionary<string, string> settings, HttpClient? client) =>
        new(settings, Clock, _folder ??= Directory.CreateTempSubdirectory("playbook-check-").FullName)
        {
            Http = client,
            PublicUrl = new Uri($"https://sales.example.com/channels/{Description.Id}/"),
        };
}

/// <summary>A clock that stands until it is moved; timers run in real time.</summary>
internal sealed class CheckClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public void Advance(TimeSpan by) => _now += by;
}
