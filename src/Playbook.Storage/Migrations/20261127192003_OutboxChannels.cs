using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Playbook.Storage.Migrations
{
    /// <inheritdoc />
    public partial class OutboxChannels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Outbox_NotBefore",
                table: "Outbox");

            migrationBuilder.AddColumn<string>(
                name: "Channel",
                table: "Outbox",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "FailingSince",
                table: "Outbox",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Faults",
                table: "Outbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // What is on its way already goes over the channel that it names.
            migrationBuilder.Sql("UPDATE Outbox SET Channel = json_extract(Body, '$.channel') WHERE Kind = 'SendMessage';");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_Channel_NotBefore",
                table: "Outbox",
                columns: new[] { "Channel", "NotBefore" },
                filter: "Status < 2");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_Status",
                table: "Outbox",
                column: "Status",
                filter: "Status = 4");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Outbox_Channel_NotBefore",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_Status",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "Channel",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "FailingSince",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "Faults",
                table: "Outbox");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_NotBefore",
                table: "Outbox",
                column: "NotBefore",
                filter: "Status < 2");
        }
    }
}
