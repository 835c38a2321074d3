using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.EndToEnd.Tests.Walls;

/// <summary>What a built assembly uses of others, read from its metadata and its code.</summary>
internal sealed class ScannedAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    private ScannedAssembly(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
    }

    /// <summary>Opens the assembly <paramref name="name"/> as it was built into the server or the command line.</summary>
    public static ScannedAssembly Open(string name) => new(
        Path.Combine(Path.GetDirectoryName(name == "tradeid" ? BuiltProgram.Tradeid : BuiltProgram.Server)!, name + ".dll"));

    /// <summary>Names of the assemblies that it refers to.</summary>
    public IReadOnlyList<string> References =>
        [.. _reader.AssemblyReferences.Select(handle => _reader.GetString(_reader.GetAssemblyReference(handle).Name))];

    /// <summary>Full names of the types of others, and of their members, that it refers to: <c>System.DateTime.get_UtcNow</c>.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. _reader.TypeReferences.Select(FullName),
        .. _reader.MemberReferences.Select(_reader.GetMemberReference)
            .SelectMany(member => OwnerNames(member.Parent).Select(owner => $"{owner}.{_reader.GetString(member.Name)}")),
    ];

    /// <summary>Pairs of a type of this assembly and an assembly that it uses a type of.</summary>
    public IEnumerable<(string Namespace, string Type, string UsedAssembly)> Uses()
    {
        foreach (var handle in _reader.TypeDefinitions)
        {
            var (space, name) = OutermostName(handle);
            foreach (var assembly in UsedBy(_reader.GetTypeDefinition(handle)).Found.Select(AssemblyOf).OfType<string>().Distinct())
            {
                yield return (space, name, assembly);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private UsedTypes UsedBy(TypeDefinition type)
    {
        var used = new UsedTypes(_reader);
        used.Add(type.BaseType);
        AddAttributes(used, type.GetCustomAttributes());
        foreach (var handle in type.GetInterfaceImplementations())
        {
            used.Add(_reader.GetInterfaceImplementation(handle).Interface);
        }

        foreach (var constraint in type.GetGenericParameters().SelectMany(p => _reader.GetGenericParameter(p).GetConstraints()))
        {
            used.Add(_reader.GetGenericParameterConstraint(constraint).Type);
        }

        foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            field.DecodeSignature(used, null);
            AddAttributes(used, field.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            AddMethod(used, method);
        }

        return used;
    }

    private void AddMethod(UsedTypes used, MethodDefinition method)
    {
        method.DecodeSignature(used, null);
        AddAttributes(used, method.GetCustomAttributes());
        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            used.Add(body.LocalSignature);
        }

        foreach (var region in body.ExceptionRegions.Where(region => !region.CatchType.IsNil))
        {
            used.Add(region.CatchType);
        }

        foreach (var token in MethodTokens.Of(body.GetILBytes() ?? []))
        {
            used.Add(token);
        }
    }

    private void AddAttributes(UsedTypes used, CustomAttributeHandleCollection attributes)
    {
        foreach (var handle in attributes)
        {
            used.Add(_reader.GetCustomAttribute(handle).Constructor);
        }
    }

    private IEnumerable<string> OwnerNames(EntityHandle owner)
    {
        var types = new UsedTypes(_reader);
        types.Add(owner);
        return types.Found.Select(FullName);
    }

    private string FullName(TypeReferenceHandle handle)
    {
        var type = _reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{FullName((TypeReferenceHandle)type.ResolutionScope)}.{_reader.GetString(type.Name)}"
            : $"{_reader.GetString(type.Namespace)}.{_reader.GetString(type.Name)}";
    }

    private string? AssemblyOf(TypeReferenceHandle handle) => _reader.GetTypeReference(handle).ResolutionScope is { IsNil: false } scope
        ? scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf((TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => _reader.GetString(_reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => null,
        }
        : null;

    private (string Namespace, string Name) OutermostName(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } declaring
            ? OutermostName(declaring)
            : (_reader.GetString(type.Namespace), _reader.GetString(type.Name));
    }
}
