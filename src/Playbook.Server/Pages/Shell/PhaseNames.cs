using Microsoft.Extensions.Localization;
using Playbook.Sales.Phases;

namespace Playbook.Server.Pages.Shell;

/// <summary>The phases of the sales process as people call them.</summary>
public sealed class PhaseNames(IStringLocalizer<Texts> L)
{
    public string Of(string phase) => phase switch
    {
        Phase.LeadGeneration => L["Lead generation"],
        Phase.Appointment => L["Appointment"],
        Phase.Close => L["Closing"],
        Phase.Enrollment => L["Enrollment"],
        Phase.ProgramDesign => L["Program design"],
        Phase.Renewal => L["Renewal"],
        Phase.Upsell => L["Upsell"],
        _ => phase,
    };
}
