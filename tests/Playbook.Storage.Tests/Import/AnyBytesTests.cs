using System.Text;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Playbook.Sales.Import;
using Playbook.Storage.Import;

namespace Playbook.Storage.Tests.Import;

public sealed class AnyBytesTests
{
    private static readonly string[] Headers =
    [
        "product,series,sales_price", "sales_agent;manager;regional_office;roles", "account\tsector\trevenue\toffice_location\tsubsidiary_of",
        "name,email,company,time_zone,do_not_contact", "opportunity_id,name,stage,close_date,close_value,account",
    ];

    // What breaks readers of CSV stands here more often than chance would have it.
    private static readonly string[] Pieces =
        ["\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "a", "Acme", "æ", "\u030a", "12", "1.000,5", "2016-02-30", "yes", "-", "\uFEFF", "a@b.c", "GTX Pro", "gtxpro", "👍", "sep=;", "\u200b", "AS"];

    [Property(MaxTest = 500)]
    public void Any_bytes_give_a_table_or_a_failure_that_says_why(byte[] bytes) => Check(bytes ?? []);

    [Property(MaxTest = 1000)]
    public void Whatever_stands_below_a_header_each_row_has_one_outcome(byte header, byte[] pieces)
    {
        var text = new StringBuilder(Headers[header % Headers.Length]).Append('\n');
        foreach (var piece in pieces ?? [])
            text.Append(Pieces[piece % Pieces.Length]);
        Check(Encoding.UTF8.GetBytes(text.ToString()));
    }

    [Property(MaxTest = 300)]
    public void Bytes_that_are_no_letters_below_a_header_do_no_harm(byte header, byte[] bytes) =>
        Check([.. Encoding.UTF8.GetBytes(Headers[header % Headers.Length] + "\n"), .. bytes ?? []]);

    [Property(MaxTest = 300)]
    public void Halves_of_letters_in_a_UTF16_file_do_no_harm(byte header, byte[] bytes) =>
        Check([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Headers[header % Headers.Length] + "\n"), .. bytes ?? [], 0x00, 0xD8, (byte)',', 0, (byte)'a', 0, 0x00, 0xDC]);

    private static void Check(byte[] bytes)
    {
        ImportTable table;
        try
        {
            table = CsvFile.Parse("any.csv", bytes);
        }
        catch (ImportException failure)
        {
            Assert.All(failure.Failures, one => Assert.NotEmpty(one.Cure));
            return;
        }
        foreach (var kind in Enum.GetValues<ImportKind>())
        {
            var mapping = ColumnMapping.For(kind, table.Header, new Dictionary<string, string>());
            var plan = ImportPlanner.Plan([new(table, mapping)], new CrmBook(), new(), new FakeTimeProvider());
            var file = Assert.Single(plan.Files);
            Assert.Equal(table.Rows.Count, file.Rows.Count);
            Assert.Equal(table.Rows.Count, file.Counts.Rows);
            Assert.Equal(table.Rows.Select(row => row.Line), file.Rows.Select(row => row.Line));
            Assert.All(file.Rows.Where(row => row.Outcome == RowOutcome.Rejected), row => Assert.NotEmpty(row.Problems));
            RecordJson.Write(file);
        }
    }
}
