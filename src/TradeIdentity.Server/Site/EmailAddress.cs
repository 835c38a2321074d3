using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace TradeIdentity.Server.Site;

/// <summary>Reads the address of a form's field <c>Email</c>.</summary>
internal static class EmailAddress
{
    // RFC 5321 §4.5.3.1.3: a path of 256 octets, its brackets among them.
    private const int MaxLength = 254;

    /// <summary>The address without spaces around it; what is wrong with it is added to <paramref name="faults"/>.</summary>
    internal static string? Check(string? email, ModelStateDictionary faults, Wording words)
    {
        email = email?.Trim();
        if (string.IsNullOrEmpty(email))
        {
            faults.AddModelError("Email", words["Form.EmailMissing"]);
        }
        else if (!IsPlausible(email))
        {
            faults.AddModelError("Email", words["Form.EmailInvalid"]);
        }

        return email;
    }

    // Whether it exists is found out by writing to it; this finds slips.
    private static bool IsPlausible(string email)
    {
        var at = email.LastIndexOf('@');
        return email.Length <= MaxLength && at > 0 && email.IndexOf('.', at) > at + 1 && !email.EndsWith('.') && !email.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));
    }
}
