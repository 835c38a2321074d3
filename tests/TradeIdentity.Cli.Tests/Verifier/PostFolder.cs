using TradeIdentity.Codecs.QrText;
using TradeIdentity.Tests.Processes;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Tests;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Cli.Tests.Verifier;

/// <summary>The folder of a post: an anchor, a bundle of a test's issuer, and no network. Times are arguments.</summary>
public sealed class PostFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("tradeidentity-post-").FullName;

    public PostFolder()
    {
        Text = Issuer.Text(TestIssuer.Company);
        Write("anchor.jwk", System.Text.Encoding.UTF8.GetBytes(Issuer.AnchorKey.Anchor.ToJwk()));
        Write("trust.bundle", Issuer.File(Issuer.Content()));
    }

    internal TestIssuer Issuer { get; } = new();

    /// <summary>A text that is accepted at <see cref="TestIssuer.Now"/>.</summary>
    internal string Text { get; }

    internal string In(string file) => Path.Combine(_path, file);

    internal void Write(string file, byte[] content) => File.WriteAllBytes(In(file), content);

    internal Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.TradeidAsync(_path, arguments);

    internal Task<ProgramRun> VerifyAsync(params string[] arguments) => RunAsync(Verify(arguments));

    internal Task<ProgramRun> VerifyWithInputAsync(string input, params string[] arguments) => ProgramRun.ExecuteAsync(Start(Verify(arguments)), input);

    internal System.Diagnostics.ProcessStartInfo Start(string[] arguments) => ProgramRun.Start(_path, "dotnet", [BuiltProgram.Tradeid, .. arguments]);

    internal static string[] Verify(params string[] arguments) =>
        ["verify", "--bundle", "trust.bundle", "--anchor", "anchor.jwk", "--at", "2026-03-01T13:00:00Z", .. arguments];

    /// <summary>The text of a credential that <paramref name="key"/> signed, in the bundle or not.</summary>
    internal static string TextBy(TestKey key, Credential credential) => Ti1Text.Encode(key.Sign(CredentialWriter.Type, CredentialWriter.Write(credential)));

    internal byte[] Bundle(long sequence, TestKey? signer = null, params IReadOnlyList<TrustAnchor> announced) => (signer ?? Issuer.AnchorKey).Sign(
        BundleWriter.Type, BundleWriter.Write(Issuer.Content() with { Sequence = sequence, AnnouncedAnchors = announced }));

    public void Dispose()
    {
        Issuer.Dispose();
        Directory.Delete(_path, recursive: true);
    }
}
