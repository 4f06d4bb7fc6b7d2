using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Playbook.Server.Access;

/// <summary>An open page has no requests: who sits before it is looked up when it opens, and again whenever members change.</summary>
internal sealed class CircuitAccess(CurrentPerson person, AuthenticationStateProvider states, MemberBook book) : CircuitHandler, IDisposable
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        person.Become(Caller.Of((await states.GetAuthenticationStateAsync()).User));
        book.Changed += Look;
        Look();
    }

    /// <summary>What is clicked on a page that was left open is not done for somebody who is not in any more.</summary>
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => context =>
    {
        Look();
        return person.IsSignedIn ? next(context) : Task.CompletedTask;
    };

    public void Dispose() => book.Changed -= Look;

    private void Look()
    {
        if (person.SessionId is { } id)
            person.Become(book.OfSession(id) is { } member ? Caller.Of(member, id) : null);
    }
}
