namespace Playbook.Server.ElsaApi.Definitions;

/// <summary>An answer that also says where what was made is.</summary>
internal sealed class Located(IResult answer, string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = location;
        return answer.ExecuteAsync(httpContext);
    }
}
