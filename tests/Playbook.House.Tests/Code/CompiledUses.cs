using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Playbook.House.Code;

/// <summary>A type or member of another assembly that a compiled assembly uses.</summary>
/// <param name="Assembly">Who uses it.</param>
/// <param name="Of">The assembly that the type was found in at compile time.</param>
/// <param name="Member">Null for the type itself.</param>
/// <param name="Parameters">How many parameters the member takes.</param>
internal sealed record CompiledUse(string Assembly, string Of, string Type, string? Member = null, int Parameters = 0)
{
    public override string ToString() => Member is null ? $"{Type} ({Of})" : $"{Type}.{Member}";
}

/// <summary>What the compiled assemblies of src use, read from their metadata: no pragma hides anything from it.</summary>
internal static class CompiledUses
{
    public static IReadOnlyList<string> Source { get; } = ["Playbook.Abstractions", "Playbook.Engine", "Playbook.Sales", "Playbook.Storage", "playbook"];

    public static IEnumerable<CompiledUse> Of(params IEnumerable<string> assemblies) =>
        assemblies.SelectMany(assembly => Read(assembly, Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));

    public static IReadOnlyList<CompiledUse> Read(string assembly, string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var uses = metadata.TypeReferences.Select(handle => TypeUse(assembly, metadata, handle)).ToList();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
                continue;
            var type = TypeUse(assembly, metadata, (TypeReferenceHandle)member.Parent);
            uses.Add(type with { Member = metadata.GetString(member.Name), Parameters = ParametersOf(metadata, member) });
        }

        return uses;
    }

    private static int ParametersOf(MetadataReader metadata, MemberReference member)
    {
        if (member.GetKind() != MemberReferenceKind.Method)
            return 0;
        var signature = metadata.GetBlobReader(member.Signature);
        if (signature.ReadSignatureHeader().IsGeneric)
            signature.ReadCompressedInteger();
        return signature.ReadCompressedInteger();
    }

    private static CompiledUse TypeUse(string assembly, MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var outer = TypeUse(assembly, metadata, (TypeReferenceHandle)type.ResolutionScope);
            return outer with { Type = $"{outer.Type}.{name}" };
        }

        var of = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            : "";
        return new CompiledUse(assembly, of, $"{metadata.GetString(type.Namespace)}.{name}");
    }
}
