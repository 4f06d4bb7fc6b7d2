using Playbook.Sales.Import;
using Playbook.Sales.Phases;

namespace Playbook.Sales.Opportunities;

/// <summary>Where a foreign CRM's stage stands in our process.</summary>
public sealed record StagePlace(string Phase, OpportunityStatus Status);

/// <summary>Reads other systems' stages. What it does not know stays a stage only.</summary>
public static class StageMap
{
    private static readonly Dictionary<string, StagePlace> Places = Build();

    /// <summary>Null for a stage that nobody has told us about.</summary>
    public static StagePlace? Find(string stage, IReadOnlyDictionary<string, string>? phaseByStage = null)
    {
        var key = NameKey.Of(stage);
        Places.TryGetValue(key, out var known);
        if (phaseByStage is not null)
            foreach (var (name, phase) in phaseByStage)
                if (NameKey.Of(name) == key)
                    return new StagePlace(phase, known?.Status ?? OpportunityStatus.Open);
        return known;
    }

    private static Dictionary<string, StagePlace> Build()
    {
        var places = new Dictionary<string, StagePlace>();
        Add(Phase.LeadGeneration, OpportunityStatus.Open, "prospecting", "prospect", "new", "lead", "open", "ny", "emne", "kundeemne");
        Add(Phase.Appointment, OpportunityStatus.Open, "qualification", "qualified", "contacted", "appointment", "meeting", "kvalificeret", "kontaktet", "møde", "mødebooket");
        Add(Phase.Close, OpportunityStatus.Open, "engaging", "proposal", "quote", "negotiation", "demo", "tilbud", "forhandling", "idialog");
        Add(Phase.Enrollment, OpportunityStatus.Won, "won", "closedwon", "vundet", "solgt");
        Add(Phase.Close, OpportunityStatus.Lost, "lost", "closedlost", "tabt");
        foreach (var phase in Phase.All)
            places.TryAdd(NameKey.Of(phase), new StagePlace(phase, OpportunityStatus.Open));
        return places;

        void Add(string phase, OpportunityStatus status, params string[] stages)
        {
            foreach (var stage in stages)
                places[NameKey.Of(stage)] = new StagePlace(phase, status);
        }
    }
}
