using System.Security.Cryptography;
using TradeIdentity.Codecs.Signatures;

namespace TradeIdentity.Codecs.Tests;

/// <summary>Keys made for a test, and gone with it.</summary>
public static class TestKeys
{
    public static ECDsa P256() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static VerificationKey P256Verification()
    {
        using var key = P256();
        return Verification(key);
    }

    public static VerificationKey Verification(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Assert.True(VerificationKey.TryFromPoint(1, point.X, point.Y, out var verification));
        return verification;
    }
}
