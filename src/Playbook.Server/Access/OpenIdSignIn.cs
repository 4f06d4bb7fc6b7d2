using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Playbook.Server.Host;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>
/// Signing in with the company's directory. It says who somebody is; whether they may come in is decided here: they need an
/// account, which a verified e-mail address leads to the first time.
/// </summary>
internal static class OpenIdSignIn
{
    public const string Start = DoorPaths.SignIn + "/directory";
    public const string Refused = DoorPaths.SignIn + "?refused=directory";

    private const string Done = Start + "/done";
    private const string Scheme = "directory";
    private const string Brought = "directory-answer";

    public static void Add(AuthenticationBuilder schemes, OpenIdDirectory directory) => schemes
        // Holds what the directory said for the moment until it was looked at.
        .AddCookie(Brought, cookie =>
        {
            cookie.Cookie.Name = "playbook-directory";
            cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        })
        .AddOpenIdConnect(Scheme, openId =>
        {
            openId.Authority = directory.Authority.ToString();
            openId.ClientId = directory.ClientId;
            openId.ClientSecret = directory.Secret;
            openId.SignInScheme = Brought;
            openId.CallbackPath = Start + "/answer";
            openId.ResponseType = OpenIdConnectResponseType.Code;
            openId.ResponseMode = OpenIdConnectResponseMode.Query;
            openId.UsePkce = true;
            openId.MapInboundClaims = false;
            openId.SaveTokens = false;
            openId.RequireHttpsMetadata = !directory.Authority.IsLoopback;
            openId.Scope.Add("email");
            openId.CorrelationCookie.SameSite = openId.NonceCookie.SameSite = SameSiteMode.Lax;
            openId.CorrelationCookie.SecurePolicy = openId.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            openId.Events.OnRemoteFailure = failed =>
            {
                failed.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OpenIdSignIn)).LogWarning(failed.Failure, "The directory's answer could not be used");
                failed.Response.Redirect(Refused);
                failed.HandleResponse();
                return Task.CompletedTask;
            };
        });

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Start, Begin).ExcludeFromDescription();
        app.MapGet(Done, Enter).ExcludeFromDescription();
    }

    private static IResult Begin(string? returnUrl, ServeOptions options) => options.OpenId is null
        ? TypedResults.Redirect(Refused)
        : TypedResults.Challenge(new AuthenticationProperties { RedirectUri = $"{Done}?returnUrl={Uri.EscapeDataString(DoorPaths.Safe(returnUrl))}" }, [Scheme]);

    private static async Task<IResult> Enter(string? returnUrl, HttpContext context, ServeOptions options, MemberUsers users, Sessions sessions, AuditTrail audit)
    {
        if (options.OpenId is not { } directory)
            return TypedResults.Redirect(Refused);
        var answer = await context.AuthenticateAsync(Brought);
        await context.SignOutAsync(Brought);
        if (answer.Principal is not { } said || said.FindFirstValue("sub") is not { Length: > 0 } subject)
            return TypedResults.Redirect(Refused);
        // Another directory may give the same number to somebody else.
        var issuer = directory.Authority.ToString();
        var email = said.FindFirstValue("email") ?? "";
        if (await Find(users, said, issuer, subject, email) is not { DisabledAt: null } member)
        {
            await audit.Write(null, email, "failed to sign in", detail: "the directory knows them, but no account here does", from: Admission.From(context));
            return TypedResults.Redirect(Refused);
        }

        await audit.Write(member.Id, member.Name, "signed in", detail: "with the directory", from: Admission.From(context));
        await sessions.Begin(context, member.Id);
        return TypedResults.Redirect(DoorPaths.Safe(returnUrl));
    }

    // An address that the directory has not verified may be anybody's.
    private static async Task<Member?> Find(MemberUsers users, ClaimsPrincipal said, string issuer, string subject, string email)
    {
        if (await users.FindByLoginAsync(issuer, subject) is { } known)
            return known;
        if (email.Length == 0 || !string.Equals(said.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase) || await users.FindByEmailAsync(email) is not { } member)
            return null;
        return (await users.AddLoginAsync(member, new UserLoginInfo(issuer, subject, "directory"))).Succeeded ? member : null;
    }
}
