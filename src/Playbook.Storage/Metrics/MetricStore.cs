using Playbook.Storage.Runs.Reading;
using Playbook.Storage.Runs.Writing;

namespace Playbook.Storage.Metrics;

/// <summary>What is measured.</summary>
public sealed class MetricStore : IDisposable
{
    internal MetricStore(ReadPool reads, StoreWriter writer)
    {
        Rollup = new(reads, writer);
        Days = new(reads);
        Marks = new(reads);
        Sales = new(reads);
        Heat = new(reads);
        Settings = new(reads, writer);
    }

    /// <summary>Keeps the count of what happened up to date.</summary>
    public Rollup Rollup { get; }

    /// <summary>What happened, per day.</summary>
    public DayQueries Days { get; }

    /// <summary>How subjects came from one thing to the next.</summary>
    public MarkQueries Marks { get; }

    /// <summary>What came of sales.</summary>
    public SalesFigures Sales { get; }

    /// <summary>How the steps of a playbook fare.</summary>
    public HeatQueries Heat { get; }

    /// <summary>Goals, costs, experiments, and forecasts as they were made.</summary>
    public ResultSettings Settings { get; }

    public void Dispose() => Rollup.Dispose();
}
