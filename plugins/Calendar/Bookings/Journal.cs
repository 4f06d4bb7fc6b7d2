using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Playbook.Calendar.Bookings;

/// <summary>
/// Entries on disk, one a line, each there when <see cref="Append"/> returns. A line that a crash cut off is cut away at the
/// next start: whoever wrote it was never told that it was written.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly FileStream _file;

    private Journal(FileStream file) => _file = file;

    /// <summary>Opens the file for this process alone and reads what is in it.</summary>
    public static Journal Open(string path, Action<Entry> read)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var content = new byte[file.Length];
            file.ReadExactly(content);
            var end = 0;
            for (var at = 0; at < content.Length; at++)
            {
                if (content[at] != (byte)'\n')
                    continue;
                read(JsonSerializer.Deserialize<Entry>(content.AsSpan(end, at - end), Format)
                    ?? throw new InvalidDataException($"{path} has an empty entry at byte {end}. Put the file back from a backup."));
                end = at + 1;
            }
            file.SetLength(end);
            file.Position = end;
            return new Journal(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public async Task Append(params IEnumerable<Entry> entries)
    {
        var lines = new StringBuilder();
        foreach (var entry in entries)
            lines.Append(JsonSerializer.Serialize(entry, Format)).Append('\n');
        var start = _file.Position;
        try
        {
            await _file.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()));
            await _file.FlushAsync();
            _file.Flush(flushToDisk: true);
        }
        catch
        {
            // Half a line must not stand before the next one.
            _file.SetLength(start);
            _file.Position = start;
            throw;
        }
    }

    public void Dispose() => _file.Dispose();
}
