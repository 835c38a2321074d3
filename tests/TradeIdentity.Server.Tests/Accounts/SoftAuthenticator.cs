using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TradeIdentity.Server.Tests.Accounts;

/// <summary>An authenticator of software: what a browser and a security key answer together (WebAuthn §5.1.3, §5.1.4), ES256, no attestation.</summary>
internal sealed class SoftAuthenticator(string origin = "http://localhost:5080", string domain = "localhost") : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _credentialId = RandomNumberGenerator.GetBytes(32);
    private string? _userHandle;
    private uint _count;

    /// <summary>User present, user verified, backup eligible, backed up.</summary>
    public byte Flags { get; set; } = 0x01 | 0x04;

    public string Create(string optionsJson)
    {
        var options = JsonNode.Parse(optionsJson)!;
        _userHandle = (string)options["user"]!["id"]!;
        var attestation = new CborWriter();
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString([.. AuthenticatorData((byte)(Flags | 0x40)), .. new byte[16], 0, (byte)_credentialId.Length, .. _credentialId, .. CoseKey()]);
        attestation.WriteEndMap();
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData("webauthn.create", options)),
            ["attestationObject"] = Base64Url.EncodeToString(attestation.Encode()),
            ["transports"] = new JsonArray("internal"),
        });
    }

    public string Get(string optionsJson)
    {
        _count++;
        var clientData = ClientData("webauthn.get", JsonNode.Parse(optionsJson)!);
        var data = AuthenticatorData(Flags);
        var signature = _key.SignData([.. data, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(clientData),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = _userHandle,
        });
    }

    public void Dispose() => _key.Dispose();

    private string Answer(JsonObject response) => new JsonObject
    {
        ["id"] = Base64Url.EncodeToString(_credentialId),
        ["rawId"] = Base64Url.EncodeToString(_credentialId),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();

    private byte[] ClientData(string type, JsonNode options) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { type, challenge = (string)options["challenge"]!, origin, crossOrigin = false }));

    private byte[] AuthenticatorData(byte flags) =>
        [.. SHA256.HashData(Encoding.ASCII.GetBytes(domain)), flags, (byte)(_count >> 24), (byte)(_count >> 16), (byte)(_count >> 8), (byte)_count];

    private byte[] CoseKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new CborWriter(CborConformanceMode.Ctap2Canonical);
        key.WriteStartMap(5);
        key.WriteInt32(1);
        key.WriteInt32(2);
        key.WriteInt32(3);
        key.WriteInt32(-7);
        key.WriteInt32(-1);
        key.WriteInt32(1);
        key.WriteInt32(-2);
        key.WriteByteString(point.X!);
        key.WriteInt32(-3);
        key.WriteByteString(point.Y!);
        key.WriteEndMap();
        return key.Encode();
    }
}
