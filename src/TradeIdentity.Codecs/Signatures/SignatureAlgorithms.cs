using System.Security.Cryptography;

namespace TradeIdentity.Codecs.Signatures;

/// <summary>The names of signature algorithms in COSE and JOSE.</summary>
public static class SignatureAlgorithms
{
    /// <summary>The algorithm of a COSE number; <see cref="SignatureAlgorithm.None"/> for one that is not verified here.</summary>
    public static SignatureAlgorithm FromCose(long? number) => number switch
    {
        -7 => SignatureAlgorithm.ES256,
        -35 => SignatureAlgorithm.ES384,
        -36 => SignatureAlgorithm.ES512,
        -37 => SignatureAlgorithm.PS256,
        -38 => SignatureAlgorithm.PS384,
        -39 => SignatureAlgorithm.PS512,
        -257 => SignatureAlgorithm.RS256,
        _ => SignatureAlgorithm.None,
    };

    /// <summary>The algorithm of a JOSE name, compared with case; <see cref="SignatureAlgorithm.None"/> for one that is not verified here.</summary>
    public static SignatureAlgorithm FromJose(string? name) => name switch
    {
        "ES256" => SignatureAlgorithm.ES256,
        "ES384" => SignatureAlgorithm.ES384,
        "ES512" => SignatureAlgorithm.ES512,
        "PS256" => SignatureAlgorithm.PS256,
        "PS384" => SignatureAlgorithm.PS384,
        "PS512" => SignatureAlgorithm.PS512,
        "RS256" => SignatureAlgorithm.RS256,
        _ => SignatureAlgorithm.None,
    };

    internal static HashAlgorithmName HashOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.ES384 or SignatureAlgorithm.PS384 => HashAlgorithmName.SHA384,
        SignatureAlgorithm.ES512 or SignatureAlgorithm.PS512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    internal static bool IsEcdsa(SignatureAlgorithm algorithm) =>
        algorithm is SignatureAlgorithm.ES256 or SignatureAlgorithm.ES384 or SignatureAlgorithm.ES512;
}
