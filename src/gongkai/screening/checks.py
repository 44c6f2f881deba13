"""What can be known of a number by itself: check characters, dates, prefixes."""

from __future__ import annotations

from datetime import date

FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR = 1900, 2040
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split()
)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def mobile_prefix(digits: str) -> int | None:
    """Give how many digits stand before a mobile number (country code, trunk 0); None when it is none."""
    for prefix in ("", "86", "0", "086", "0086"):
        rest = digits[len(prefix) :]
        if len(rest) == 11 and digits.startswith(prefix) and rest[0] == "1" and rest[1] in "3456789":
            return len(prefix)
    return None


def is_birth_date(digits: str) -> bool:
    """Tell whether eight digits are a day on which a living person can have been born."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if not (FIRST_BIRTH_YEAR <= year <= LAST_BIRTH_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_bank_card(digits: str) -> bool:
    """Tell whether digits have a card issuer's prefix with its length and the Luhn check digit."""
    length = len(digits)
    if digits[:2] == "62" or digits[:4] == "9558":
        fits = 16 <= length <= 19
    elif digits[0] == "4":
        fits = length in (16, 19)
    elif digits[:2] in ("51", "52", "53", "54", "55", "35"):
        fits = length == 16
    elif digits[:2] in ("34", "37"):
        fits = length == 15
    elif digits[:2] in ("60", "68", "69"):
        fits = length in (16, 17, 18, 19)
    else:
        return False
    if not fits:
        return False
    from stdnum import luhn  # loading python-stdnum takes longer than this whole package

    return bool(luhn.is_valid(digits))


def identity_check(digits: str) -> bool:
    """Tell whether the 18th character is the check character of the others (GB 11643, ISO 7064 MOD 11-2)."""
    from stdnum.cn import ric  # loading python-stdnum takes longer than this whole package

    return bool(ric.calc_check_digit(digits) == digits[-1].upper())


def is_credit_code(digits: str) -> bool:
    """Tell whether 18 digits are a unified social credit code (GB 32100), with the organisation code in it (GB 11714)."""
    if digits[2:4] not in PROVINCES or digits[0] == "0":
        return False
    from stdnum.cn import uscc  # loading python-stdnum takes longer than this whole package

    if not uscc.is_valid(digits):
        return False
    total = sum(int(digit, 36) * weight for digit, weight in zip(digits[8:16], _ORGANISATION_WEIGHTS, strict=True))
    return digits[16] == "0123456789X0"[11 - total % 11]
