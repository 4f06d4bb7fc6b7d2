using System.Text;

namespace Playbook.SmtpTrial;

/// <summary>The file of accepted messages. Those that come while it is being flushed share the next flush.</summary>
internal sealed class Spool(string file, bool flushes) : IDisposable
{
    private readonly FileStream _file = new(file, FileMode.Append, FileAccess.Write, FileShare.Read);
    private readonly SemaphoreSlim _oneFlush = new(1, 1);
    private readonly Lock _lock = new();
    private long _written;
    private long _flushed;

    /// <summary>Returns when it is on disk.</summary>
    public async Task Keep(string messageId, string to, string content)
    {
        long mine;
        lock (_lock)
        {
            _file.Write(Encoding.UTF8.GetBytes($"{messageId}\t{to}\t{content.Length}\n{content}\n"));
            mine = ++_written;
        }

        if (!flushes)
            return;
        await _oneFlush.WaitAsync();
        try
        {
            if (_flushed >= mine)
                return;
            long all;
            lock (_lock)
            {
                all = _written;
                _file.Flush();
            }

            RandomAccess.FlushToDisk(_file.SafeFileHandle);
            _flushed = all;
        }
        finally
        {
            _oneFlush.Release();
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _oneFlush.Dispose();
    }
}
