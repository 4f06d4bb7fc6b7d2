namespace Playbook.Sales.Experiments;

/// <summary>One subject of an experiment, as soon as it is known how it went.</summary>
/// <param name="Variant">The way that was tried.</param>
/// <param name="AssignedAt">When; answers are taken in this order.</param>
/// <param name="Succeeded">Whether it did what the experiment hopes for.</param>
/// <param name="OptedOut">Whether the subject wants no more.</param>
public sealed record Answer(string Variant, DateTimeOffset AssignedAt, bool Succeeded, bool OptedOut = false);

/// <summary>How an experiment was set up.</summary>
/// <param name="Control">The way that is in use already.</param>
/// <param name="Weights">The share that each variant was to get, in any unit; the control is one of them.</param>
/// <param name="PlannedPerVariant">The size decided on before it began; null where nobody planned.</param>
public sealed record ExperimentDesign(string Control, IReadOnlyDictionary<string, double> Weights, long? PlannedPerVariant);
