using Microsoft.EntityFrameworkCore;
using Playbook.Sales.Opportunities;

namespace Playbook.Storage.Crm;

/// <summary>Says how a sale ended, or that it is open again.</summary>
public sealed class OpportunityClosing(IDbContextFactory<PlaybookDb> databases, TimeProvider clock)
{
    /// <summary>False where there is no such sale, or it stood like that already.</summary>
    /// <param name="id">Which sale.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="value">What it is worth, where that is known better now; null to leave it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<bool> Close(Guid id, OpportunityStatus status, decimal? value = null, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (await database.Opportunities.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is not { } sale || (sale.Status == status && (value is null || value == sale.Value)))
            return false;
        database.Update(sale with
        {
            Status = status, Value = value ?? sale.Value, ClosesOn = status == OpportunityStatus.Open ? sale.ClosesOn : DateOnly.FromDateTime(now.UtcDateTime), UpdatedAt = now > sale.UpdatedAt ? now : sale.UpdatedAt.AddTicks(1),
        });
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }
}
