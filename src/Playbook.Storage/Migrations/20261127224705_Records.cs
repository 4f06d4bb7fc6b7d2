using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Playbook.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Notes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    SubjectKind = table.Column<string>(type: "TEXT", nullable: false),
                    SubjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    List = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Query = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Notes_SubjectId_At",
                table: "Notes",
                columns: new[] { "SubjectId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_List_Name",
                table: "SavedViews",
                columns: new[] { "List", "Name" },
                unique: true);

            // Lists of a hundred thousand are read page by page in the order asked for. EF Core has no words for an index over
            // an expression or with a collation.
            migrationBuilder.Sql("""
                CREATE INDEX IX_Contacts_ByName ON Contacts (Name COLLATE NOCASE, Id, Email, AccountId);
                CREATE INDEX IX_Contacts_ByUpdated ON Contacts (UpdatedAt, Id);
                CREATE INDEX IX_Contacts_ByScore ON Contacts (coalesce(Score, -1), Id);
                CREATE INDEX IX_Accounts_ByName ON Accounts (Name COLLATE NOCASE, Id);
                CREATE INDEX IX_Opportunities_ByName ON Opportunities (Name COLLATE NOCASE, Id);
                CREATE INDEX IX_Opportunities_ByUpdated ON Opportunities (UpdatedAt, Id);
                CREATE INDEX IX_Opportunities_ByValue ON Opportunities (coalesce(Value, -1), Id);
                CREATE INDEX IX_Opportunities_ByClosing ON Opportunities (coalesce(ClosesOn, ''), Id);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP INDEX IX_Contacts_ByName; DROP INDEX IX_Contacts_ByUpdated; DROP INDEX IX_Contacts_ByScore; DROP INDEX IX_Accounts_ByName;
                DROP INDEX IX_Opportunities_ByName; DROP INDEX IX_Opportunities_ByUpdated; DROP INDEX IX_Opportunities_ByValue; DROP INDEX IX_Opportunities_ByClosing;
                """);

            migrationBuilder.DropTable(
                name: "Notes");

            migrationBuilder.DropTable(
                name: "SavedViews");
        }
    }
}
