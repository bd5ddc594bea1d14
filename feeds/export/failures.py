"""What a system or a bucket refuses, as an error that says what to do about it."""

import errno
import re

from feeds.errors import ExportError

_FREE = "free some; each file is as it was, or new"
_RIGHTS = "make it writable, or choose another folder"
_FIXES = {
    errno.EACCES: _RIGHTS,
    errno.EDQUOT: _FREE,
    errno.EEXIST: "move it away",
    errno.EFBIG: _FREE,
    errno.EISDIR: "move it away",
    errno.ENAMETOOLONG: "give the article a shorter slug",
    errno.ENOSPC: _FREE,
    errno.ENOTDIR: "choose another folder, or move the file away",
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
}

_CODE = re.compile(r"(?:<Code>|\(code: )(\w+)")
_STATUS = re.compile(r"status code: (\d{3})")
_KEYS = "see AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"
_NEEDS = "the key must be allowed to list, get, put and delete objects there"
_REGION = "set AWS_REGION to where the bucket is"
_LESS = "set AWS_CONDITIONAL_PUT=disabled and AWS_DISABLE_BULK_DELETE=true"
_LATER = "export again: what is there is not put twice"
_REFUSALS = {
    "AccessDenied": f"access denied ({_NEEDS})",
    "AuthorizationHeaderMalformed": f"the wrong region ({_REGION})",
    "ConditionalRequestConflict": f"another export goes there, too ({_LATER})",
    "ExpiredToken": f"the session has ended ({_KEYS})",
    "InvalidAccessKeyId": f"no such access key ({_KEYS})",
    "InvalidBucketName": "not a name for a bucket (see how it is spelled)",
    "NoSuchBucket": "no such bucket (make it, or see how its name is spelled)",
    "NotImplemented": f"not all of S3 is known there ({_LESS})",
    "PreconditionFailed": f"another export went there meanwhile ({_LATER})",
    "SignatureDoesNotMatch": f"the secret does not match its key ({_KEYS})",
    "401": f"access denied ({_KEYS})",
    "403": f"access denied ({_NEEDS})",
}
# What is said where it is no answer of a bucket.
_SIGNS = {
    "redirect without LOCATION": f"the wrong region ({_REGION})",
    "169.254.": f"no access key ({_KEYS})",  # where machines in clouds find one
    "invalid path": "an object whose name cannot be told (move it away)",
    "HTTP error": f"cannot be reached (see AWS_ENDPOINT_URL, and {_LATER})",
}


def refusal(place: object, error: Exception) -> ExportError:
    """The error to raise where a bucket refuses something at `place`.

    What else it said may hold half of a secret, and is told to nobody.
    """
    said = str(error)
    code, status = _CODE.search(said), _STATUS.search(said)
    names = [found[1] for found in (code, status) if found]
    signs = [told for sign, told in _SIGNS.items() if sign in said]
    known = [_REFUSALS[name] for name in names if name in _REFUSALS]
    other = f"the bucket says {' '.join(names) or type(error).__name__} ({_LATER})"
    return ExportError(f"{place}: {[*signs, *known, other][0]}")


def failure(place: object, error: OSError) -> ExportError:
    """The error to raise where something at `place` cannot be done."""
    reason = (error.strerror or str(error)).lower()
    fix = _FIXES.get(error.errno or 0, "see that it can be written, and export again")
    return ExportError(f"{place}: {reason} ({fix})")
