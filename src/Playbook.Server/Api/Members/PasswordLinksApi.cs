using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Server.Access;

namespace Playbook.Server.Api.Members;

/// <summary>Links for a new password; for this machine's command line where the owner is shut out, and for who may change members.</summary>
internal static class PasswordLinksApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/members/password-links", Make).WithTags("Members").WithSummary("Makes a link by which a member takes a new password, once and within a day");

    private static async Task<Results<Ok<PasswordLink>, ProblemHttpResult>> Make(AskPasswordLink body, CurrentPerson person, People people, Invitations invitations, AccessClock clock)
    {
        var all = await people.All();
        var asked = (body.Email ?? "").Trim();
        if (all.FirstOrDefault(member => string.Equals(member.Email, asked, StringComparison.OrdinalIgnoreCase)) is not { } member)
        {
            var admins = all.Where(one => one.DisabledAt is null && one.Roles.Has(AccessRole.Admin)).Select(one => one.Email);
            return Problems.Unprocessable(("email", $"Nobody has an account with the address '{asked}'. {(all.Count == 0 ? "There is no account at all yet: open the server's page, which makes the owner." : $"Administrators are: {string.Join(", ", admins)}.")}"));
        }

        if (member.DisabledAt is not null)
            return Problems.Conflict($"The account of {member.Name} is disabled; a new password would not let them in. Enable it under People first.");
        var path = await invitations.Renew(member.Id, person.Name);
        return TypedResults.Ok(new PasswordLink(member.Name, path, clock.Now + Invitations.RenewalGoodFor));
    }
}

internal sealed record AskPasswordLink(string? Email);

/// <param name="Path">To be opened at the server's address; it is shown once and cannot be found again.</param>
internal sealed record PasswordLink(string Name, string Path, DateTimeOffset Until);
