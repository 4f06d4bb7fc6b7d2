using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Playbook.Storage.Migrations
{
    /// <inheritdoc />
    public partial class DraftsAndEditors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DocumentAt",
                table: "DefinitionVersions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Editor",
                table: "DefinitionVersions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PinnedAt",
                table: "DefinitionVersions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql("UPDATE DefinitionVersions SET DocumentAt = CreatedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DocumentAt",
                table: "DefinitionVersions");

            migrationBuilder.DropColumn(
                name: "Editor",
                table: "DefinitionVersions");

            migrationBuilder.DropColumn(
                name: "PinnedAt",
                table: "DefinitionVersions");
        }
    }
}
