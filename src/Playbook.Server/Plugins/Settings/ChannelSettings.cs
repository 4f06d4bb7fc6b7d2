using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Playbook.Storage;
using Playbook.Storage.Channels;

namespace Playbook.Server.Plugins.Settings;

/// <summary>What the operator decided about a channel, with the settings readable.</summary>
/// <param name="Settings">By name, secrets included; null where it was never set up.</param>
public sealed record ChannelDecision(bool IsDisabled, IReadOnlyDictionary<string, string>? Settings)
{
    public static ChannelDecision None { get; } = new(false, null);
}

/// <summary>Keeps the channels' settings, encrypted with the keys beside the database.</summary>
public sealed class ChannelSettings(IDbContextFactory<PlaybookDb> databases, IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("channel-settings");

    /// <summary>Throws <see cref="PluginException"/> where the settings cannot be decrypted.</summary>
    public async Task<ChannelDecision> Read(string id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var record = await database.Set<ChannelRecord>().AsNoTracking().SingleOrDefaultAsync(channel => channel.Id == id, cancellationToken);
        return record is null ? ChannelDecision.None : new ChannelDecision(record.IsDisabled, record.Settings is { } text ? Decrypt(text) : null);
    }

    public async Task<bool> IsDisabled(string id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<ChannelRecord>().AnyAsync(channel => channel.Id == id && channel.IsDisabled, cancellationToken);
    }

    public Task SetDisabled(string id, bool isDisabled, CancellationToken cancellationToken = default) =>
        Change(id, record => record.IsDisabled = isDisabled, cancellationToken);

    public Task Write(string id, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken = default) =>
        Change(id, record => record.Settings = _protector.Protect(JsonSerializer.Serialize(settings)), cancellationToken);

    private async Task Change(string id, Action<ChannelRecord> change, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var record = await database.Set<ChannelRecord>().SingleOrDefaultAsync(channel => channel.Id == id, cancellationToken);
        if (record is null)
            database.Add(record = new ChannelRecord { Id = id });
        change(record);
        record.ChangedAt = clock.GetUtcNow();
        await database.SaveChangesAsync(cancellationToken);
    }

    private Dictionary<string, string> Decrypt(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(_protector.Unprotect(text)) ?? [];
        }
        catch (CryptographicException fault)
        {
            throw new PluginException(
                PluginStatus.Malfunctioned,
                "Its settings cannot be decrypted: the key that they were encrypted with is not in the folder 'keys' beside the database.",
                "Put that folder back from the backup, or enter the settings again.",
                fault);
        }
    }
}
