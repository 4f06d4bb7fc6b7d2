using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Playbook.Storage.Migrations
{
    /// <inheritdoc />
    public partial class OpenTasksByDue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Open tasks are listed earliest due first, page by page. EF Core has no words for an index over an expression.
            migrationBuilder.Sql("CREATE INDEX IX_Tasks_Open ON Tasks (DueAt IS NULL, DueAt, Number) WHERE Status = 0;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX IX_Tasks_Open;");
        }
    }
}
