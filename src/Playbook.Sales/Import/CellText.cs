using System.Globalization;
using System.Text;

namespace Playbook.Sales.Import;

/// <summary>Cleans what people and programs leave in cells, and reads it. Null stands for nothing there.</summary>
public static class CellText
{
    /// <summary>Without outer and doubled space, invisible characters, and the usual words for "nothing".</summary>
    public static string? Clean(string cell)
    {
        if (cell.Length == 0)
            return null;
        var text = new StringBuilder(cell.Length);
        var space = false;
        foreach (var letter in cell.Normalize(NormalizationForm.FormC))
        {
            if (char.IsWhiteSpace(letter))
                space = text.Length > 0;
            else if (!char.IsControl(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.Format)
            {
                if (space)
                    text.Append(' ');
                space = false;
                text.Append(letter);
            }
        }
        var clean = text.ToString();
        return clean is "" or "-" or "NULL" or "null" or "(null)" or "N/A" or "n/a" or "#N/A" ? null : clean;
    }

    /// <summary>
    /// A number as English and Danish programs write it. <paramref name="decimalComma"/> decides only where one lonely
    /// sign could be either: "1.054" is 1054 in a Danish file and 1.054 in an English one.
    /// </summary>
    public static bool TryNumber(string text, bool decimalComma, out decimal number)
    {
        number = 0;
        var plain = new string([.. text.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('\'' or '’'))]);
        plain = StripCurrency(plain);
        var mark = DecimalMark(plain, decimalComma);
        var invariant = new StringBuilder(plain.Length);
        foreach (var letter in plain)
            if (letter == mark)
                invariant.Append('.');
            else if (letter is not (',' or '.'))
                invariant.Append(letter);
        if (!decimal.TryParse(invariant.ToString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed)
            || Math.Abs(parsed) >= 100_000_000_000m)
            return false;
        // Eleven digits and four decimals go through a database's floating point number and come back the same.
        number = Math.Round(parsed, 4);
        return true;
    }

    public static bool TryYesNo(string text, out bool yes)
    {
        yes = NameKey.Of(text) is "1" or "true" or "yes" or "y" or "ja" or "j" or "x" or "sand";
        return yes || NameKey.Of(text) is "0" or "false" or "no" or "n" or "nej" or "falsk";
    }

    /// <summary>Good enough to tell an address from something else; only the mail server knows for sure.</summary>
    public static bool LooksLikeEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var dot = text.LastIndexOf('.');
        return at > 0 && at == text.LastIndexOf('@') && dot > at + 1 && dot < text.Length - 1
            && !text.Any(letter => char.IsWhiteSpace(letter) || letter is ',' or ';' or '<' or '>' or '"');
    }

    private static string StripCurrency(string text)
    {
        ReadOnlySpan<string> signs = ["DKK", "EUR", "USD", "GBP", "SEK", "NOK", "kr.", "kr", "$", "€", "£"];
        foreach (var sign in signs)
        {
            if (text.StartsWith(sign, StringComparison.OrdinalIgnoreCase))
                return text[sign.Length..];
            if (text.EndsWith(sign, StringComparison.OrdinalIgnoreCase))
                return text[..^sign.Length];
        }
        return text;
    }

    private static char? DecimalMark(string text, bool decimalComma)
    {
        var comma = text.LastIndexOf(',');
        var dot = text.LastIndexOf('.');
        if (comma >= 0 && dot >= 0)
            return comma > dot ? ',' : '.';
        if (comma < 0 && dot < 0)
            return null;
        var mark = comma >= 0 ? ',' : '.';
        var at = Math.Max(comma, dot);
        if (text.IndexOf(mark, StringComparison.Ordinal) != at)
            return null;
        var usual = decimalComma ? ',' : '.';
        return mark == usual || text.Length - at - 1 != 3 ? mark : null;
    }
}
