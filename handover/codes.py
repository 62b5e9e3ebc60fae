"""One-time codes of staff (TOTP, RFC 6238): six digits that change every 30 seconds."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

PERIOD = 30  # seconds
_DRIFT = (-1, 0, 1)  # steps a telephone's clock may be off

_NOBODY = pyotp.random_base32()


def new_secret() -> str:
    """A fresh secret, base32."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, email: str, issuer: str = "Signpost") -> str:
    """The otpauth:// address an authenticator app takes, mostly as a QR code. It holds the secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def step_of(secret: str | None, code: str, at: datetime) -> int | None:
    """The number of the 30-second step whose code this is, one step around `at` allowed; None where it is wrong.

    With no secret (nobody has this address) it takes as long, and is None.
    """
    totp = pyotp.TOTP(secret or _NOBODY)
    typed = "".join(code.split()).encode()
    current = int(at.timestamp()) // PERIOD
    near = [current + drift for drift in _DRIFT]
    right = [step for step in near if hmac.compare_digest(totp.generate_otp(step).encode(), typed)]
    return right[0] if right and secret else None
