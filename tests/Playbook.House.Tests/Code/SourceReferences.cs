using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Playbook.House.Projects;

namespace Playbook.House.Code;

/// <summary>Code in one file that uses a type declared in another. A mention in a comment is not a use.</summary>
/// <param name="Type">The outermost type used, with its namespace.</param>
internal sealed record SourceReference(string From, string To, string Type);

/// <summary>The references between the C# files of src, as the compiler understands them. Razor files are not seen.</summary>
internal static class SourceReferences
{
    private static readonly Lazy<IReadOnlyList<SourceReference>> Found = new(() => Between(Sources()));

    public static IReadOnlyList<SourceReference> All => Found.Value;

    /// <summary>Each project is compiled on its own, in order, since each has usings and inner types of its own.</summary>
    public static IReadOnlyList<SourceReference> Between(IEnumerable<IReadOnlyList<RepositoryFile>> projects)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("playbook", StringComparison.OrdinalIgnoreCase))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToList();
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, metadataImportOptions: MetadataImportOptions.All);
        var compilations = new List<CSharpCompilation>();
        var references = new HashSet<SourceReference>();
        foreach (var files in projects)
        {
            var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path)).Append(GlobalUsings);
            var compilation = CSharpCompilation.Create(
                $"Source{compilations.Count}",
                trees,
                platform.Concat(compilations.Select(below => below.ToMetadataReference())),
                options);
            foreach (var tree in compilation.SyntaxTrees.Where(tree => tree != GlobalUsings))
                Read(compilation.GetSemanticModel(tree), references);
            compilations.Add(compilation);
        }

        return references.ToList();
    }

    // What the SDKs give each project by ImplicitUsings; those for the web do no harm below.
    private static readonly SyntaxTree GlobalUsings = CSharpSyntaxTree.ParseText(string.Concat(new[]
    {
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    }.Select(name => $"global using {name};\n")));

    private static IEnumerable<IReadOnlyList<RepositoryFile>> Sources()
    {
        var left = Project.All.Where(project => project.TopFolder == "src").ToList();
        while (left.Count > 0)
        {
            var next = left.FirstOrDefault(project => !project.References.Any(name => left.Any(other => other.Name == name)))
                ?? throw new InvalidOperationException($"The projects reference each other in a circle: {string.Join(", ", left.Select(project => project.Name))}.");
            left.Remove(next);
            yield return Repository.Below(Path.GetDirectoryName(next.Path)!.Replace('\\', '/'))
                .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) && !file.Folders.Contains("Migrations"))
                .ToList();
        }
    }

    private static void Read(SemanticModel model, HashSet<SourceReference> references)
    {
        var from = model.SyntaxTree.FilePath;
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax))
                continue;
            var info = model.GetSymbolInfo(node);
            foreach (var symbol in info.Symbol is { } one ? [one] : info.CandidateSymbols)
                if (Outermost(symbol) is { } type && !DeclaredIn(type, from))
                    foreach (var to in FilesOf(symbol, type))
                        references.Add(new SourceReference(from, to, type.ToDisplayString()));
        }
    }

    private static INamedTypeSymbol? Outermost(ISymbol symbol)
    {
        var type = symbol switch
        {
            INamedTypeSymbol named => named,
            IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType,
            _ => null,
        };
        while (type?.ContainingType is { } outer)
            type = outer;
        return type is { IsTupleType: false, IsAnonymousType: false } ? type.OriginalDefinition : null; // a tuple is declared wherever it is written
    }

    private static bool DeclaredIn(INamedTypeSymbol type, string file) =>
        type.DeclaringSyntaxReferences.Any(part => part.SyntaxTree.FilePath == file);

    /// <summary>Of a type in several files, the file that declares the member used.</summary>
    private static IEnumerable<string> FilesOf(ISymbol symbol, INamedTypeSymbol type)
    {
        var parts = symbol.OriginalDefinition.DeclaringSyntaxReferences is { Length: > 0 } own ? own : type.DeclaringSyntaxReferences;
        return parts.Select(part => part.SyntaxTree.FilePath).Distinct();
    }
}
