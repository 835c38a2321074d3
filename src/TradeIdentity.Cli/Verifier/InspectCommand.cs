using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Cli.Verifier;

/// <summary><c>tradeid inspect</c>: what a text says, proving nothing.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> Token = new("text") { Description = "The text of the QR code; - reads it from standard input." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print on one line." };

    internal static Command Create()
    {
        var command = new Command("inspect", "Show what a QR text says, UNVERIFIED: anyone can write anything. Use tradeid verify for an answer.") { Token, Json };
        command.SetAction((parsed, cancellationToken) => Edge.RunAsync(() => Execute(parsed.GetRequiredValue(Token), parsed.GetValue(Json)), cancellationToken));
        return command;
    }

    private static int Execute(string argument, bool json)
    {
        var text = argument == "-" ? TokenText.ReadStandardInput() : TokenText.Trim(argument);
        Span<byte> message = stackalloc byte[Ti1Text.MaxMessageLength];
        if (!Ti1Text.TryDecode(text, message, out var length)
            || !CoseSign1.TryParse(message[..length], out var sign1)
            || !sign1.Type.SequenceEqual(Encoding.ASCII.GetBytes(CredentialWriter.Type))
            || !CredentialReader.TryRead(sign1.Payload, out var credential))
        {
            Console.Error.WriteLine(Ti1Text.HasPrefix(text) ? "This is not a text of the profile TI1: damaged, or never one." : "This is no trade credential: its text does not start with TI1:.");
            return ExitCodes.Rejected;
        }

        Console.Error.WriteLine("UNVERIFIED: this is what the text says. Nothing of it is proven; use tradeid verify.");
        Console.WriteLine(Encoding.UTF8.GetString(Write(sign1, credential, length, json)));
        return ExitCodes.Accepted;
    }

    private static ReadOnlySpan<byte> Write(CoseSign1 sign1, Credential credential, int length, bool json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = !json, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("verified", false);
            writer.WriteString("kid", Convert.ToHexStringLower(sign1.KeyId));
            writer.WriteNumber("alg", sign1.Algorithm);
            writer.WriteNumber("coseLength", length);
            writer.WritePropertyName("credential");
            VerdictJson.WriteCredential(writer, credential, null);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }
}
