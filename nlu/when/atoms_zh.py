"""Chinese words for days: 明天, 下下周一, 十月二十号, 25号, 明后天, 国庆, 农历五月廿二."""

from __future__ import annotations

import re

from nlu.value_words import one_of
from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.calendar import NAMES
from nlu.when.chinese import DAY_WORDS, FEW, PART_OF, SMALL_STARTS, WEEK, WEEKDAY, is_within, offset, small
from nlu.when.impossible import might_be

LUNAR_MONTH = {"正": 1, "冬": 11, "腊": 12}
HAN_HOLIDAYS = [name for name in NAMES if not name.isascii()]
# 3号线, 5号楼, 12号任务, 80号那个渠道; 日元, 日常, 日报
NO_DAY = "(?![线楼厂库门店机院会桌馆仓文车任工合码称召房商位柜牌令元均常志程报期用化资照本]"
NO_DAY += "|单(?!子)|的?(?:任务|待办|工单|渠道))"


def _month(match: re.Match[str]) -> Said | None:
    month = LUNAR_MONTH.get(match["m"]) or small(match["m"])
    if not is_within(month, 1, 12):
        return None
    said: Said = {"month": month}
    if match["lunar"] or match["m"] in LUNAR_MONTH:
        said["lunar"] = True
    return said


def _months(match: re.Match[str]) -> Said | None:
    """3-5月, 三到五月份."""
    first, last = small(match["m"]), small(match["to"])
    if first is None or last is None or not 1 <= first < last <= 12:
        return None
    return {"month": first, "month_to": last}


def _month_day(match: re.Match[str]) -> Said | None:
    month, day = LUNAR_MONTH.get(match["m"]) or small(match["m"]), small(match["d"].replace("初", ""))
    if month is None or day is None or not _may_be(match[0], month, day):
        return None
    said: Said = {"month": month, "day": day}
    to = small(match["to"]) if match["to"] else None
    if to is not None:
        said["day_to"] = to
    if match["lunar"] or match["m"] in LUNAR_MONTH or match["d"][0] in "初廿":
        said["lunar"] = True
    return said


def _may_be(text: str, month: int, day: int) -> bool:
    """Whether it is a day, or, written out with 日 or 号, may be a slip of the pen for one."""
    return (1 <= month <= 12 and 1 <= day <= 31) or (text[-1] in "日号" and might_be(month, day))


def _day(match: re.Match[str]) -> Said | None:
    day = small(match["d"])
    return {"day": day} if is_within(day, 1, 31) else None


def _days(match: re.Match[str]) -> Said | None:
    first, last = small(match["d"]), small(match["to"])
    if first is None or last is None or not 1 <= first < last <= 31:
        return None
    return {"day": first, "day_to": last}


def _day_pair(match: re.Match[str]) -> Said:
    days = [DAY_WORDS[char] for char in match["w"]]
    return {"day_by": days[0], "days_to": days[-1]}


def _every(match: re.Match[str]) -> Said:
    """每周二、周四: no single date."""
    return {"every": True}


def _week(match: re.Match[str]) -> Said:
    said: Said = {"week_by": offset(match["w"])}
    return said | (_weekday_of(match["wd"]) if match["wd"] else {})


def _weekdays(match: re.Match[str]) -> Said | None:
    """周六日, 下周一、二: two weekdays running."""
    first, last = WEEKDAY[match["wd"]], WEEKDAY[match["to"][-1]]
    if last != first + 1:
        return None
    week: Said = {"week_by": offset(match["w"])} if match["w"] else {}
    return {**week, "weekday": first, "weekday_to": last}


def _weekday(match: re.Match[str]) -> Said:
    return _weekday_of(match["wd"])


def _weekday_of(char: str) -> Said:
    return {"weekend": True} if char == "末" else {"weekday": WEEKDAY[char]}


def _holiday(match: re.Match[str]) -> Said | None:
    return {"holiday": match[0]}


def _first_moon(match: re.Match[str]) -> Said:
    """大年初三."""
    return {"month": 1, "day": small(match["n"][1:]), "lunar": True}


def _lunar_day(match: re.Match[str]) -> Said | None:
    """农历八月十五, 腊月二十三."""
    told = match["m"] or match["m2"]
    month, day = LUNAR_MONTH.get(told) or small(told), small(match["d"].removeprefix("初"))
    return {"month": month, "day": day, "lunar": True} if is_within(month, 1, 12) and is_within(day, 1, 30) else None


def _season(match: re.Match[str]) -> Said:
    return {"season": match[0][0] if match[0][0] in "春夏秋冬" else match[0]}


def _day_word(match: re.Match[str]) -> Said:
    said: Said = {"day_by": DAY_WORDS[match["w"]]}
    if match["part"]:
        said["part"] = PART_OF.get(match["part"], "morning")
    return said


# 这周一共, 下周一起去: here 一 begins the next word, and the week is meant as a whole
WEEKDAYS = f"{WEEK}?[一二三四五六日天末1-7]"
EVERY = (
    rf"每(?:隔?[一两三四\d])?个?(?:{WEEKDAYS}(?:[、,和到至-]{{0,2}}{WEEKDAYS})*+|{WEEK}|月(?:的?{FEW}[日号])?|季度|年"
    "|天|日|晚上?|早上?)"
)
AND_WEEKDAY = (
    rf"(?P<to>(?<=六)[日天](?![常程报])|[、和跟及]?{WEEK}[一二三四五六日天](?![\d个.点万名])"
    "|、[一二三四五六日](?![期次号楼个台点家月人种批天]))"
)
ONE_OTHERWISE = "一(?:共|直|次|趟|家|单|起(?=[去吃拜见聊开做讨约喝跟和看过]))"
WORDS = [
    Word(
        "z_lunar_day",
        rf"(?:(?:农历|阴历|旧历)的?(?P<m>正|冬|腊|{FEW})|(?P<m2>[正冬腊]))月(?P<d>初[一二三四五六七八九十]|廿[一二三四五六七八九]?"
        r"|三十|[一二]?十[一二三四五六七八九]?|[12]?\d(?=[日号])|30(?=[日号]))[日号]?",
        _lunar_day,
        "农阴旧正冬腊",
    ),
    Word(
        "z_days",
        rf"(?<![\d.:第#/])(?P<d>{FEW})(?:日|号)?(?:-|~|—{{1,2}}|到|至|、|和)(?P<to>{FEW})[日号]{NO_DAY}",
        _days,
        SMALL_STARTS,
    ),
    Word(
        "z_month_day",
        r"(?P<lunar>农历|阴历|旧历)?(?<![\d个第十一二三四五六七八九])(?P<m>\d{1,2}|十[一二]"
        "|[一二三四五六七八九十正腊冬]) ?月(?:份)? ?(?:(?P<d>初[一二三四五六七八九十]|廿[一二三四五六七八九]?"
        rf"(?![日号])|{FEW}(?=[日号])|[0-3]?\d(?![\d:点时个月万.%年天周kw])|[0-3]\d(?=\d\d:\d)"
        "|[一二三]?十[一二三四五六七八九]?(?=$|[至到前]))(?:(?:[日号])?(?:-|~|—{1,2}|到|至"
        f"|、|和)(?P<to>{FEW})(?=[日号]))?[日号]?)",
        _month_day,
        "农阴旧正腊冬" + SMALL_STARTS,
    ),
    Word(
        "z_months",
        rf"(?<![\d个第十一二三四五六七八九.])(?P<m>{FEW})月?份?(?:-|~|到|至)(?P<to>{FEW})月(?:份)?(?!\d)",
        _months,
        SMALL_STARTS,
    ),
    Word(
        "z_month",
        r"(?P<lunar>农历|阴历|旧历)?(?<![\d个第十一二三四五六七八九])"
        r"(?P<m>\d{1,2}|十[一二]|[一二三四五六七八九十正腊冬]) ?月"
        "(?:份|(?=月))?月?(?![光亮饼嫂])",
        _month,
        "农阴旧正腊冬" + SMALL_STARTS,
    ),
    Word("z_every", EVERY, _every, "每"),
    Word(
        "z_week_pair",
        rf"(?P<w>这|本|呢|今|上{{1,3}}|下{{1,3}})个?{WEEK}(?P<wd>[一二三四五六]){AND_WEEKDAY}",
        _weekdays,
        "这本呢今上下",
    ),
    Word(
        "z_weekdays",
        rf"(?<![每一二两三四五六七八九十\d几上下本这个])(?P<w>){WEEK}(?P<wd>[一二三四五六]){AND_WEEKDAY}",
        _weekdays,
        "周星礼",
    ),
    Word(
        "z_week",
        f"(?P<w>这|本|当|今|呢|上{{1,3}}|下{{1,3}})(?:一)?个?{WEEK}(?:的?{WEEK})?(?P<wd>(?!{ONE_OTHERWISE})"
        r"(?:[一二三四五六日天末]|[1-6](?!\d))(?![个.点万名]))?(?![年报刊期边])",
        _week,
        "这本当今呢上下",
    ),
    Word(
        "z_weekday",
        rf"(?:(?<![每一二两三四五六七八九十\d几上下本这个])|(?<=[周期拜][一二三四五])){WEEK}(?P<wd>[一二三四五六日天末]|[1-7](?!\d))(?![个.万]|总|经理|工(?!作)|董|鸣|凡|诺|帆|杰)",
        _weekday,
        "周星礼",
    ),
    Word("z_day_pair", r"(?P<w>今明后|今明|明后|昨今|前昨)(?:[两三这几俩仨])?天", _day_pair, "今明昨前"),
    Word(
        "z_day_word",
        "(?<![以之随])(?P<w>大大后|大大前|大后|大前|今|明|昨|后|前|本|次|翌|听|寻|琴)"
        "(?:天|日(?!头条|之[后星]|[本常期历志程])|儿个?(?!子)|(?P<part>[早晚晨夜朝](?!报|会|餐|饭|茶|间)))",
        _day_word,
        "大后今明昨前本次翌听寻琴",
    ),
    Word(
        "z_short_day",
        r"(?<![一-鿿])(?P<w>[今昨明])(?P<part>(?!))?(?=[跑去见访拜约签收打跟发到和给])",
        _day_word,
        "今昨明",
    ),
    Word(
        "z_national",
        "十一(?=假期|长假|期间|黄金周|前(?!后)|后(?![天来])|回来)|(?<![^ ])十一$",
        lambda m: {"holiday": "国庆"},
        "十",
    ),
    Word("z_whole_day", r"(?P<w>全)天", lambda m: {"day_by": 0}, "全"),
    Word(
        "z_day",
        rf"(?<![\d.:第#/路街道弄巷村段幢栋附座-])(?<![零一二三四五六七八九十百])(?P<d>{FEW}) ?[日号]{NO_DAY}",
        _day,
        SMALL_STARTS,
    ),
    Word(
        "z_holiday",
        "(?<![一二三四五六七八九])"
        + one_of(HAN_HOLIDAYS)
        + "(?![大宵路街道班村镇门]|广场|中路|[东西南北]路|小区|新区|月饼)",
        _holiday,
        "".join({name[0] for name in HAN_HOLIDAYS}),
    ),
    Word(
        "z_new_year",
        "(?:(?<![一-鿿\\d])年|农历年|旧历年|过年)(?=(?:之|以)?[前后](?!天))",
        lambda m: {"holiday": "春节"},
        "年农旧过",
    ),
    Word("z_first_moon", "大年(?P<n>初[一二三四五六七八九十])", _first_moon, "大"),
    Word("z_season", "暑假|寒假|[春夏秋冬]天|(?<=年)[春夏秋冬]季?(?![节游招装至])", _season, "暑寒春夏秋冬"),
]
