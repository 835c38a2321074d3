using System.Text.Json;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Companies.Extracts;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>
/// A person asks to be registered with a legal entity. Nothing is registered by it: an officer confirms who the entity is and that the
/// person may act for it. Of an entity that is registered already its administrators are told, and nothing of it changes hands.
/// </summary>
public sealed class RegisterEntity(Database database, TimeProvider time, DeclaredEntity declared)
{
    public const int MaxCapacity = 100;
    public const int MaxBasis = 1000;

    // Who is refused corrects it and tries again; more than that is no person who registers a company.
    private const int MostADay = 5;

    public async Task<Outcome<EntityRegistration>> ExecuteAsync(EntityApplication application, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(application);
        if (!Judge(application).TryGet(out var judged, out var refusal))
        {
            return refusal;
        }

        return await database.WriteAsync(tx => RegisterAsync(tx, judged, accountId), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is wrong with it, before anything is stored: for forms that are filled step by step.</summary>
    public Outcome<EntityApplication> Judge(EntityApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        if (!declared.Read(application.Entity).TryGet(out var facts, out var refusal))
        {
            return refusal;
        }

        return facts.Identifiers.Count == 0 ? new Refusal("registration_identifier_missing", "An entity is registered with its LEI or the number of its register.")
            : facts.RegisteredAddress is null ? new Refusal("registration_address_missing", "An entity is registered with its address.")
            : facts.Roles.Count == 0 ? new Refusal("registration_role_missing", "An entity is registered with what it does in trade: one role at least.")
            : PrintableText.Normalise(application.Capacity, MaxCapacity) is not { } capacity ? new Refusal("registration_capacity_invalid", $"What you are for the entity takes 1 to {MaxCapacity} printable characters.")
            : PrintableText.NormaliseLines(application.Basis, MaxBasis) is not { } basis ? new Refusal("registration_basis_invalid", $"Why you may act for the entity takes 1 to {MaxBasis} printable characters.")
            : new EntityApplication(DeclaredEntity.Of(facts, application.Entity.Tin), capacity, basis);
    }

    private async Task<Outcome<EntityRegistration>> RegisterAsync(WriteTransaction tx, EntityApplication application, string accountId)
    {
        var now = time.GetUtcNow();
        // Taken before one's own are counted: of two at once the second sees the first.
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (await tx.ScalarAsync<string>("SELECT id FROM accounts WHERE id = @accountId AND email_confirmed = 1 AND disabled_at IS NULL", new { accountId }).ConfigureAwait(false) is null)
        {
            return new Refusal("registration_account_required", "Only a person whose e-mail address is confirmed registers an entity.");
        }

        if (await tx.ScalarAsync<string>(
            "SELECT id FROM entity_registrations WHERE account_id = @accountId AND state IN ('submitted', 'asked')", new { accountId }).ConfigureAwait(false) is { } open)
        {
            return new Refusal("registration_open", $"Registration {open} of yours waits: it is settled or withdrawn before another.");
        }

        if (await tx.ScalarAsync<long>(
            "SELECT COUNT(*) FROM entity_registrations WHERE account_id = @accountId AND submitted_at > @since",
            new { accountId, since = now.AddDays(-1).ToUnixTimeSeconds() }).ConfigureAwait(false) >= MostADay)
        {
            return new Refusal("registration_limit", $"{MostADay} registrations in a day are the most: try again tomorrow.");
        }

        var joins = await HolderAsync(tx, application.Entity).ConfigureAwait(false);
        if (joins is not null && await Memberships.OpenAsync(tx, accountId, Tin.Parse(joins), now).ConfigureAwait(false) is not null)
        {
            return new Refusal("registration_member", "You act for this entity already.");
        }

        var extract = await FindExtract.OfAsync(tx, application.Entity.Identifiers!).ConfigureAwait(false);
        var id = TimeOrderedId.New(now);
        await tx.ExecuteAsync(
            """
            INSERT INTO entity_registrations (id, account_id, details, capacity, basis, extract, extract_source, joins, state, submitted_at)
            VALUES (@id, @accountId, @Details, @Capacity, @Basis, @Extract, @Source, @joins, 'submitted', @At)
            """,
            new
            {
                id,
                accountId,
                Details = DeclaredEntity.Write(application.Entity),
                application.Capacity,
                application.Basis,
                Extract = extract is null ? null : JsonSerializer.Serialize(new StoredExtract(extract.Entity, extract.Status), ExtractJson.Default.StoredExtract),
                extract?.Source,
                joins,
                At = now.ToUnixTimeSeconds(),
            }).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, RegistrationAudit.Of("entity-registration-submitted", id, accountId, joins)).ConfigureAwait(false);
        if (joins is not null)
        {
            await GiveNotice.ExecuteAsync(tx, [NoticeHolder.OfTin(joins)], "registration-joining", id, [new("company", application.Entity.LegalName)], now).ConfigureAwait(false);
        }

        return (await EntityRegistrations.FindAsync(tx, id).ConfigureAwait(false))!;
    }

    /// <summary>Who is registered under its trader number, or holds one of its numbers: it takes a confirmation to hold one.</summary>
    private static async Task<string?> HolderAsync(WriteTransaction tx, EntityDetails entity)
    {
        if (entity.Tin is not null && await tx.ScalarAsync<string>("SELECT tin FROM operators WHERE tin = @Tin", new { entity.Tin }).ConfigureAwait(false) is { } registered)
        {
            return registered;
        }

        var stated = entity.Identifiers!.Select(identifier => new DeclaredIdentifier(IdentifierScheme.Parse(identifier.Scheme), identifier.Value, null));
        return (await IdentifierHolders.FindAsync(tx, stated).ConfigureAwait(false))
            .Where(held => entity.Identifiers!.Contains(new EntityIdentifier(held.Key.Scheme, held.Key.Value)))
            .Select(held => held.Value.Value).Order(StringComparer.Ordinal).FirstOrDefault();
    }
}
