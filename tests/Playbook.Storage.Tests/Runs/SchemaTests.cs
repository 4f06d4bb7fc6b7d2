using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Playbook.Storage.Runs.Schema;

namespace Playbook.Storage.Tests.Runs;

public sealed class SchemaTests
{
    [Fact]
    public void The_schema_file_and_the_EF_model_describe_the_same_tables()
    {
        using var bySql = Open();
        RunSchema.Create(bySql);
        using var byModel = Open();
        using (var context = new RunsOnly(byModel))
            context.Database.EnsureCreated();

        Assert.NotEmpty(Describe(bySql));
        Assert.Equal(Describe(byModel), Describe(bySql));
    }

    [Fact]
    public void A_database_that_the_EF_model_made_is_left_as_it_is()
    {
        using var connection = Open();
        using (var context = new RunsOnly(connection))
            context.Database.EnsureCreated();
        var before = Describe(connection);
        RunSchema.Create(connection);
        Assert.Equal(before, Describe(connection));
    }

    [Fact]
    public void The_migrations_make_the_tables_that_the_store_writes()
    {
        var file = Path.Combine(Path.GetTempPath(), $"playbook-migrated-{Guid.NewGuid():N}.db");
        try
        {
            using (var database = new PlaybookDb(PlaybookDb.Sqlite(file)))
                database.Database.Migrate();
            using var bySql = Open();
            RunSchema.Create(bySql);
            using var migrated = new SqliteConnection($"Data Source={file};Pooling=False");
            migrated.Open();
            Assert.Empty(Describe(bySql).Except(Describe(migrated)));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            File.Delete(file);
        }
    }

    [Fact]
    public void The_migrations_are_up_to_date_with_the_model()
    {
        using var database = new PlaybookDb(PlaybookDb.Sqlite(":memory:"));
        Assert.False(database.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task EF_reads_what_the_store_wrote()
    {
        await using var temporary = TemporaryStore.Create();
        var run = ContractTests.Runs.Turns.NewRun();
        await temporary.Store.Commit([ContractTests.Runs.Turns.Start(run)], []);

        using var connection = new SqliteConnection($"Data Source={temporary.File};Pooling=False");
        using var context = new RunsOnly(connection);
        var row = context.Set<RunRow>().Single(row => row.Id == run.Id && row.CreatedAt >= run.CreatedAt);
        Assert.Equal("contact-1", row.SubjectId);
        Assert.Equal(run.CreatedAt, row.CreatedAt);
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    private static List<string> Describe(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
            FROM sqlite_master t, pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
            UNION ALL SELECT replace(sql, 'IF NOT EXISTS ', '') FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            ORDER BY 1
            """;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(reader.GetString(0));
        return lines;
    }

    private sealed class RunsOnly(SqliteConnection connection) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite(connection);

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyRunTables();
    }
}
