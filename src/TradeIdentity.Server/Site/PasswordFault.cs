using Microsoft.AspNetCore.Identity;

namespace TradeIdentity.Server.Site;

/// <summary>Why a new password is not taken, in the language of the request.</summary>
internal static class PasswordFault
{
    // Nothing longer is typed, and hashing takes time by its length.
    internal const int MaxLength = 256;

    internal static string Of(IdentityResult refused, Wording words) => Of(refused.Errors.FirstOrDefault()?.Code, words);

    internal static string Of(string? code, Wording words) => code switch
    {
        nameof(IdentityErrorDescriber.PasswordMismatch) => words["Account.CurrentWrong"],
        nameof(IdentityErrorDescriber.PasswordTooShort) => words["Form.PasswordShort"],
        "PasswordTooLong" => words["Form.PasswordLong"],
        "PasswordIsEmail" => words["Form.PasswordIsEmail"],
        "PasswordBreached" => words["Form.PasswordBreached"],
        _ => words["Form.PasswordRefused"],
    };
}
