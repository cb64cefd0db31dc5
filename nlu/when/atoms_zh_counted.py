"""Chinese words that count: 三天后, 半小时内, 未来两周, 前三季度, 第一个周二, 圣诞节前一天."""

from __future__ import annotations

import re

from nlu.numerals import bounds
from nlu.value_words import one_of
from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.chinese import FEW, MANY, MANY_STARTS, UNITS, WEEK, WEEKDAY, is_within, small

UNIT = one_of(UNITS)
QUANTITY = re.compile(rf"(?P<n>{MANY})(?:多)?(?:个)?(?P<more>半)? ?(?P<u>{UNIT})(?P<more2>半)?")
LONG = (
    "(?:工作[日天]|天|晚|周(?!末)|星期|礼拜|小时|钟头|分钟|刻钟|秒钟?|季度|年|(?<=个)钟|(?<=个)月|(?<=个半)月|分(?!之))"
)
QUANTITIES = (
    rf"(?:(?:{MANY}多?个?半? ?{LONG}半?零?){{1,3}}|{MANY}日(?=(?:之|以)?内)|[一两三四五六七]日(?=(?:之|以)?后))"
)


def _shift(match: re.Match[str]) -> Said | None:
    """三天后, 两周前, 半小时内, 14天11小时后, 再过两天."""
    parts = _quantities(match["q"])
    direction = match["dir"] or "后"
    if not parts or (match["pass"] is None and match["dir"] is None):
        return None
    if "内" in direction or "里" in direction:
        return {"shift": parts, "within": True}
    sign = -1 if "前" in direction else 1
    return {"shift": tuple((unit, sign * count) for unit, count in parts)}


def _beside(match: re.Match[str]) -> Said | None:
    """圣诞节前一天, 三点前半小时: so much before what stands before it; 下个月前三天: the first of a longer time."""
    parts = _quantities(match["q"])
    sign = -1 if match["dir"] in "前头" else 1
    shift = tuple((unit, sign * count) for unit, count in parts)
    return {"shift": shift, "needs_base": True, "beside": True} if parts else None


def _quantities(text: str) -> tuple[tuple[str, float], ...]:
    parts: list[tuple[str, float]] = []
    for piece in QUANTITY.finditer(text):
        count = _count(piece["n"])
        unit = UNITS[piece["u"]]
        if count is None:
            return ()
        count += 0.5 if piece["more"] or piece["more2"] else 0
        parts.append((unit, count) if unit != "quarter hour" else ("minute", count * 15))
    return tuple(parts)


def _count(text: str) -> float | None:
    if text in ("半", "几"):
        return 0.5 if text == "半" else None
    values = bounds(text.replace("俩", "两").replace("仨", "三"))
    return float(values[1] or values[0]) if values else None  # 两三天: by the third at the latest


def _around(match: re.Match[str]) -> Said | None:
    """未来三个月, 最近两周, 接下来一周, 过去30天."""
    parts = _quantities(match["q"])
    if len(parts) != 1:
        return None
    unit, count = parts[0]
    ahead = match["w"] in ("未来", "接下来", "今后", "往后", "后面", "下", "后", "之后")
    return {"span": (unit, count if ahead else -count)}


def _first_of_year(match: re.Match[str]) -> Said | None:
    """前三季度, 前两个季度, 前十一个月: from the year's beginning."""
    count = small(match["n"])
    return {"first": count * (3 if match["u"] == "季度" else 1)} if is_within(count, 1, 12) and count else None


def _nth(match: re.Match[str]) -> Said | None:
    count = -1 if match["n"].startswith("最后") else small(match["n"].removeprefix("第"))
    if count is None:
        return None
    if match["wd"]:
        return {"nth": count, "weekday": WEEKDAY[match["wd"]]}
    return {"nth": count, "nth_of": UNITS[match["u"]]}


WORDS = [
    Word(
        "z_shift",
        rf"(?P<pass>再?过(?:了)?)?(?<![第月星期周\d])(?P<q>{QUANTITIES})(?:的?(?:时间)?"
        "(?P<dir>(?:之|以)?(?:前|后|内)|过后|里(?!面|程)))(?!天|年|台|端|者|勤|续|期|部|存|容"
        "|的一天)",
        _shift,
        "再过" + MANY_STARTS,
    ),
    Word(
        "z_first",
        r"(?<![节旦庆午明夕末底天日号])前(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?P<u>季度|月)",
        _first_of_year,
        "前",
    ),
    Word(
        "z_beside",
        rf"(?P<dir>前|后|头(?=[一二两三\d])|最后(?!一))(?P<q>{QUANTITIES})(?!之?[前后内]|以[前后内])",
        _beside,
        "前后头最",
    ),
    Word("z_pass", rf"(?P<pass>再?(?<!超)过)(?P<q>{QUANTITIES})(?P<dir>(?!))?", _shift, "再过"),
    Word(
        "z_around",
        "(?P<w>未来|接下来|今后|往后|后面|最近|近|过去|(?<!一)下(?!一个?(?:周|星期|礼拜|月|年|季))|后)(?:这)?的?"
        f"(?P<q>(?!(?<=[下后])半){MANY}个? ?{UNIT})"
        "(?!前|后|内|级|[一二三四五六日天末])",
        _around,
        "未接今往后最近过下",
    ),
    Word("z_next_workday", r"下一?个工作[日天](?!之?[内后前])", lambda _: {"shift": (("workday", 1),)}, "下"),
    Word(
        "z_nth",
        rf"(?P<n>第{FEW}|最后一?)个?(?:(?P<u>工作[日天]|周|星期|礼拜|月|天)|(?:周|星期|礼拜)(?P<wd>[一二三四五六日天]))(?![一二三四五六日天])",
        _nth,
        "第最",
    ),
    Word("z_nth_weekday", rf"(?P<n>第{FEW}|最后一?)个?{WEEK}(?P<wd>[一二三四五六日天])(?P<u>(?!))?", _nth, "第最"),
]
