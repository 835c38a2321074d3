using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Verification.Native;

/// <summary>The functions of <c>tradeid_verify.h</c>, which says what they do. Nothing is thrown through them.</summary>
internal static unsafe class Exports
{
    private const int BadArgument = -1;
    private const int Failed = -2;
    private const int MostAnchors = 8;

    // Beyond any QR code: such a text is malformed, whatever it says.
    private const int MostText = 8192;

    [UnmanagedCallersOnly(EntryPoint = "tradeid_post_open", CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Bytes bundle, Bytes* anchors, nuint anchorCount, long newestSequence, nint* post)
    {
        try
        {
            if (post is null)
            {
                return BadArgument;
            }

            *post = 0;
            if (!bundle.TryRead(out var file) || !TryReadAnchors(anchors, anchorCount, out var pinned) || newestSequence < 0)
            {
                return BadArgument;
            }

            var failure = TrustBundle.TryLoad(file, pinned, newestSequence, out var loaded);
            *post = GCHandle.ToIntPtr(GCHandle.Alloc(new Post(loaded, failure)));
            return CodeOf(failure);
        }
        catch (Exception)
        {
            return Failed;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "tradeid_post_sequence", CallConvs = [typeof(CallConvCdecl)])]
    private static long Sequence(nint post) => Post.Of(post)?.Bundle?.Sequence ?? -1;

    [UnmanagedCallersOnly(EntryPoint = "tradeid_post_close", CallConvs = [typeof(CallConvCdecl)])]
    private static void Close(nint post)
    {
        if (post != 0)
        {
            GCHandle.FromIntPtr(post).Free();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "tradeid_verify", CallConvs = [typeof(CallConvCdecl)])]
    private static long Verify(nint post, Bytes text, long at, Bytes policy, byte* verdict, nuint capacity)
    {
        try
        {
            if (Post.Of(post) is not { } opened || !text.TryRead(out var read) || !policy.TryRead(out var terms) || !PostPolicy.TryRead(terms, out var tolerated)
                || at < DateTimeOffset.MinValue.ToUnixTimeSeconds() || at > DateTimeOffset.MaxValue.ToUnixTimeSeconds() || (verdict is null && capacity > 0))
            {
                return BadArgument;
            }

            var given = opened.Judge(read.Length > MostText ? "TI1:" : Encoding.UTF8.GetString(read), DateTimeOffset.FromUnixTimeSeconds(at), tolerated);
            var json = Encoding.UTF8.GetBytes(given.ToJson());
            if ((nuint)json.Length < capacity)
            {
                json.CopyTo(new Span<byte>(verdict, json.Length));
                verdict[json.Length] = 0;
            }

            return json.Length;
        }
        catch (Exception)
        {
            return Failed;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "tradeid_bundle_apply", CallConvs = [typeof(CallConvCdecl)])]
    private static int Apply(Bytes bundle, Bytes delta, Bytes* anchors, nuint anchorCount, byte* applied, nuint capacity, nuint* length)
    {
        try
        {
            if (length is null)
            {
                return BadArgument;
            }

            *length = 0;
            if (!bundle.TryRead(out var file) || !delta.TryRead(out var change) || !TryReadAnchors(anchors, anchorCount, out var pinned) || (applied is null && capacity > 0))
            {
                return BadArgument;
            }

            if (change.StartsWith("TI1D:"u8))
            {
                if (change.Length > MostText || !DeltaText.TryDecode(Encoding.UTF8.GetString(change), out var decoded))
                {
                    return CodeOf(BundleFailure.Malformed);
                }

                change = decoded;
            }

            var failure = BundleFile.TryApply(file, change, pinned, out var result);
            *length = (nuint)result.Length;
            if (failure == BundleFailure.None && *length <= capacity)
            {
                result.CopyTo(new Span<byte>(applied, result.Length));
            }

            return CodeOf(failure);
        }
        catch (Exception)
        {
            return Failed;
        }
    }

    private static bool TryReadAnchors(Bytes* anchors, nuint count, out TrustAnchor[] pinned)
    {
        pinned = [];
        if (anchors is null || count is 0 or > MostAnchors)
        {
            return false;
        }

        pinned = new TrustAnchor[count];
        for (var i = 0; i < pinned.Length; i++)
        {
            if (!anchors[i].TryRead(out var file) || !TrustAnchor.TryRead(file, out var anchor))
            {
                return false;
            }

            pinned[i] = anchor;
        }

        return true;
    }

    // Of the header: they never change, whatever becomes of the enumeration.
    private static int CodeOf(BundleFailure failure) => failure switch
    {
        BundleFailure.None => 0,
        BundleFailure.Malformed => 1,
        BundleFailure.SignatureInvalid => 2,
        BundleFailure.Rollback => 3,
        BundleFailure.OutOfOrder => 4,
        _ => Failed,
    };

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Bytes
    {
        private readonly byte* _data;
        private readonly nuint _length;

        /// <summary>False where there is a length and nothing that it is of, or where it is too long for any file.</summary>
        public bool TryRead(out ReadOnlySpan<byte> bytes)
        {
            bytes = default;
            if (_length > int.MaxValue || (_data is null && _length > 0))
            {
                return false;
            }

            bytes = new ReadOnlySpan<byte>(_data, (int)_length);
            return true;
        }
    }
}
