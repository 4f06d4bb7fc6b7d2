using Playbook.Server.Access;

namespace Playbook.Server.ElsaApi;

/// <summary>Who calls, as what is saved remembers it.</summary>
/// <param name="Editor">The open editor, which Studio names by its API key; null for any other client.</param>
/// <param name="By">The person, as history names them.</param>
internal sealed record ElsaCaller(string? Editor, string By)
{
    private const string Scheme = "ApiKey ";
    private const int Longest = 200;

    public static ElsaCaller Of(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        // A token that opens the door is no name: it must not stand in the database as one.
        var editor = TokenSignIn.Presented(context.Request) is null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Short(authorization[Scheme.Length..]) : null;
        return new ElsaCaller(editor, context.RequestServices.GetRequiredService<CurrentPerson>().Name);
    }

    private static string? Short(string text)
    {
        var trimmed = new string([.. text.Where(letter => !char.IsControl(letter))]).Trim();
        return trimmed.Length == 0 ? null : trimmed.Length > Longest ? trimmed[..Longest] : trimmed;
    }
}
