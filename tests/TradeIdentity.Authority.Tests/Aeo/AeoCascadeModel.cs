using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Tests.Aeo;

/// <summary>What becomes of an operator's credentials, said once more and without a database: two components, both granted at first.</summary>
internal sealed class AeoCascadeModel
{
    private readonly Dictionary<string, AeoStatus> _components = new() { ["AEOC"] = AeoStatus.Granted, ["AEOS"] = AeoStatus.Granted };

    public List<Held> Credentials { get; } = [];

    public bool CanIssue => _components.ContainsValue(AeoStatus.Granted);

    public void Issue(CredentialId id) => Credentials.Add(new Held(id, _components.Where(each => AeoLifecycle.IsHeld(each.Value)).ToDictionary()));

    /// <summary>Whether the act is possible; then it is taken.</summary>
    public bool Take(AeoAct act, string component)
    {
        var from = _components[component];
        var possible = act switch
        {
            AeoAct.Suspend => from == AeoStatus.Granted,
            AeoAct.Lift => from == AeoStatus.Suspended,
            _ => AeoLifecycle.IsHeld(from),
        };
        if (!possible)
        {
            return false;
        }

        _components[component] = act switch
        {
            AeoAct.Suspend => AeoStatus.Suspended,
            AeoAct.Lift => AeoStatus.Granted,
            AeoAct.Revoke => AeoStatus.Revoked,
            _ => AeoStatus.Relinquished,
        };
        foreach (var credential in Credentials)
        {
            credential.Follow(act, component);
        }

        return true;
    }

    internal sealed class Held(CredentialId id, Dictionary<string, AeoStatus> states)
    {
        private readonly HashSet<string> _causes = [];
        private bool _revoked;

        public CredentialId Id => id;

        public StatusValue Expected => _revoked ? StatusValue.Revoked : _causes.Count > 0 ? StatusValue.Suspended : StatusValue.Valid;

        public void Follow(AeoAct act, string component)
        {
            if (act == AeoAct.Suspend && states.GetValueOrDefault(component) == AeoStatus.Granted)
            {
                _causes.Add(component);
            }
            else if (act == AeoAct.Lift)
            {
                _causes.Remove(component);
            }
            else if (act is AeoAct.Revoke or AeoAct.Relinquish)
            {
                _revoked |= states.ContainsKey(component);
            }
        }

        /// <summary>Whether an officer can; then it is done.</summary>
        public bool Change(StatusValue status)
        {
            if (_revoked)
            {
                return status == StatusValue.Revoked;
            }

            if (status == StatusValue.Valid && _causes.Any(cause => cause != "officer"))
            {
                return false;
            }

            _revoked = status == StatusValue.Revoked;
            if (status == StatusValue.Suspended)
            {
                _causes.Add("officer");
            }
            else
            {
                _causes.Remove("officer");
            }

            return true;
        }
    }
}
