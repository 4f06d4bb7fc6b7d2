using Playbook.Sales.Queue;

namespace Playbook.Server.Pages.Today;

/// <summary>Something that was just done and can still be taken back.</summary>
/// <param name="Said">What was done, in words.</param>
/// <param name="Answer">An answer that no run has heard yet; null where tasks were moved.</param>
/// <param name="Moves">The moves; empty for an answer.</param>
public sealed record Undoable(string Said, HeldAnswer? Answer, IReadOnlyList<TaskMove> Moves);
