using Playbook.Sales.Reps;

namespace Playbook.Sales.Metrics;

/// <summary>Everything that is measured, and what is not yet, with the reason.</summary>
public static class MetricCatalog
{
    public const string Conversations = "new-conversations";
    public const string SpeedToLead = "speed-to-lead";
    public const string Adherence = "step-adherence";
    public const string Qualified = "qualified-rate";
    public const string Returned = "return-rate";
    public const string AcceptedInTime = "accepted-in-time";
    public const string AppointmentRate = "appointment-rate";
    public const string ShowRate = "show-rate";
    public const string EarlyEffort = "early-effort";
    public const string KeepingEffort = "keeping-effort";
    public const string SharedSteps = "shared-steps";
    public const string WinRate = "win-rate";
    public const string CycleDays = "cycle-days";
    public const string Velocity = "velocity";
    public const string NewAccounts = "new-accounts";
    public const string NewAccountsBumpiness = "new-accounts-cv";
    public const string Renewal = "renewal-rate";
    public const string Upsell = "upsell-rate";
    public const string Referral = "referral-rate";
    public const string CostOfSale = "cost-of-sale";
    public const string ReturnOnEffort = "return-on-effort";
    public const string OptOuts = "opt-outs";
    public const string Bounces = "bounces";
    public const string Complaints = "complaints";
    public const string Coverage = "coverage";
    public const string Load = "load";

    public static IReadOnlyList<Metric> All { get; } =
    [
        Lead(Conversations, "New conversations a working day", "contacts with whom words went both ways for the first time ÷ working days (Monday to Friday) of the period", MetricUnit.Number, Role.Prospector),
        Lead(SpeedToLead, "Speed to lead", "median minutes from a contact's first run to the first step that a person did for it, nights and weekends included", MetricUnit.Minutes, Role.FollowUp, target: 60, more: false),
        Lead(Adherence, "Steps on time", "tasks done by their due time ÷ (tasks done + steps that expired)", MetricUnit.Share, Role.Manager, target: 0.9),
        Lead(Qualified, "Accepted batons", "hand-overs accepted ÷ (accepted + returned)", MetricUnit.Share, Role.Prospector, target: 0.9),
        Lead(Returned, "Returned batons", "hand-overs returned ÷ passed", MetricUnit.Share, Role.Prospector, target: 0.1, more: false),
        Lead(AcceptedInTime, "Batons accepted in time", "hand-overs accepted before they expired ÷ passed", MetricUnit.Share, Role.Closer, target: 0.95),
        Lead(AppointmentRate, "Appointment rate", "contacts that agreed to a meeting for the first time ÷ contacts with a first conversation", MetricUnit.Share, Role.FollowUp, target: 0.3),
        Lead(ShowRate, "Show rate", "contacts whose meeting took place ÷ contacts that had agreed to one", MetricUnit.Share, Role.Closer, target: 0.85),
        Lead(EarlyEffort, "Effort on early phases", "hours on lead generation and appointments ÷ all hours, by the minutes that the cost model gives each step", MetricUnit.Share, Role.Manager, target: 0.3),
        Lead(KeepingEffort, "Effort on keeping customers", "hours on program design, renewal and upsell ÷ all hours, by the same minutes", MetricUnit.Share, Role.AccountManager, target: 0.2),
        Lead(Coverage, "Pipeline coverage", "value of open sales ÷ what is left of the goal's target; needed is 1 ÷ win rate", MetricUnit.Number, Role.Manager),
        Lead(Load, "Load", "hours of the open steps that somebody has taken ÷ hours of a working week of those who have any", MetricUnit.Share, Role.Manager, target: 1, more: false) with { Freshness = "as it stands now" },
        Lead(SharedSteps, "Steps that two people can do", "tasks whose step was done by two or more people ÷ all tasks done", MetricUnit.Share, Role.Manager, target: 0.8),
        Lag(WinRate, "Win rate of a cohort", "sales won ÷ sales begun in the same period: open ones count as not won yet", MetricUnit.Share, Role.Closer),
        Lag(CycleDays, "Cycle time", "median days from begun to won or lost, with open sales counted as long as they were seen (Kaplan–Meier)", MetricUnit.Days, Role.Closer, more: false),
        Lag(Velocity, "Sales velocity a day", "open sales × won of closed × mean value of a win ÷ median cycle days", MetricUnit.Money, Role.Manager),
        Lag(NewAccounts, "New clients a week", "accounts with a first won sale, and subjects of runs that came to enrollment without a won sale of theirs, ÷ weeks of the period", MetricUnit.Number, Role.Manager),
        Lag(NewAccountsBumpiness, "Unsteadiness of new clients", "standard deviation ÷ mean of new clients per whole week", MetricUnit.Number, Role.Manager, target: 0.5, more: false),
        Lag(Renewal, "Renewal rate", "customers that renewed ÷ (renewed + left), by the renewal playbook's outcomes", MetricUnit.Share, Role.AccountManager, target: 0.9),
        Lag(Upsell, "Upsell rate", "customers that came to the upsell phase ÷ customers that came to enrollment, both in the period", MetricUnit.Share, Role.AccountManager),
        Lag(Referral, "Referral rate", "customers that named somebody ÷ customers that came to enrollment, both in the period", MetricUnit.Share, Role.AccountManager),
        Lag(CostOfSale, "Cost of a new client", "(hours × rate + touches × price + tools and overhead of the period) ÷ new clients; hours are tasks × the cost model's minutes", MetricUnit.Money, Role.Manager, more: false),
        Lag(ReturnOnEffort, "Return on effort", "(value won × margin − cost) ÷ hours", MetricUnit.MoneyPerHour, Role.Manager),
        new(OptOuts, "Opt-outs", "contacts that want no more ÷ touches made, of a thousand", MetricKind.Guardrail, MetricUnit.PerThousand, Role.Manager, false) { Target = 5 },
        new(Bounces, "Bounces", "messages that came back ÷ touches made, of a thousand", MetricKind.Guardrail, MetricUnit.PerThousand, Role.Manager, false) { Target = 20 },
        new(Complaints, "Complaints", "messages called spam ÷ touches made, of a thousand", MetricKind.Guardrail, MetricUnit.PerThousand, Role.Manager, false) { Target = 1 },
        Lag("forecast-error", "Forecast error (WAPE), bias and coverage", "sum of errors without sign ÷ sum of outcomes; sum of errors ÷ sum of outcomes; share of outcomes inside the 80 % band", MetricUnit.Share, Role.Manager, more: false) with { Freshness = "on the forecast's page; raced anew when it is opened" },
        Lead("icp-share", "Time on perfect-fit prospects", "prospecting time on contacts that fit the best customers' profile ÷ all", MetricUnit.Share, Role.Prospector) with { Missing = "There is no profile of the best customers to compare with yet." },
        Lag("retention-revenue", "Net revenue retention", "revenue of a cohort a year later ÷ its first revenue", MetricUnit.Share, Role.AccountManager) with { Missing = "Sales carry one value, not a recurring one: kept customers are counted by head on the customers' page." },
        Lead("testimonials", "Testimonials", "testimonials given ÷ asked for", MetricUnit.Share, Role.AccountManager) with { Missing = "No shipped playbook asks for a testimonial, so no event tells of one." },
        Lag("productivity-index", "Productivity index", "twelve months of retained margin ÷ cost of sale", MetricUnit.Number, Role.Manager) with { Missing = "It needs recurring revenue, as net revenue retention does." },
    ];

    public static Metric Find(string key) => All.FirstOrDefault(metric => metric.Key == key) ?? throw new ArgumentException($"There is no metric '{key}'.", nameof(key));

    private static Metric Lead(string key, string name, string formula, MetricUnit unit, string owner, double? target = null, bool more = true) =>
        new(key, name, formula, MetricKind.Lead, unit, owner, more) { Target = target };

    private static Metric Lag(string key, string name, string formula, MetricUnit unit, string owner, double? target = null, bool more = true) =>
        new(key, name, formula, MetricKind.Lag, unit, owner, more) { Target = target };
}
