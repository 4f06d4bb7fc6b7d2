namespace Playbook.Sales.Reps;

/// <summary>The roles that steps are given to.</summary>
public static class Role
{
    public const string Prospector = "prospector";
    public const string FollowUp = "follow-up";
    public const string Closer = "closer";
    public const string Onboarder = "onboarder";
    public const string AccountManager = "account-manager";
    public const string Designer = "designer";
    public const string Manager = "manager";

    public static IReadOnlyList<string> All { get; } =
        [Prospector, FollowUp, Closer, Onboarder, AccountManager, Designer, Manager];
}
