namespace Playbook.Server.Pages.Designer;

/// <summary>The tabs beside the canvas, in their order. The canvas itself is one on narrow screens.</summary>
internal static class DesignerTabs
{
    public static IReadOnlyList<(DesignerTab Tab, string Title)> All { get; } =
    [
        (DesignerTab.Canvas, "Canvas"),
        (DesignerTab.Problems, "Problems"),
        (DesignerTab.Scripts, "Scripts"),
        (DesignerTab.Recipe, "Recipe"),
        (DesignerTab.Scenarios, "Scenarios"),
        (DesignerTab.TryIt, "Try it"),
        (DesignerTab.History, "History"),
    ];
}
