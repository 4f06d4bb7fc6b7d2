using Playbook.Server.Definitions;
using Playbook.Server.ElsaApi.Definitions.Documents;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Definitions;

/// <summary>
/// Tells why a definition was not taken in the form that Elsa's clients show to people: each sentence among the problem's
/// <c>errors</c>.
/// </summary>
internal sealed class DefinitionProblems : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DocumentException bad)
        {
            return ElsaErrors.Of(bad.Message);
        }
        catch (PlaybookErrorsException errors)
        {
            return ElsaErrors.Of([.. errors.Errors.Select(error => error.ActivityId is null ? error.Message : $"{error.ActivityId}: {error.Message}")]);
        }
        catch (DefinitionConflictException conflict)
        {
            return ElsaErrors.Of([conflict.Message], StatusCodes.Status409Conflict, new Dictionary<string, object?>
            {
                ["savedBy"] = conflict.Current.CreatedBy, ["savedAt"] = conflict.Current.DocumentAt, ["version"] = conflict.Current.Version,
            });
        }
        catch (DefinitionException refused)
        {
            return ElsaErrors.Of(refused.Message, StatusCodes.Status422UnprocessableEntity);
        }
    }
}
