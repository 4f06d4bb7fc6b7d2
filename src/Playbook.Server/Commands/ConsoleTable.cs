using Spectre.Console;

namespace Playbook.Server.Commands;

/// <summary>A table for people: drawn on a terminal, plain columns where it goes into a file or a pipe. Numbers stand right.</summary>
internal static class ConsoleTable
{
    public static void Write(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected)
            WritePlain(header, rows);
        else
            Draw(header, rows);
    }

    private static void Draw(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < header.Count; i++)
            table.AddColumn(new TableColumn(Markup.Escape(header[i])) { Alignment = IsNumeric(rows, i) ? Justify.Right : Justify.Left });
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        Terminal.Output.Write(table);
    }

    private static void WritePlain(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = header.Select((name, i) => rows.Select(row => row[i].Length).Append(name.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(header))
            Console.Out.WriteLine(string.Join("  ", row.Select((cell, i) => IsNumeric(rows, i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }

    private static bool IsNumeric(IReadOnlyList<IReadOnlyList<string>> rows, int column) =>
        rows.Count > 0 && rows.All(row => row[column].All(c => char.IsDigit(c) || c is ',' or '.' or ' '));
}
