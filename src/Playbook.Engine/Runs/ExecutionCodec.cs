namespace Playbook.Engine.Runs;

/// <summary>The stored form of the executions under way.</summary>
internal static class ExecutionCodec
{
    [Flags]
    private enum Parts
    {
        None = 0,
        IsBreaking = 1,
        ByBackwardConnection = 2,
        IsDetached = 4,
        HasCounter = 8,
        Counts = 16,
        Tokens = 32,
        Inputs = 64,
        Locals = 128,
        Memo = 256,
    }

    public static void Write(ActivityExecution execution, List<ActivityExecution> all, RunBinaryWriter writer)
    {
        writer.Number(execution.Id);
        writer.Number(execution.Node);
        // A parent that has ended has nothing to hear any more.
        writer.Number(execution.Parent is { } parent && all.Contains(parent) ? parent.Id : 0);
        writer.Byte((byte)execution.Status);
        writer.Number((int)PartsOf(execution));
        writer.Number(execution.Counter);
        if (execution.Counts is { } counts)
            WriteCounts(counts, writer);
        if (execution.Tokens is { } tokens)
        {
            writer.Number(tokens.Count);
            foreach (var token in tokens)
            {
                writer.Number(token.Source);
                writer.Text(token.Port);
                writer.Number(token.Target);
                writer.Byte((byte)((token.Consumed ? 1 : 0) | (token.Blocked ? 2 : 0)));
            }
        }

        if (execution.Inputs is { } inputs)
        {
            writer.Number(inputs.Length);
            foreach (var value in inputs)
                writer.Value(value);
        }

        if (execution.Locals is { } locals)
        {
            writer.Number(locals.Count);
            foreach (var local in locals)
            {
                writer.Text(local.Id);
                writer.Text(local.Name);
                writer.Text(local.TypeName);
                writer.Value(local.Value);
            }
        }

        if (execution.Memo is { } memo)
            writer.Dictionary(memo);
    }

    public static void ReadAll(ref RunBinaryReader reader, List<ActivityExecution> executions)
    {
        var parents = new List<int>();
        for (var rest = reader.Count(); rest > 0; rest--)
        {
            var id = reader.Whole();
            var node = reader.Whole();
            var parentId = reader.Whole();
            // A container is there before what it schedules; a circle would never end.
            if (parentId >= id)
                throw RunBinaryReader.Damaged();
            var execution = new ActivityExecution
            {
                Id = id,
                Node = node,
                Status = reader.Choice<ActivityStatus>(),
            };
            var parts = (Parts)reader.Number();
            execution.IsBreaking = parts.HasFlag(Parts.IsBreaking);
            execution.ByBackwardConnection = parts.HasFlag(Parts.ByBackwardConnection);
            execution.IsDetached = parts.HasFlag(Parts.IsDetached);
            execution.HasCounter = parts.HasFlag(Parts.HasCounter);
            execution.Counter = reader.Number();
            if (parts.HasFlag(Parts.Counts))
                execution.Counts = ReadCounts(ref reader);
            if (parts.HasFlag(Parts.Tokens))
                execution.Tokens = ReadTokens(ref reader);
            if (parts.HasFlag(Parts.Inputs))
            {
                execution.Inputs = new object?[reader.Count()];
                for (var i = 0; i < execution.Inputs.Length; i++)
                    execution.Inputs[i] = reader.Value();
            }

            if (parts.HasFlag(Parts.Locals))
            {
                execution.Locals = [];
                for (var locals = reader.Count(); locals > 0; locals--)
                    execution.Locals.Add(new LocalVariable(reader.RequiredText(), reader.RequiredText(), reader.RequiredText(), reader.Value()));
            }

            if (parts.HasFlag(Parts.Memo))
                execution.Memo = reader.Dictionary();
            executions.Add(execution);
            parents.Add(parentId);
        }

        for (var i = 0; i < parents.Count; i++)
            executions[i].Parent = parents[i] == 0 ? null : executions.Find(e => e.Id == parents[i]);
    }

    private static Parts PartsOf(ActivityExecution e) =>
        (e.IsBreaking ? Parts.IsBreaking : 0) | (e.ByBackwardConnection ? Parts.ByBackwardConnection : 0) | (e.IsDetached ? Parts.IsDetached : 0)
        | (e.HasCounter ? Parts.HasCounter : 0) | (e.Counts is not null ? Parts.Counts : 0) | (e.Tokens is not null ? Parts.Tokens : 0)
        | (e.Inputs is not null ? Parts.Inputs : 0) | (e.Locals is not null ? Parts.Locals : 0) | (e.Memo is not null ? Parts.Memo : 0);

    /// <summary>Most counts are zero: a run of zeros is written as its negative length.</summary>
    private static void WriteCounts(int[] counts, RunBinaryWriter writer)
    {
        writer.Number(counts.Length);
        for (var i = 0; i < counts.Length;)
        {
            var zeros = 0;
            while (i + zeros < counts.Length && counts[i + zeros] == 0)
                zeros++;
            writer.Number(zeros > 0 ? -zeros : counts[i]);
            i += Math.Max(zeros, 1);
        }
    }

    private static int[] ReadCounts(ref RunBinaryReader reader)
    {
        var counts = new int[reader.Count()];
        for (var i = 0; i < counts.Length;)
        {
            var number = reader.Number();
            if (number < i - counts.Length || number > int.MaxValue)
                throw RunBinaryReader.Damaged();
            if (number > 0)
                counts[i] = (int)number;
            i += (int)Math.Max(-number, 1);
        }

        return counts;
    }

    private static List<FlowToken> ReadTokens(ref RunBinaryReader reader)
    {
        var tokens = new List<FlowToken>();
        for (var rest = reader.Count(); rest > 0; rest--)
        {
            var token = new FlowToken((int)reader.Number(), reader.RequiredText(), (int)reader.Number());
            var flags = reader.Byte();
            token.Consumed = (flags & 1) != 0;
            token.Blocked = (flags & 2) != 0;
            tokens.Add(token);
        }

        return tokens;
    }
}
