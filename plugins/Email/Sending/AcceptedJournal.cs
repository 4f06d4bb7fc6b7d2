using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace Playbook.Email;

/// <summary>
/// Which messages the server has taken, so that one that was taken is answered again and never sent again. A line each, on
/// disk before the answer is given; those older than <see cref="KeptFor"/> are left out when the file is next opened.
/// </summary>
internal sealed class AcceptedJournal(string folder, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Longer than anybody tries to send one message.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Channel<Pending> _pending = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly Lock _opening = new();
    private Task? _writing;
    private FileStream? _file;

    /// <param name="At">When it was taken.</param>
    /// <param name="ProviderId">The answer that was given.</param>
    public readonly record struct Entry(DateTimeOffset At, string ProviderId);

    private sealed record Pending(string Line, TaskCompletionSource Written);

    public string Path { get; } = System.IO.Path.Combine(folder, "accepted.journal");

    /// <summary>Reads the file, once. All other members need it before.</summary>
    public void Open()
    {
        lock (_opening)
        {
            if (_writing is not null)
                return;
            Directory.CreateDirectory(folder);
            var oldest = clock.GetUtcNow() - KeptFor;
            var lines = 0;
            foreach (var (mark, entry) in File.Exists(Path) ? ReadLines(File.ReadAllText(Path, Encoding.ASCII)) : [])
            {
                lines++;
                if (entry.At >= oldest)
                    _entries.TryAdd(mark, entry);
            }

            if (lines > _entries.Count)
                Compact();
            _file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read);
            // A line that a crash cut off must not become one with the next.
            if (_file.Position > 0)
                _file.WriteByte((byte)'\n');
            _writing = Task.Run(WriteAll);
        }
    }

    public Entry? Find(string mark) => _entries.TryGetValue(mark, out var entry) ? entry : null;

    /// <summary>When each of the last messages was taken, in no order.</summary>
    public IEnumerable<DateTimeOffset> Since(DateTimeOffset time) => _entries.Values.Where(entry => entry.At > time).Select(entry => entry.At);

    /// <summary>Returns when it is on disk.</summary>
    public async Task Add(string mark, Entry entry)
    {
        _entries[mark] = entry;
        var pending = new Pending(Line(mark, entry), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        ObjectDisposedException.ThrowIf(!_pending.Writer.TryWrite(pending), this);
        await pending.Written.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        if (_writing is { } writing)
            await writing;
        _file?.Dispose();
    }

    /// <summary>Whoever comes while the disk is busy shares the next write.</summary>
    private async Task WriteAll()
    {
        var batch = new List<Pending>();
        while (await _pending.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < 500 && _pending.Reader.TryRead(out var next))
                batch.Add(next);
            try
            {
                await _file!.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(batch.Select(pending => pending.Line))));
                _file.Flush(flushToDisk: true);
                batch.ForEach(pending => pending.Written.SetResult());
            }
            catch (IOException fault)
            {
                batch.ForEach(pending => pending.Written.SetException(fault));
            }
        }
    }

    private void Compact()
    {
        var draft = Path + ".new";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.ASCII.GetBytes(string.Concat(_entries.OrderBy(pair => pair.Value.At).Select(pair => Line(pair.Key, pair.Value)))));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, Path, overwrite: true);
    }

    private static string Line(string mark, Entry entry) => string.Create(CultureInfo.InvariantCulture, $"{mark} {entry.At.ToUnixTimeMilliseconds()} {entry.ProviderId} .\n");

    private static IEnumerable<(string Mark, Entry Entry)> ReadLines(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            // The dot says that the line is whole.
            if (line.Split(' ') is [var mark, var time, var id, "."] && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
                yield return (mark, new Entry(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id));
        }
    }
}
