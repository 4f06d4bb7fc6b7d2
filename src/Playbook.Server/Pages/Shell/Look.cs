using MudBlazor;

namespace Playbook.Server.Pages.Shell;

/// <summary>The colours of MudBlazor's parts; playbook.css has the same for ours.</summary>
internal static class Look
{
    private static readonly string[] Fonts = ["Roboto", "Segoe UI", "system-ui", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#235FA9", Background = "#F7F4EE", Surface = "#FFFDF9", AppbarBackground = "#FFFDF9", LinesDefault = "#E4DFD5", Divider = "#E4DFD5",
            TextPrimary = "#1F2328", TextSecondary = "#5C6370", Error = "#A8201A", Warning = "#8F5600", Success = "#1F6B45", ActionDefault = "#5C6370",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8AB4EC", Background = "#191B1E", Surface = "#212428", AppbarBackground = "#212428", LinesDefault = "#363B41", Divider = "#363B41",
            TextPrimary = "#ECE8E1", TextSecondary = "#A7ADB6", Error = "#F19A92", Warning = "#EDBE6B", Success = "#86CFA5", ActionDefault = "#A7ADB6",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LetterSpacing = "normal" } },
    };
}
