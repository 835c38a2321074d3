namespace TradeIdentity.Cli.Verifier;

/// <summary>Writes a file whole or not at all: a post that loses power keeps the one it had.</summary>
internal static class AtomicFile
{
    internal static void Write(string path, byte[] content)
    {
        if (path.Length == 0)
        {
            throw UsageException.NoName();
        }

        var aside = path + ".new";
        // What lies there is left over, or a link that another user of the folder put there: neither is written through.
        File.Delete(aside);
        using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
    }
}
