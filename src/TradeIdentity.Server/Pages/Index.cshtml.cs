using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Server.Demonstration;

namespace TradeIdentity.Server.Pages;

/// <summary>What this is, where to sign in, and where programs find what they need.</summary>
public sealed class IndexModel(IHostEnvironment environment) : PageModel
{
    public bool IsDemonstration => environment.IsDevelopment();

    public string DemonstrationClientId => DemonstrationClient.ClientId;

    public string DemonstrationAccountsFile => DemonstrationPeople.File;

    public string DemonstrationSecretFile => DemonstrationClient.SecretFile;
}
