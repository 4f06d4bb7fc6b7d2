using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Reps;
using Playbook.Server.Host;
using Playbook.Storage;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>
/// Makes the owner where there is no account yet. Whoever sits at the machine may; from anywhere else it takes the code that
/// the server printed when it started.
/// </summary>
internal sealed class FirstRun(MemberBook book, ServeOptions options, AccessClock clock) : IDisposable
{
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int LongestWait = 12;

    private readonly SemaphoreSlim _one = new(1);

    public bool IsNeeded => book.IsEmpty;

    /// <summary>Good for as long as the server runs, and for one owner.</summary>
    public string Code { get; } = RandomNumberGenerator.GetString(Letters, LongestWait);

    /// <summary>A request from this machine's own browser. Behind a proxy everything seems to come from here, so then it is none.</summary>
    public bool IsHere(HttpContext context) =>
        options is { PublicUrl: null, TrustedProxies.Count: 0 } && ListenUrl.IsLoopback(ListenUrl.Parse(options))
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && context.Request.Host.Host is "127.0.0.1" or "localhost" or "[::1]"
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    public bool Opens(string? code) => code is not null && CryptographicOperations.FixedTimeEquals(Secret.Hash(code.Trim().ToUpperInvariant()), Secret.Hash(Code));

    /// <summary>The owner's id; null with the reasons where it cannot be, which is also where another one was faster.</summary>
    public async Task<(Guid? Id, IReadOnlyList<string> Faults)> Create(MemberUsers users, PlaybookDb database, string name, string email, string password, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // Writing from the start: between the look and the insert nobody else gets in.
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            if (await database.Members.AnyAsync(cancellationToken))
                return (null, ["There is an owner already. Sign in, or ask them for an invitation."]);
            var now = clock.Now;
            var owner = new Member { Id = Guid.CreateVersion7(now), Name = name, UserName = email, Email = email, Roles = new RoleSet([AccessRole.Admin]), CreatedAt = now, LockoutEnabled = true };
            var made = await users.CreateAsync(owner, password);
            if (!made.Succeeded)
                return (null, [.. made.Errors.Select(error => error.Description)]);
            await transaction.CommitAsync(cancellationToken);
            await book.Load(cancellationToken);
            return (owner.Id, []);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
