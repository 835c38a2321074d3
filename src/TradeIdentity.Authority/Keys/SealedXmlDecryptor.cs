using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace TradeIdentity.Authority.Keys;

/// <summary>Opens what <see cref="SealedXmlEncryptor"/> sealed. The framework makes it by the name that is stored with the key.</summary>
internal sealed class SealedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(
        SealedXmlEncryptor.Seal(services.GetRequiredService<KeyEncryptionKey>()).Open(SealedXmlEncryptor.Owner, Convert.FromBase64String(encryptedElement.Value))));
}
