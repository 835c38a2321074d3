using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace TradeIdentity.Authority.Tests.Configuration;

/// <summary>The environment that a start believes to be in.</summary>
internal sealed class ConfiguredEnvironment(string name) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "TradeIdentity";

    public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
