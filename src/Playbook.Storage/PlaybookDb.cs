using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Playbook.Sales.Accounts;
using Playbook.Sales.Consent;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Products;
using Playbook.Sales.Queue;
using Playbook.Sales.Reps;
using Playbook.Sales.Sending;
using Playbook.Storage.Crm;
using Playbook.Storage.Access;
using Playbook.Storage.Definitions;
using Playbook.Storage.Import;
using Playbook.Storage.Inbound;
using Playbook.Storage.Queue;
using Playbook.Storage.Sending;

namespace Playbook.Storage;

/// <summary>The one database. Each feature's tables are described beside the feature.</summary>
public sealed class PlaybookDb(DbContextOptions<PlaybookDb> options) : DbContext(options)
{
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Opportunity> Opportunities => Set<Opportunity>();
    public DbSet<Note> Notes => Set<Note>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Rep> Reps => Set<Rep>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<ImportBatch> ImportBatches => Set<ImportBatch>();
    public DbSet<ImportedRow> ImportedRows => Set<ImportedRow>();
    public DbSet<ImportedChange> ImportedChanges => Set<ImportedChange>();
    public DbSet<DefinitionVersion> DefinitionVersions => Set<DefinitionVersion>();
    public DbSet<DefinitionText> DefinitionTexts => Set<DefinitionText>();
    public DbSet<Touch> Touches => Set<Touch>();
    public DbSet<ConsentEntry> Consents => Set<ConsentEntry>();
    public DbSet<Suppression> Suppressions => Set<Suppression>();
    public DbSet<SuppressionList> SuppressionLists => Set<SuppressionList>();
    public DbSet<KeptDecision> SendingDecisions => Set<KeptDecision>();
    public DbSet<OperatorSetting> SendingSettings => Set<OperatorSetting>();
    public DbSet<ErasureReceipt> Erasures => Set<ErasureReceipt>();

    public DbSet<ChannelEventRow> ChannelEvents => Set<ChannelEventRow>();
    public DbSet<ChannelIncident> ChannelIncidents => Set<ChannelIncident>();
    public DbSet<HeldAnswerRow> HeldAnswers => Set<HeldAnswerRow>();
    public DbSet<Promise> Promises => Set<Promise>();
    public DbSet<TaskMove> TaskMoves => Set<TaskMove>();
    public DbSet<ChangeRequest> ChangeRequests => Set<ChangeRequest>();
    public DbSet<Absence> Absences => Set<Absence>();
    public DbSet<LinkKey> LinkKeys => Set<LinkKey>();

    public DbSet<Member> Members => Set<Member>();
    public DbSet<MemberSession> MemberSessions => Set<MemberSession>();
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>The options for a SQLite file.</summary>
    public static DbContextOptions<PlaybookDb> Sqlite(string path) =>
        new DbContextOptionsBuilder<PlaybookDb>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = path }.ToString())
            .Options;

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlaybookDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<RoleSet>().HaveConversion<RoleSetText>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        if (!Database.IsSqlite())
            return;
        // SQLite has neither type: as text they could not be compared or added up in a query.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<decimal>().HaveConversion<double>();
    }

    private sealed class RoleSetText() : ValueConverter<RoleSet, string>(roles => roles.ToString(), text => RoleSet.Parse(text));

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
