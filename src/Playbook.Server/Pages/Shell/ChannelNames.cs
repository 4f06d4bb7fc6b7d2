using Microsoft.Extensions.Localization;

namespace Playbook.Server.Pages.Shell;

/// <summary>Channels as people call them within a sentence.</summary>
public sealed class ChannelNames(IStringLocalizer<Texts> L)
{
    public string Of(string? channel) => channel switch
    {
        "email" => L["E-mail"].Small(), "sms" => L["text message"], "phone" => L["phone"], "social" => L["social network"], "letter" => L["letter"], "calendar" => L["Invitation"].Small(), null => "", _ => channel,
    };
}
