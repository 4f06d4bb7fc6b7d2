using System.Reflection;
using System.Runtime.Loader;
using Playbook.Abstractions;

namespace Playbook.Server.Plugins;

/// <summary>
/// Where a plugin's assemblies live, apart from the server's and other plugins'; goes with everything in it once nothing holds
/// it. It keeps versions apart, not intentions: a plugin may do whatever the server's account may.
/// </summary>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private static readonly string Shared = typeof(IChannelPlugin).Assembly.GetName().Name!;

    private readonly string _assemblyPath;
    private readonly AssemblyDependencyResolver _resolver;

    public PluginLoadContext(string assemblyPath)
        : base(assemblyPath, isCollectible: true)
    {
        _assemblyPath = assemblyPath;
        _resolver = new AssemblyDependencyResolver(assemblyPath);
    }

    public Assembly LoadMain() => LoadFile(_assemblyPath);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The one thing that both sides must mean by the same types; a copy in the plugin's folder would be another world.
        if (assemblyName.Name == Shared)
            return null;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFile(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : nint.Zero;

    // From memory, so that an author can build over a file that is in use; a mapped file that is overwritten ends the process.
    private Assembly LoadFile(string path)
    {
        using var code = new MemoryStream(File.ReadAllBytes(path));
        var symbols = Path.ChangeExtension(path, ".pdb");
        if (!File.Exists(symbols))
            return LoadFromStream(code);
        using var lines = new MemoryStream(File.ReadAllBytes(symbols));
        return LoadFromStream(code, lines);
    }
}
