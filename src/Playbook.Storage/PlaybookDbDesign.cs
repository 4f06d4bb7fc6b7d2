using Microsoft.EntityFrameworkCore.Design;

namespace Playbook.Storage;

/// <summary>
/// Lets <c>dotnet ef</c> make the model without a server:
/// <c>dotnet ef migrations add Name --project src/Playbook.Storage --output-dir Migrations</c>.
/// </summary>
public sealed class PlaybookDbDesign : IDesignTimeDbContextFactory<PlaybookDb>
{
    public PlaybookDb CreateDbContext(string[] args) => new(PlaybookDb.Sqlite("design-time.db"));
}
