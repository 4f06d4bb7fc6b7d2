using System.Globalization;
using Playbook.Abstractions;
using Polly;
using Polly.CircuitBreaker;

namespace Playbook.Server.Sending;

/// <summary>
/// The only way to a channel: no more at once and no faster than it may be used, no longer than its time limit, and not at
/// all while it rests after failing again and again. What waits for it keeps nobody else waiting.
/// </summary>
public sealed class ChannelGate
{
    private const int GivenUpAtOnce = 64;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task> _hanging = new(StringComparer.Ordinal);
    private readonly string _id;
    private readonly string _name;
    private readonly TimeProvider _clock;
    private SendingLimits _limits;
    private ResiliencePipeline<SendResult> _breaker;
    private int _underWay;
    private double _tokens;
    private DateTimeOffset _filledAt;
    private DateTimeOffset? _restsUntil;
    private int _failures;
    private DateTimeOffset _failingSince;
    private object? _channel;
    private string? _why;

    internal ChannelGate(string id, string name, SendingLimits limits, TimeProvider clock)
    {
        _id = id;
        _name = name;
        _limits = limits;
        _clock = clock;
        _tokens = Burst;
        _filledAt = clock.GetUtcNow();
        _breaker = Breaker();
    }

    public ChannelState State
    {
        get
        {
            lock (_lock)
                return new(_id, Text, _underWay, _hanging.Count, _restsUntil, _failures);
        }
    }

    /// <summary>How many messages a second are saved up at most.</summary>
    private double Burst => Math.Max(1, (_limits.PerMinute ?? 0) / 60);

    private string Text => IsOver ? Over
        : _restsUntil is { } until ? Rests(until)
        : _hanging.Count > 0 ? $"{_name}: {_hanging.Count} messages that it took it has not come back from in {_limits.TimeLimit.TotalSeconds:0} seconds. Look at its server; if it lasts, restart Playbook."
        : _failures > 0 ? $"{_name}: the last {_failures} failed: {_why}"
        : $"{_name} sends.";

    private bool IsOver => _restsUntil is not null && _clock.GetUtcNow() - _failingSince >= _limits.GivenUpAfter;

    private string Over => string.Create(CultureInfo.InvariantCulture, $"{_name} has failed since {_failingSince:yyyy-MM-dd HH:mm} UTC and is given nothing any more: {_why}");

    /// <summary>Begins anew: a person has put right what was wrong.</summary>
    internal void TryAgain()
    {
        lock (_lock)
        {
            if (_restsUntil is null)
                return;
            Forget();
        }
    }

    /// <summary>Takes up changed settings; a rest goes on.</summary>
    internal void Limit(SendingLimits limits)
    {
        if (ReferenceEquals(limits, _limits) || limits == _limits)
            return;
        lock (_lock)
        {
            _limits = limits;
            _tokens = Math.Min(_tokens, Burst);
            _breaker = Breaker();
        }
    }

    /// <summary>How many more messages may be given to it now.</summary>
    public int Room()
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            Fill(now);
            if (IsOver)
                return Math.Max(0, GivenUpAtOnce - _underWay);
            var slots = _restsUntil is { } until ? (until <= now ? 1 : 0) : _limits.SideBySide;
            var room = Math.Max(0, slots - _underWay);
            return _limits.PerMinute is null ? room : Math.Min(room, (int)_tokens);
        }
    }

    /// <summary>
    /// How many messages may stand ready for it besides those that it is given, so that none of its room waits for a claim. None
    /// where it rests or may be given only so many a minute: there a message waits in the outbox, with the reason.
    /// </summary>
    public int Ahead
    {
        get
        {
            lock (_lock)
                return _limits.PerMinute is null && _restsUntil is null ? _limits.SideBySide : 0;
        }
    }

    /// <summary>One is about to be given to it; to be followed by <see cref="Leave"/>.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            _underWay++;
            _tokens--;
        }
    }

    /// <summary>The same, where it has room.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (Room() <= 0)
                return false;
            Enter();
            return true;
        }
    }

    /// <param name="called">Whether the channel was called at all; otherwise it does not count as sent.</param>
    public void Leave(bool called)
    {
        lock (_lock)
        {
            _underWay--;
            if (!called)
                _tokens = Math.Min(_tokens + 1, Burst);
        }
    }

    /// <summary>
    /// Calls the channel for the message with a key. Throws where it failed or took too long; <see cref="ChannelRestsException"/>
    /// where it was not called because it rests, <see cref="ChannelGivenUpException"/> where it has rested for too long.
    /// </summary>
    /// <param name="channel">The channel as it is open now: one opened anew, with other settings, begins anew.</param>
    /// <param name="key">The message's key: it is never sent twice at the same time.</param>
    /// <param name="send">Calls the channel.</param>
    /// <param name="abort">The program ends and cannot wait any longer.</param>
    public async Task<SendResult> Send(object channel, string key, Func<CancellationToken, ValueTask<SendResult>> send, CancellationToken abort)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(channel, _channel))
                Forget();
            _channel = channel;
            if (IsOver)
                throw new ChannelGivenUpException(Over);
            if (_hanging.ContainsKey(key))
                throw new TimeoutException($"{_name} has not come back from the attempt before, and must not be asked twice at the same time. If it lasts, restart Playbook.");
        }

        try
        {
            var result = await _breaker.ExecuteAsync(token => new ValueTask<SendResult>(Within(key, send, token)), abort);
            lock (_lock)
                (_failures, _why) = (0, null);
            return result;
        }
        catch (BrokenCircuitException)
        {
            var now = _clock.GetUtcNow();
            lock (_lock)
            {
                // Somebody else is trying it out just now.
                var until = _restsUntil > now ? _restsUntil.Value : now + TimeSpan.FromSeconds(1);
                throw new ChannelRestsException(until, Rests(until));
            }
        }
    }

    private async Task<SendResult> Within(string key, Func<CancellationToken, ValueTask<SendResult>> send, CancellationToken abort)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(abort);
        // On a thread of its own: a plugin may block before it first awaits.
        var sending = Task.Run(async () => await send(limit.Token), CancellationToken.None);
        var isOver = true;
        try
        {
            return await sending.WaitAsync(_limits.TimeLimit, _clock, CancellationToken.None);
        }
        catch (TimeoutException) when (!sending.IsCompleted)
        {
            await limit.CancelAsync();
            isOver = await Ended(sending);
            if (!isOver)
                Hang(key, sending, limit);
            else if (sending.IsCompletedSuccessfully)
                return await sending;
            throw Failed(new TimeoutException($"{_name} did not answer within {_limits.TimeLimit.TotalSeconds:0} seconds."));
        }
        catch (OperationCanceledException late) when (!abort.IsCancellationRequested)
        {
            throw Failed(new TimeoutException($"{_name} gave up waiting: {late.Message}", late));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Failed(fault);
        }
        finally
        {
            if (isOver)
                limit.Dispose();
        }
    }

    /// <summary>Whether a call ends soon after it was asked to.</summary>
    private async Task<bool> Ended(Task sending)
    {
        await Task.WhenAny(sending, Task.Delay(Grace, _clock, CancellationToken.None));
        return sending.IsCompleted;
    }

    private void Hang(string key, Task sending, CancellationTokenSource limit)
    {
        lock (_lock)
            _hanging[key] = sending;
        _ = sending.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                lock (_lock)
                    _hanging.Remove(key);
                limit.Dispose();
            },
            TaskScheduler.Default);
    }

    private Exception Failed(Exception fault)
    {
        lock (_lock)
        {
            if (_failures++ == 0)
                _failingSince = _clock.GetUtcNow();
            _why = fault.Message;
        }

        return fault;
    }

    private void Forget()
    {
        (_restsUntil, _failures, _why) = (null, 0, null);
        _breaker = Breaker();
    }

    private void Fill(DateTimeOffset now)
    {
        if (_limits.PerMinute is not { } perMinute)
        {
            _tokens = Burst;
            return;
        }

        _tokens = Math.Min(Burst, _tokens + (now - _filledAt).TotalMinutes * perMinute);
        _filledAt = now;
    }

    private string Rests(DateTimeOffset until) => string.Create(CultureInfo.InvariantCulture, $"{_name}: resting until {until:HH:mm} UTC after {_failures} failures: {_why}");

    private ResiliencePipeline<SendResult> Breaker() => new ResiliencePipelineBuilder<SendResult> { TimeProvider = _clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<SendResult>
        {
            // Nearly all of the last ones: a few messages that fail for reasons of their own must not stop the others.
            FailureRatio = 0.9,
            MinimumThroughput = Math.Max(2, _limits.FailuresBeforeRest),
            SamplingDuration = TimeSpan.FromMinutes(5),
            BreakDurationGenerator = rest => new ValueTask<TimeSpan>(Rest(rest.HalfOpenAttempts)),
            OnOpened = opened =>
            {
                lock (_lock)
                    _restsUntil = _clock.GetUtcNow() + opened.BreakDuration;
                return default;
            },
            OnClosed = _ =>
            {
                lock (_lock)
                    _restsUntil = null;
                return default;
            },
        })
        .Build();

    private TimeSpan Rest(int triedOut)
    {
        var rest = _limits.FirstRest * Math.Pow(2, Math.Min(triedOut, 20));
        return rest < _limits.LongestRest ? rest : _limits.LongestRest;
    }
}
