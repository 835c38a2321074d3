using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace TradeIdentity.Authority.Keys;

/// <summary>Seals the framework's data protection keys under the key encryption key before they are stored.</summary>
internal sealed class SealedXmlEncryptor(KeyEncryptionKey encryptionKey) : IXmlEncryptor
{
    internal const string Owner = "data protection key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("sealed", Convert.ToBase64String(Seal(encryptionKey).Seal(Owner, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting))))),
        typeof(SealedXmlDecryptor));

    internal static SecretSeal Seal(KeyEncryptionKey encryptionKey) => new(encryptionKey, "data protection");
}
