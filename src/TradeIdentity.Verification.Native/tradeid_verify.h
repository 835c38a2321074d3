/* The offline verifier for C and whatever calls C: libtradeid_verify.so.

   A post opens its trust bundle once and judges each scanned text with it. No call uses the network, a file, a clock or
   an environment variable, and none keeps anything between two calls. A post may be used by many threads at once, and is
   closed once, when none uses it. Codes and JSON: docs/verification.md. */

#ifndef TRADEID_VERIFY_H
#define TRADEID_VERIFY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tradeid_bytes {
    const uint8_t *data;
    size_t length;
} tradeid_bytes;

typedef struct tradeid_post tradeid_post;

/* What is wrong with a bundle or a delta. */
enum {
    TRADEID_TAKEN = 0,
    TRADEID_MALFORMED = 1,          /* not one of this version, or damaged */
    TRADEID_SIGNATURE_INVALID = 2,  /* not signed by a pinned anchor */
    TRADEID_ROLLBACK = 3,           /* older than one that this post has had */
    TRADEID_OUT_OF_ORDER = 4        /* the delta does not continue from this bundle */
};

/* What is wrong with a call. */
enum {
    TRADEID_BAD_ARGUMENT = -1,      /* a null pointer, no key, a policy that is none, a time that is none */
    TRADEID_FAILED = -2             /* a fault of the library, or no memory: report it */
};

/* Opens a bundle file under the pinned anchors (1 to 8; JWK or COSE_Key each, as /trust/anchor gives them).
   newest_sequence: the highest that this post ever took, 0 at first; remember what tradeid_post_sequence says.
   Where the bundle is refused, *post is one all the same, whose every verdict is undetermined for that reason.
   Returns one of TRADEID_TAKEN to TRADEID_OUT_OF_ORDER, or a negative code, and then *post is null. */
int32_t tradeid_post_open(tradeid_bytes bundle, const tradeid_bytes *anchors, size_t anchor_count,
                          int64_t newest_sequence, tradeid_post **post);

/* The sequence of its bundle; -1 where none was taken. */
int64_t tradeid_post_sequence(const tradeid_post *post);

void tradeid_post_close(tradeid_post *post);

/* Judges the text of a QR code, in UTF-8, without the white space that a scanner puts around it.
   at: the time to judge for, in seconds since 1970, UTC.
   policy: JSON such as {"maxStatusAge":3600,"maxStatusAgeByType":{"2":60},"clockTolerance":30}, in seconds; with no
   data: a status is good until the bundle's next update is due.
   Writes the verdict as JSON, in UTF-8 and with a NUL behind, where capacity suffices, and nothing else.
   Returns the length of the verdict without the NUL, also where it was not written; or a negative code. */
int64_t tradeid_verify(const tradeid_post *post, tradeid_bytes text, int64_t at, tradeid_bytes policy,
                       char *verdict, size_t capacity);

/* Brings a bundle file up to date by a signed delta: the bytes of its file, or the text of its QR code (TI1D:...).
   Writes the new file where capacity suffices; *length is its length in any case, 0 where the delta is refused.
   Returns one of TRADEID_TAKEN to TRADEID_OUT_OF_ORDER, or a negative code. */
int32_t tradeid_bundle_apply(tradeid_bytes bundle, tradeid_bytes delta, const tradeid_bytes *anchors,
                             size_t anchor_count, uint8_t *applied, size_t capacity, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
