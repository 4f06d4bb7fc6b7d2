namespace Playbook.Letter.Pages;

/// <summary>One line of text at its place: millimetres from the top left corner to the start of its baseline.</summary>
internal sealed record Placed(string Text, double X, double Y, Pen Pen);

/// <summary>Size in points, weight, and whether it is soft (grey).</summary>
internal readonly record struct Pen(double Size, bool Bold = false, bool Soft = false);

/// <summary>One page, worked out and ready to be drawn.</summary>
internal sealed record PlacedPage(Sheet Sheet, IReadOnlyList<Placed> Texts)
{
    /// <summary>What the QR code says; null for none.</summary>
    public string? QrText { get; init; }

    public Box QrBox { get; init; }

    public bool HasFolds { get; init; }
}
