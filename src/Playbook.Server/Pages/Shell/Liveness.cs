namespace Playbook.Server.Pages.Shell;

/// <summary>
/// Whether the page hears what a person does: it is drawn before that. The top bar shows it (<c>header.bar[data-live]</c>) to
/// trials and to whoever measures; a page that listens to keys holds it back until it does.
/// </summary>
public sealed class Liveness
{
    private int _awaited;

    public bool IsComplete => _awaited == 0;

    public event Action? Changed;

    /// <summary>The page does not count as alive until what is returned is disposed.</summary>
    public IDisposable Await()
    {
        _awaited++;
        Changed?.Invoke();
        return new Awaited(this);
    }

    private sealed class Awaited(Liveness of) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (_isOver)
                return;
            _isOver = true;
            of._awaited--;
            of.Changed?.Invoke();
        }
    }
}
