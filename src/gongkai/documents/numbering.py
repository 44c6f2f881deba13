"""Labels of automatic numbering, as Word and WPS count them: 一、 (一) 1. ① ii)."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Write 1 to 9999 in Chinese: 12 is 十二, 105 is 一百〇五."""
    if not 0 < number < 10_000:
        return str(number)
    text, zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            zero = bool(text)
            continue
        if zero:
            text += digits[0]
            zero = False
        text += digits[digit] + (units[power - 1] if power else "")
    return text.removeprefix(digits[1]) if 10 <= number < 20 else text


def roman(number: int) -> str:
    """Write a number in small Roman numerals."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def label(number: int, form: str) -> str:
    """Write one counter in the form that OOXML names (numFmt)."""
    if number < 0 or number > 9_999:
        return str(number)
    match form:
        case "bullet" | "none":
            return ""
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCountingThousand":
            return chinese(number)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseCounting":
            return "".join(_DIGITS[int(sign)] for sign in str(number))
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return chinese(number, _FORMAL, "拾佰仟")
        case "ideographTraditional" if 1 <= number <= 10:
            return _STEMS[number - 1]
        case "ideographZodiac" if 1 <= number <= 12:
            return _BRANCHES[number - 1]
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(0x2460 + number - 1)
        case "decimalFullWidth":
            return str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
        case "decimalZero":
            return f"{number:02d}"
        case "upperLetter" | "lowerLetter" if number >= 1:
            letter = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
        case "upperRoman":
            return roman(number).upper()
        case "lowerRoman":
            return roman(number)
        case _:
            return str(number)
