using System.Globalization;

namespace Playbook.Sales.Activities;

/// <summary>Numbers from whatever JSON, JavaScript or a form made of them, exactly where that is possible.</summary>
internal static class Numbers
{
    public static bool TryRead(object? value, out decimal number)
    {
        number = 0;
        switch (value)
        {
            case decimal exact:
                number = exact;
                return true;
            case int or long or short or byte or uint or ushort or sbyte or ulong:
                number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
                return true;
            case double or float:
                var real = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                if (!(Math.Abs(real) < 1e28))
                    return false;
                number = (decimal)real;
                return true;
            case string text:
                return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
            default:
                return false;
        }
    }
}
