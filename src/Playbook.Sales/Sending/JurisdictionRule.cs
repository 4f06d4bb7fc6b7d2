using System.Text.Json.Serialization;
using Playbook.Sales.Calendar;

namespace Playbook.Sales.Sending;

[JsonConverter(typeof(JsonStringEnumConverter<RuleEffect>))]
public enum RuleEffect
{
    /// <summary>Says why a touch is allowed where nothing else speaks against it.</summary>
    [JsonStringEnumMemberName("allow")]
    Allow,

    /// <summary>Forbids it unless something unlocks it.</summary>
    [JsonStringEnumMemberName("block")]
    Block,

    /// <summary>Forbids it for whoever is on a list, and for everybody where the list is missing or too old.</summary>
    [JsonStringEnumMemberName("scrub")]
    Scrub,

    /// <summary>Allows it at certain hours where the contact is.</summary>
    [JsonStringEnumMemberName("hours")]
    Hours,
}

/// <summary>One rule of law, as its pack's file states it.</summary>
public sealed record JurisdictionRule
{
    public required string Id { get; init; }
    public required RuleEffect Effect { get; init; }

    /// <summary>Channel ids, or classes of them: see <see cref="ChannelClass"/>.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary><c>company</c>, <c>consumer</c>.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>What the message is for: <c>marketing</c>, which is meant where nothing is said, and <c>service</c>.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = ["marketing"];

    /// <summary>Only in these of the pack's countries; empty for all.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    public IReadOnlyList<string> ExceptCountries { get; init; } = [];

    /// <summary>What lifts it: <c>consent</c>, <c>customer</c>, <c>request</c>.</summary>
    public IReadOnlyList<string> UnlockedBy { get; init; } = [];

    /// <summary>The words of law that an unlocking stands on, by what unlocks, where they are others than the rule's own.</summary>
    public IReadOnlyDictionary<string, Quotation> Unlocks { get; init; } = new Dictionary<string, Quotation>();

    /// <summary>What it means, in one sentence without its full stop.</summary>
    public required string Title { get; init; }

    /// <summary>The rule's own words, in <see cref="Language"/>.</summary>
    public required string Quote { get; init; }

    public required string Language { get; init; }

    /// <summary>The same in English, where the quotation is in another language.</summary>
    public string? English { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Source { get; init; }

    /// <summary>The list that must be consulted, such as <c>robinson</c>.</summary>
    public string? List { get; init; }

    public int MaxAgeDays { get; init; }
    public IReadOnlyList<LegalHours> Hours { get; init; } = [];

    /// <summary>Parts of the country with other hours, known by the number's area code.</summary>
    public IReadOnlyList<LegalRegion> Regions { get; init; } = [];

    /// <summary>The rule as people read it: what it means, its words, and where it stands.</summary>
    [JsonIgnore]
    public string Words => _words ??= English is null ? $"{Title}: “{Quote}” ({Source})." : $"{Title}: “{Quote}” (In English: “{English}” {Source}).";

    /// <summary>The hours that hold where the number and the address are: of both, where they are in different regions.</summary>
    /// <param name="areaCode">The number's area code; null where it does not tell.</param>
    /// <param name="state">The address's state or province; null where it is not known.</param>
    public IEnumerable<(BusinessHours Hours, string? Source)> HoursFor(string? areaCode, string? state)
    {
        var isNarrower = false;
        foreach (var region in Regions)
        {
            if ((areaCode is null || !region.AreaCodes.Contains(areaCode)) && !string.Equals(region.Id, state, StringComparison.OrdinalIgnoreCase))
                continue;
            isNarrower = true;
            yield return (region.Week ??= Week(region.Hours), region.Source);
        }

        if (!isNarrower)
            yield return (_week ??= Week(Hours), null);
    }

    internal bool AppliesTo(string channel, SendingPurpose purpose, bool isConsumer, IReadOnlyList<string> countries)
    {
        if (!Purposes.Contains(purpose == SendingPurpose.Service ? "service" : "marketing"))
            return false;
        if (!Recipients.Contains(isConsumer ? "consumer" : "company") || !(Channels.Contains(channel) || Channels.Contains(ChannelClass.Of(channel))))
            return false;
        if (Countries.Count == 0 && ExceptCountries.Count == 0)
            return true;
        foreach (var country in countries)
            if ((Countries.Count == 0 || Countries.Contains(country)) && !ExceptCountries.Contains(country))
                return true;
        return false;
    }

    private BusinessHours? _week;
    private string? _words;

    private static BusinessHours Week(IReadOnlyList<LegalHours> hours) =>
        SendingSettings.WeekOf([.. hours.Select(block => new HoursBlock(block.Days.Count == 0 ? BusinessHours.EveryDay : block.Days, block.From, block.To))]);
}

/// <param name="Quote">In the rule's language.</param>
public sealed record Quotation(string Quote, string Source);

/// <summary>Hours of the contact's own time; without days, every day.</summary>
public sealed record LegalHours(TimeOnly From, TimeOnly To)
{
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];
}

public sealed record LegalRegion(string Id, IReadOnlyList<string> AreaCodes, IReadOnlyList<LegalHours> Hours, string Source)
{
    internal BusinessHours? Week { get; set; }
}
