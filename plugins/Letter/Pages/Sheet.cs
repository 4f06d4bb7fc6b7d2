namespace Playbook.Letter.Pages;

/// <summary>
/// A sheet of paper and where the envelope's window lies on it, in millimetres from the top left corner. A sheet slides in its
/// envelope: <see cref="Window"/> is what may be seen through it, <see cref="Address"/> what is always seen.
/// </summary>
internal sealed record Sheet(double Width, double Height, Box Window, Box Address, double ReturnLine, IReadOnlyList<double> Folds)
{
    public const double Left = 25;
    public const double Right = 20;

    /// <summary>The bottom margin; printers cannot print on the last few millimetres.</summary>
    public const double Bottom = 14;

    /// <summary>
    /// A4 folded at 105 and 210 mm for a DL envelope (110 × 220) or C5, window 90 × 35 at 20 mm from the left and 15 mm from the
    /// bottom: the Danish and German standard (DIN 5008 form B lies inside it).
    /// </summary>
    public static Sheet A4 { get; } = new(210, 297, new Box(10, 55, 110, 95), new Box(25, 65.5, 100, 89.5), 63.5, [105, 210]);

    /// <summary>
    /// US Letter folded in thirds for a #10 envelope (9.5 × 4.125 in), window 4.5 × 1.125 in at 7/8 in from the left and 1/2 in
    /// from the bottom. It is too low for a return line above the address.
    /// </summary>
    public static Sheet UsLetter { get; } = new(215.9, 279.4, new Box(0, 51.8, 136.6, 92.1), new Box(25, 64, 110, 80.4), 0, [93.1, 186.3]);

    public double TextWidth => Width - Left - Right;
}

/// <summary>A rectangle in millimetres.</summary>
internal readonly record struct Box(double X, double Y, double RightX, double BottomY)
{
    public double Width => RightX - X;

    public double Height => BottomY - Y;
}
