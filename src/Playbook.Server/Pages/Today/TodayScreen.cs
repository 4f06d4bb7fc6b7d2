using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Playbook.Sales.Queue;
using Playbook.Server.Access;
using Playbook.Server.Pages.Shell;
using Playbook.Server.Queue;
using Playbook.Storage.Queue;

namespace Playbook.Server.Pages.Today;

/// <summary>What the rep's page does; how it looks stands beside it.</summary>
public abstract partial class TodayScreen : PagePart, IAsyncDisposable
{
    private static readonly TimeSpan ListSettles = TimeSpan.FromMilliseconds(700);

    private DotNetObjectReference<TodayScreen>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _browser;
    private IDisposable? _awaited;
    private Settling? _settling;
    private string? _settle = "step";
    private string _loadedRole = "?";
    private string? _loadedTask;

    [Inject] private IStringLocalizer<Texts> L { get; set; } = null!;
    [Inject] internal TodayShelf Shelf { get; set; } = null!;
    [Inject] internal StepDesk Desk { get; set; } = null!;
    [Inject] internal AnswerDesk Answers { get; set; } = null!;
    [Inject] internal PromiseDesk Promises { get; set; } = null!;
    [Inject] internal TaskDesk Tasks { get; set; } = null!;
    [Inject] internal QueueBook Book { get; set; } = null!;
    [Inject] internal OpenWork Work { get; set; } = null!;
    [Inject] internal TimeWords Times { get; set; } = null!;
    [Inject] internal CurrentPerson Current { get; set; } = null!;
    [Inject] internal Notices Notices { get; set; } = null!;
    [Inject] internal NavigationManager Navigation { get; set; } = null!;
    [Inject] internal Liveness Liveness { get; set; } = null!;
    [Inject] internal IJSRuntime Js { get; set; } = null!;
    [Inject] internal ILogger<TodayScreen> Log { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Role { get; set; }
    [SupplyParameterFromQuery(Name = "task")] public string? TaskId { get; set; }

    private protected ElementReference Page { get; set; }
    private protected TodayPlan? Plan { get; private set; }
    private protected Step? Shown { get; private set; }
    private protected FormState Form { get; private set; } = new();
    private protected List<Undoable> Done { get; } = [];
    private protected string? Fault { get; private set; }

    /// <summary>Why the step that is shown can no longer be done; null where it can.</summary>
    private protected string? Gone { get; private set; }

    private protected bool IsBusy { get; private set; }
    private protected PanelKind Panel { get; private set; }
    private protected bool ShowsKeys { get; private set; }
    private protected IReadOnlyList<string> People { get; private set; } = [];

    private protected string? Chosen => Shown?.Task.Id;

    private protected string Me => Current.Name;

    protected override void OnInitialized() => _awaited = Liveness.Await();

    protected override async Task OnParametersSetAsync()
    {
        if (_loadedRole == (Role ?? "") && _loadedTask == TaskId)
            return;
        (_loadedRole, _loadedTask) = (Role ?? "", TaskId);
        await LoadAndShow();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _settling = new Settling(ListSettles, () => InvokeAsync(Refresh));
            Work.Changed += OnChanged;
            Answers.CameLate += OnLate;
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Pages/Today/TodayPage.razor.js");
            _browser = await _module.InvokeAsync<IJSObjectReference>("listen", Page, _self);
            _awaited?.Dispose();
        }

        if (_settle is { } what && _browser is not null && (Shown is not null || what == "panel"))
        {
            _settle = null;
            if (await _browser.InvokeAsync<Restored?>("settle", what) is { } restored)
                Restore(restored);
        }
    }

    private protected async Task LoadAndShow()
    {
        try
        {
            Plan = await Shelf.Load(Wanted, Me);
            People = await Shelf.People(Me);
            Fault = null;
            ReadHeld();
            await Show(TaskId is { Length: > 0 } asked && Shown is null ? asked : Plan.Today.Count > 0 ? Plan.Today[0].Task.Id : null);
        }
        catch (Exception fault) when (fault is Playbook.Storage.Runs.StoreException or System.Data.Common.DbException or Playbook.Storage.Definitions.DefinitionException)
        {
            Log.LogError(fault, "The day could not be read");
            Fault = fault.Message;
        }
    }

    private protected async Task Show(string? taskId)
    {
        Form = new FormState();
        Panel = PanelKind.None;
        ShowsKeys = false;
        Shown = taskId is null ? null : await Desk.Open(taskId, Me);
        if (taskId is not null && Shown is null)
            Notices.Warn(L["That task is gone. The list shows what is open now."]);
        Gone = taskId is null ? null : Desk.WhyGone(taskId, Me);
        _settle = "step";
    }

    private protected Task Choose(string taskId) => Show(taskId);

    private protected void ChooseRole(string role) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["role"] = role.Length == 0 ? null : role, ["task"] = null }));

    /// <summary>The next one in the queue after what is shown; the first again after the last.</summary>
    private protected async Task Next()
    {
        Plan = await Shelf.Load(Wanted, Me);
        var order = Plan.All.Select(item => item.Task.Id).ToList();
        var here = Chosen is { } chosen ? order.IndexOf(chosen) : -1;
        await Show(order.Count == 0 ? null : Gone is not null && here < 0 ? order[0] : order[(here + 1) % order.Count]);
    }

    private protected void ToggleKeys()
    {
        ShowsKeys = !ShowsKeys;
        _settle = ShowsKeys ? "panel" : "none";
    }

    private protected void Open(PanelKind panel)
    {
        Panel = panel;
        _settle = panel == PanelKind.None ? "none" : "panel";
    }

    private protected void Unchoose() => (Form.Outcome, Form.IsSending) = (null, false);

    /// <summary>The browser asks for the fields of an outcome.</summary>
    [JSInvokable]
    public void Ask(string outcome)
    {
        Form.Outcome = outcome;
        Form.IsSending = false;
        Form.Problems = new Dictionary<string, string>();
        _settle = "form";
        StateHasChanged();
    }

    /// <summary>What was typed before is not wanted.</summary>
    [JSInvokable]
    public void Forget()
    {
        Form = new FormState { Outcome = Form.Outcome };
        StateHasChanged();
    }

    private string? Wanted => string.IsNullOrEmpty(Role) ? null : Role;

    private void Restore(Restored restored)
    {
        Form.KeptAt = DateTimeOffset.FromUnixTimeMilliseconds(restored.At);
        if (Form.Outcome is null && restored.Outcome is { Length: > 0 } outcome && outcome != "*" && Shown!.Task.Request.Outcomes.Contains(outcome, StringComparer.Ordinal))
        {
            Form.Outcome = outcome;
            _settle = "form";
        }

        StateHasChanged();
    }

    private void OnChanged(IReadOnlyCollection<string> taskIds) => _settling?.Ask();

    private void OnLate(HeldAnswer answer, string why)
    {
        if (answer.By == Me)
            _ = InvokeAsync(() => Notices.Warn(L["Your answer '{0}' came too late and was not stored: {1}", answer.Outcome, why]));
    }

    /// <summary>Somebody did something: the list follows quietly, and the step says so where it is gone; what was typed stays.</summary>
    private async Task Refresh()
    {
        try
        {
            Plan = await Shelf.Load(Wanted, Me);
            ReadHeld();
            if (Chosen is { } chosen)
                Gone ??= Desk.WhyGone(chosen, Me);
            else if (Plan.Today.Count > 0)
                await Show(Plan.Today[0].Task.Id);
            StateHasChanged();
        }
        catch (Exception fault) when (fault is Playbook.Storage.Runs.StoreException or System.Data.Common.DbException or ObjectDisposedException)
        {
            Log.LogWarning(fault, "The queue could not be refreshed; it is with the next change");
        }
    }

    private void ReadHeld()
    {
        var held = Book.Held().Where(answer => answer.By == Me).ToDictionary(answer => answer.TaskId, StringComparer.Ordinal);
        Done.RemoveAll(done => done.Answer is { } answer && !held.ContainsKey(answer.TaskId));
        foreach (var answer in held.Values.Where(answer => !Done.Exists(done => done.Answer?.TaskId == answer.TaskId)))
        {
            var who = Work.Find(answer.TaskId)?.Who ?? L["The task"];
            Done.Insert(0, new Undoable(answer.Written is null ? $"{who}: {answer.Outcome}." : L["Message to {0}: {1}.", who, answer.Outcome], answer, []));
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Work.Changed -= OnChanged;
        Answers.CameLate -= OnLate;
        _settling?.Dispose();
        _awaited?.Dispose();
        try
        {
            if (_browser is not null)
            {
                await _browser.InvokeVoidAsync("stop");
                await _browser.DisposeAsync();
            }

            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its listeners with it.
        }

        _self?.Dispose();
    }

    private sealed record Restored(long At, string? Outcome);
}
