using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>Runs an <see cref="IActivity"/>: what the sales domain and plugins bring.</summary>
internal sealed class PluginActivity(IActivity activity) : ActivityBehavior
{
    public override ActivityDescription Description => activity.Description;

    public override bool EvaluatesInputs => false;

    public override void Execute(Turn turn, ActivityExecution self)
    {
        Containers.Declare(turn, self);
        Take(turn, self, activity.Execute(new Context(turn, self)), null);
    }

    public override void Resume(Turn turn, ActivityExecution self, RunBookmark bookmark, Stimulus stimulus) =>
        Take(turn, self, activity.Resume(new Context(turn, self), stimulus), stimulus);

    private static void Take(Turn turn, ActivityExecution self, ActivityResult result, Stimulus? stimulus)
    {
        if (result is ActivityResult.Waiting waiting)
        {
            if (waiting.Instead)
                turn.WaitForNothing(self);
            foreach (var bookmark in waiting.Bookmarks)
                turn.Wait(self, bookmark);
            if (!turn.IsWaiting(self))
                throw new InvalidOperationException($"The activity '{turn.NodeOf(self).Id}' waits for nothing, so nothing could ever wake it.");
        }

        foreach (var effect in result.Effects)
        {
            if (effect is Effect.RecordFact fact)
                turn.Record(self, RunEventKind.Fact, fact.Name, fact.Data);
            else
                turn.Emit(self, effect);
        }

        switch (result)
        {
            case ActivityResult.Failed failed:
                throw new InvalidOperationException(failed.Reason);
            case ActivityResult.Completed completed:
                foreach (var (name, value) in completed.Outputs)
                    turn.SetOutput(self, name, RunValues.Copy(value));
                if (stimulus is Stimulus.TaskCompleted answer)
                    FillVariables(turn, self, answer);
                var outcomes = completed.Outcomes.Count == 0 ? null : completed.Outcomes;
                if (outcomes is not null)
                    (turn.State.PreviousOutcomes ??= [])[turn.NodeOf(self).Id] = outcomes[0];
                turn.Complete(self, outcomes);
                break;
        }
    }

    /// <summary>What a rep answered goes into the run's variables of the same name.</summary>
    private static void FillVariables(Turn turn, ActivityExecution self, Stimulus.TaskCompleted answer)
    {
        var scope = turn.ScopeOf(self);
        foreach (var (name, value) in answer.Fields)
            scope.TrySetVariable(name, RunValues.Copy(value));
    }

    private sealed class Context(Turn turn, ActivityExecution self) : IActivityContext
    {
        public string ActivityId => turn.NodeOf(self).Id;
        public DateTimeOffset Now => turn.Now;
        public Subject Subject => turn.State.Subject;
        public IDictionary<string, object?> Memo => self.Memo ??= [];

        public T? Input<T>(string name)
        {
            foreach (var binding in turn.NodeOf(self).Inputs)
            {
                if (!binding.Input.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    continue;
                var value = RunValues.Copy(Value(binding));
                if (value is null)
                    return default;
                if (value is T typed)
                    return typed;
                var target = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
                if (value is List<object?> list && target.IsAssignableFrom(typeof(List<string>)))
                    return (T)(object)list.ConvertAll(item => ValueConversion.To(item, "String") as string ?? "");
                if (value is List<object?> items && target == typeof(string[]))
                    return (T)(object)items.ConvertAll(item => ValueConversion.To(item, "String") as string ?? "").ToArray();
                return ValueConversion.To(value, target.Name) is T converted
                    ? converted
                    : throw new ExpressionException($"The input '{name}' is {value.GetType().Name}, not {target.Name}.");
            }

            throw new ExpressionException($"The activity has no input '{name}'.");
        }

        /// <summary>Unlike Elsa's own activities, which get the text, ours get the structure that an Object expression describes.</summary>
        private object? Value(InputBinding binding)
        {
            if (binding.Expression is not { Type: "Object" or "Json", Text: { Length: > 0 } json } || binding.Input.Type != "Object")
                return turn.EvaluateInput(self, binding);
            try
            {
                return RunValues.FromJson(JsonElement.Parse(json));
            }
            catch (JsonException e)
            {
                throw new ExpressionException($"The input '{binding.Input.Name}' is not valid JSON: {e.Message}", e);
            }
        }

        public object? Evaluate(string type, string expression) => turn.Evaluate(self, new Expression(type, expression), "Object");
    }
}
