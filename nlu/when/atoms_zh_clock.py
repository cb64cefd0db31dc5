"""Chinese words for times of day: 下午, 三点半, 七八点, 两点多, 下班前."""

from __future__ import annotations

import re

from nlu.numerals import DIGITS
from nlu.value_words import one_of
from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.atoms_digits import MERIDIEM, clock
from nlu.when.chinese import FEW, PART_OF, PARTS, SMALL_STARTS, is_within, small

ON_WEEKDAY = r"(?<=[周期拜][一二三四五六])"  # 周二15点, 周二三点: the number before is the day's
SAME_TIME = (
    "(?:点(?!名|评|头|击|赞|心|餐|子|播|位|缀|拨|数|滴|火|菜|都|不|也|儿|建议|意见|要求|原因|问题|内容|想法|说明|情况|反馈|:|;)"
    "|时(?!候|间|代|尚|光|段|期|常|机|差|刻|长|限|效))"
)


def _part(match: re.Match[str]) -> Said:
    return {"part": PART_OF[match["w"]]}


def _end_of_work(match: re.Match[str]) -> Said:
    return {"part": "work", "before": True}


BEFORE_HOUR = re.compile(
    r"(?:[午晨天日号里]|早上|晚上|[今明昨后当听琴寻][早晚]|周[一二三四五六]|礼拜[一二三四五六]|到|至|-) ?$"
)


def _hour(match: re.Match[str]) -> Said | None:
    hour = small(match["h"])
    if not is_within(hour, 0, 24) or hour is None:
        return None
    if match["vague"]:
        return {"about": hour}
    minute = _minute(match)
    if minute is None or (match["h"] == "一" and not _has_context(match)):
        return None
    said = clock(hour, minute, match["half"])
    if said and match["before"]:
        said["part"] = PART_OF[match["before"]]
    return said


def _minute(match: re.Match[str]) -> int | None:
    if match["sharp"] or not (match["mi"] or match["quarter"] or match["thirty"]):
        return 0
    if match["thirty"]:
        return 30
    if match["quarter"]:
        return (DIGITS.get(match["quarter"]) or int(match["quarter"])) * 15 if match["quarter"] not in "零〇" else None
    text = match["mi"]
    if len(text) == 1 and not match["minutes"]:
        return None  # 二十七点三 is a number
    return small(text.lstrip("零〇") or "零")


def _has_context(match: re.Match[str]) -> bool:
    """一点 is 'a little' unless a day or part of day stands before it, or the clock face goes on."""
    if match["sharp"] or match["mi"] or match["quarter"] or match["thirty"] or match["before"]:
        return True
    return bool(BEFORE_HOUR.search(match.string, max(0, match.start() - 4), match.start()))


def _short_of(match: re.Match[str]) -> Said | None:
    """差一刻八点, 五点差十分."""
    hour, less = small(match["h"]), match["less"]
    minutes = 15 if "刻" in less else small(less.removesuffix("分钟").removesuffix("分"))
    if hour is None or minutes is None or not (1 <= hour <= 24 and 0 < minutes < 60):
        return None
    return {"hour": hour - 1, "minute": 60 - minutes}


def _digit_hours(match: re.Match[str]) -> Said | None:
    """2-4点, 三到五点半, 2、3点: from the one to the other."""
    first, last = small(match["a"]), small(match["b"])
    minute = 30 if match["thirty"] else _minute(match)
    if first is None or last is None or minute is None or not (0 <= first <= 24 and 0 <= last <= 24):
        return None
    if match["sign"] == "、":
        return {"hour": first, "minute": 0, "hour_to": last} if last == first + 1 and not minute else None
    return {"hour": first, "minute": 0, "to": (last, minute)} if first < last or last < first - 6 else None


def _hours(match: re.Match[str]) -> Said | None:
    """七八点, 两三点: from the one to the end of the other."""
    low, high = DIGITS[match["a"]], DIGITS[match["b"]]
    return {"hour": low, "minute": 0, "hour_to": high} if low + 1 == high else None


WORDS = [
    Word("z_work", r"(?:下班|收工|放工|打烊)(?:之)?前", _end_of_work, "下收放打"),
    Word(
        "z_hours",
        r"(?<![周期拜])(?P<a>[一二两三四五六七八九])(?P<b>[二三四五六七八九])点(?!半|钟?多)",
        _hours,
        "一二两三四五六七八九",
    ),
    Word(
        "z_digit_hours",
        rf"(?:(?<![\d.:/年月第一二三四五六七八九十百-])|{ON_WEEKDAY})(?P<a>{FEW})点?(?P<sign>[-~–至到、])"
        rf"(?P<b>{FEW}) ?{SAME_TIME}"
        "(?:(?P<sharp>整|正|钟)|(?P<thirty>半)|(?P<quarter>[一三])刻|(?P<mi>[零〇]?\\d{2})(?P<minutes>分)?)?(?!\\d|[前后]?[台个人])",
        _digit_hours,
        SMALL_STARTS,
    ),
    Word(
        "z_short_of",
        rf"差(?P<less>一刻|{FEW}分钟?)(?:到|就)?(?P<h>{FEW})点",
        _short_of,
        "差",
    ),
    Word("z_less", rf"(?P<h>{FEW})点(?:钟)?(?:还)?差(?P<less>一刻|{FEW}分钟?)", _short_of, SMALL_STARTS),
    Word(
        "z_hour",
        rf"(?P<before>[早晚])?(?:(?<![\d.点分第有多少快慢减高几这那零二三四五六七八九十百])|{ON_WEEKDAY})(?P<h>{FEW}) ?"
        f"{SAME_TIME}"
        "(?:(?P<sharp>整|正)|(?P<thirty>半)|(?P<quarter>[一二三123])刻|(?P<vague>多钟?"
        f"|来钟|左右(?=的样))|(?P<mi>[零〇]?{FEW})(?![个万%天多])(?P<minutes>分)?(?:{FEW}秒?)?"
        f"|钟)?{MERIDIEM}?",
        _hour,
        "早晚" + SMALL_STARTS,
    ),
    Word(
        "z_part",
        rf"(?P<w>{one_of(word for words in PARTS.values() for word in words)})(?![好茶饭餐])",
        _part,
        "".join({word[0] for word in PART_OF}),
    ),
]
