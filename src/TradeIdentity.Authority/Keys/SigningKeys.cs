using Dapper;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Keys;

/// <summary>
/// The authority's signing keys, in memory for as long as <see cref="MaxAge"/>: a rotation by another instance is noticed
/// within that time, which is far less than a new key is announced before it signs.
/// </summary>
public sealed class SigningKeys(Database database, TimeProvider time, KeyEncryptionKey encryptionKey, KeysOptions options) : IDisposable
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _reading = new(1);
    private Snapshot? _snapshot;

    /// <summary>What was read last, however old: keys that are decrypted already.</summary>
    internal KeyRing? Known => Volatile.Read(ref _snapshot)?.Ring;

    /// <summary>The key that signs at that time. Refused where there is none, or the stored keys cannot be opened.</summary>
    public async ValueTask<Outcome<SigningKey>> SignerAsync(KeyPurpose purpose, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!(await RingAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var ring, out var refusal))
        {
            return refusal;
        }

        return ring.Signer(purpose, at) is { } key
            ? key
            : new Refusal("signing_key_missing", $"No {purpose.ToText()} key signs at this time; a start of the server or 'tradeid keys rotate' makes one.");
    }

    /// <summary>All keys, at most <see cref="MaxAge"/> old.</summary>
    public async ValueTask<Outcome<KeyRing>> RingAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } ring)
        {
            return ring;
        }

        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Fresh() is { } read ? read : await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>All keys as they are stored now.</summary>
    public ValueTask<Outcome<KeyRing>> ListAsync(CancellationToken cancellationToken)
    {
        Forget();
        return RingAsync(cancellationToken);
    }

    /// <summary>
    /// Makes the keys that are missing: of each purpose one that signs now, and its successor as soon as it has to be
    /// announced. Call it at start and daily. Refused where <c>Keys:EncryptionKey</c> does not open the keys that exist.
    /// </summary>
    public async Task<Outcome<KeyRing>> EnsureAsync(CancellationToken cancellationToken)
    {
        var refusal = await database.WriteAsync(MakeMissingAsync, cancellationToken).ConfigureAwait(false);
        return refusal is null ? await ListAsync(cancellationToken).ConfigureAwait(false) : refusal;
    }

    /// <summary>The next use reads the keys again.</summary>
    public void Forget() => Volatile.Write(ref _snapshot, Volatile.Read(ref _snapshot)?.Aged());

    public void Dispose()
    {
        foreach (var key in _snapshot?.Ring.All ?? [])
        {
            key.Signer.Dispose();
        }

        _reading.Dispose();
    }

    private async Task<Refusal?> MakeMissingAsync(WriteTransaction tx)
    {
        var rows = await KeyRow.LockAsync(tx).ConfigureAwait(false);
        if (!KeyRing.Open(rows, encryptionKey, Known).TryGet(out var ring, out var refusal))
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var made = new List<AuditRecord>();
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            var schedule = KeySchedule.Of(purpose, options);
            var covered = ring.All.Where(key => key.Purpose == purpose).Select(key => key.SignsUntil).Append(now).Max();
            if (covered <= now + schedule.Announced)
            {
                var key = await KeyRow.CreateAsync(tx, encryptionKey, purpose, schedule, now, signsFrom: covered).ConfigureAwait(false);
                made.Add(KeyAudit.Created("system", key));
                key.Signer.Dispose();
            }
        }

        await AuditTrail.AppendAsync(tx, now, made).ConfigureAwait(false);
        return null;
    }

    private async Task<Outcome<KeyRing>> ReadAsync(CancellationToken cancellationToken)
    {
        // Taken before the read: what is written meanwhile is not taken for read.
        var readAt = time.GetTimestamp();
        var rows = await database.ReadAsync(
            async db => (await db.QueryAsync<KeyRow>(new CommandDefinition(KeyRow.Select, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList(),
            cancellationToken).ConfigureAwait(false);
        var opened = KeyRing.Open(rows, encryptionKey, Known);
        if (opened.TryGet(out var ring, out _))
        {
            Volatile.Write(ref _snapshot, new Snapshot(ring, readAt, Old: false));
        }

        return opened;
    }

    private KeyRing? Fresh() =>
        Volatile.Read(ref _snapshot) is { Old: false } snapshot && time.GetElapsedTime(snapshot.ReadAt) < MaxAge ? snapshot.Ring : null;

    // An old one still lends its decrypted keys to the next.
    private sealed record Snapshot(KeyRing Ring, long ReadAt, bool Old)
    {
        public Snapshot Aged() => this with { Old = true };
    }
}
