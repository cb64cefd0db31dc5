"""Chinese words of time: 明天, 下下周一, 十月二十号, 下午三点半, 上个季度末, 三天后, 未来两周, 第一个周二."""

from __future__ import annotations

import re

from nlu.numerals import DIGITS, digits, number
from nlu.value_words import one_of, value_words
from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.atoms_digits import MERIDIEM, clock, full_year

FEW = r"(?:\d{1,2}|[零〇一二两三四五六七八九十廿]{1,3})"
MANY = r"(?:(?<!\d)\d{1,3}(?:\.\d{1,2})?|[一二两三四五六七八九十百半几俩仨]{1,4})"
WEEK = "(?:周|星期|礼拜)"
WEEKDAY = {
    char: place for place, chars in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天末7")) for char in chars
}
DAY_WORDS = {
    "大大后": 4, "大后": 3, "后": 2, "明": 1, "翌": 1, "次": 1, "听": 1, "今": 0, "本": 0, "当": 0, "全": 0, "昨": -1, "寻": -1,
    "琴": -1, "前": -2, "大前": -3, "大大前": -4,
}  # fmt: skip
YEAR_WORDS = {
    "大前": -3,
    "前": -2,
    "去": -1,
    "今": 0,
    "本": 0,
    "当": 0,
    "这": 0,
    "这一": 0,
    "明": 1,
    "次": 1,
    "后": 2,
    "大后": 3,
}
PARTS = {
    "dawn": ["凌晨", "拂晓"],
    "morning": ["清晨", "早上", "早晨", "早间", "上午", "上昼", "一大早", "一早", "大清早", "晨"],
    "noon": ["中午", "正午", "午间", "晌午", "晏昼"],
    "afternoon": ["下午", "午后", "下昼"],
    "evening": ["傍晚", "晚上", "晚间", "夜晚", "今夜", "夜间"],
    "night": ["夜里", "深夜", "半夜", "午夜"],
}
PART_OF = {word: part for part, words in PARTS.items() for word in words} | {
    "早": "morning",
    "朝": "morning",
    "晚": "evening",
    "夜": "evening",
}
UNITS = {
    "秒": "second", "分钟": "minute", "分": "minute", "刻钟": "quarter hour", "小时": "hour", "钟头": "hour", "钟": "hour", "天": "day", "日": "day",
    "晚": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "季度": "quarter", "季": "quarter", "年": "year",
}  # fmt: skip
UNIT = one_of(UNITS)
PIECES = {
    "初": "start",
    "头": "start",
    "开头": "start",
    "中旬": "mid10",
    "中": "middle",
    "底": "end",
    "末": "end",
    "尾": "end",
    "上旬": "first10",
    "下旬": "last10",
}
MIDDLE = "中(?![标国心午间文英层型小科介秋铁建石兴央班餐止断型试])"
PIECE = (
    f"(?:初(?!步|版|稿|中|级|审|八|一|二|三|四|五|六|七|九|十)|开头|中旬|{MIDDLE}|底(?![价层线单稿])|末|尾|上旬|下旬)"
)
SOLAR = [name for group in ("fixed", "weekday", "lunar", "computed") for name in value_words()["holiday"][group]]
HAN_HOLIDAYS = one_of(name for name in SOLAR if not name.isascii())
NO_DAY = "(?![线楼厂库门店机院会桌馆仓文车任工合码称召房商位柜牌令]|单(?!子)|的?(?:任务|待办|工单|渠道)|元|均|常|志|程|报|期|用|化|资|照|本)"
SAME_TIME = "(?:点(?!名|评|头|击|赞|心|餐|子|播|位|缀|拨|数|滴|火|菜|都|不|也|儿|建议|意见|要求|原因|问题|内容|想法|说明|情况|反馈|:|;)|时(?!候|间|代|尚|光|段|期|常|机|差|刻|长|限|效))"


def small(text: str) -> int | None:
    """A small whole number in either script."""
    value = number(text.replace("俩", "两").replace("仨", "三"))
    return int(value) if value is not None and value == int(value) else None


def _within(value: int | None, low: int, high: int) -> bool:
    return value is not None and low <= value <= high


def _offset(word: str) -> int:
    """So many steps from the present one: 上上 is -2, 下 1, 这 0."""
    return word.count("下") - word.count("上")


def _year(match: re.Match[str]) -> Said | None:
    text = match["y"] or match["z"]
    if text.isdigit():
        is_told = len(text) == 4 or text[0] == "0" or SHORT_YEAR.match(match.string, match.end())
        return {"year": full_year(text)} if is_told else None
    value = digits(text)
    return {"year": full_year(value)} if len(value) in (2, 4) and (len(value) == 4 or value[0] in "0789") else None


SHORT_YEAR = re.compile(rf" ?(?:{FEW}月|第|Q|[上下]半|[底初末中]|奥运|$)", re.IGNORECASE)


def _year_word(match: re.Match[str]) -> Said | None:
    word = match["w"].removesuffix("一") if match["w"][0] in "上下" else match["w"]
    return {"year_by": YEAR_WORDS[word] if word in YEAR_WORDS else _offset(word)}


def _month(match: re.Match[str]) -> Said | None:
    month = {"正": 1, "冬": 11, "腊": 12}.get(match["m"]) or small(match["m"])
    if not _within(month, 1, 12):
        return None
    said: Said = {"month": month}
    if match["lunar"] or match["m"] in "正冬腊":
        said["lunar"] = True
    return said


def _month_day(match: re.Match[str]) -> Said | None:
    month, day = (
        {"正": 1, "冬": 11, "腊": 12}.get(match["m"]) or small(match["m"]),
        small((match["d"] or "").replace("初", "")),
    )
    if not (_within(month, 1, 12) and _within(day, 1, 31)):
        return None
    said: Said = {"month": month, "day": day}
    to = small(match["to"]) if match["to"] else None
    if to is not None:
        said["day_to"] = to
    if match["lunar"] or match["m"] in "正冬腊" or match["d"][0] in "初廿":
        said["lunar"] = True
    return said


def _day(match: re.Match[str]) -> Said | None:
    day = small(match["d"])
    return {"day": day} if _within(day, 1, 31) else None


def _days(match: re.Match[str]) -> Said | None:
    first, last = small(match["d"]), small(match["to"])
    if first is None or last is None or not 1 <= first < last <= 31:
        return None
    return {"day": first, "day_to": last}


def _day_word(match: re.Match[str]) -> Said:
    said: Said = {"day_by": DAY_WORDS[match["w"]]}
    if match["part"]:
        said["part"] = PART_OF[match["part"]]
    return said


def _day_pair(match: re.Match[str]) -> Said:
    days = [DAY_WORDS[char] for char in match["w"]]
    return {"day_by": days[0], "days_to": days[-1]}


def _week(match: re.Match[str]) -> Said:
    said: Said = {"week_by": _offset(match["w"])}
    return said | (_weekday_of(match["wd"]) if match["wd"] else {})


def _weekday(match: re.Match[str]) -> Said:
    return _weekday_of(match["wd"])


def _weekday_of(char: str) -> Said:
    return {"weekend": True} if char == "末" else {"weekday": WEEKDAY[char]}


def _by(unit: str) -> str:
    return {"月": "month_by", "季度": "quarter_by", "季": "quarter_by"}.get(unit) or f"{unit.lower()}_by"


def _unit_word(match: re.Match[str]) -> Said:
    return {_by(match["u"]): _offset(match["w"])}


def _quarter(match: re.Match[str]) -> Said | None:
    text = match["n"] or match["m"] or match["k"]
    quarter = 1 if text == "首" else small(text)
    return {"quarter": quarter} if _within(quarter, 1, 4) else None


def _first_of_year(match: re.Match[str]) -> Said | None:
    """前三季度, 前两个季度, 前十一个月: from the year's beginning."""
    count = small(match["n"])
    if count is None or not 1 <= count <= 12:
        return None
    return {"first": count * (3 if match["u"].startswith("季") else 1)}


def _half(match: re.Match[str]) -> Said:
    half = 1 if match["w"] in "上前" else 2
    return {"half": half} if match["u"] == "年" else {"half_month": half}


def _piece(match: re.Match[str]) -> Said:
    unit = {"年": "year", "月": "month", "季": "quarter", "季度": "quarter", "周": "week"}.get(match["u"] or "", "")
    return {"piece": PIECES[match["p"]], **({"of": unit} if unit else {})}


def _part(match: re.Match[str]) -> Said:
    return {"part": PART_OF[match["w"]]}


def _end_of_work(match: re.Match[str]) -> Said:
    return {"part": "work", "before": True}


def _hour(match: re.Match[str]) -> Said | None:
    hour = small(match["h"])
    if not _within(hour, 0, 24) or hour is None:
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


BEFORE_HOUR = re.compile(
    r"(?:[午晨天日号里]|早上|晚上|[今明昨后当听琴寻][早晚]|周[一二三四五六]|礼拜[一二三四五六]|到|至|-) ?$"
)


def _hours(match: re.Match[str]) -> Said | None:
    """七八点: from the one to the end of the other."""
    low, high = DIGITS[match["a"]], DIGITS[match["b"]]
    return {"hour": low, "minute": 0, "hour_to": high} if low + 1 == high else None


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


def _beside(match: re.Match[str]) -> Said:
    """圣诞节前一天: so many days before what stands before it."""
    sign = -1 if match["dir"] == "前" else 1
    return {"shift": tuple((unit, sign * count) for unit, count in _quantities(match["q"])), "needs_base": True}


def _quantities(text: str) -> tuple[tuple[str, float], ...]:
    parts: list[tuple[str, float]] = []
    for piece in QUANTITY.finditer(text):
        count = _count(piece["n"])
        unit = UNITS[piece["u"]]
        if count is None:
            return ()
        count += 0.5 if piece["more"] else 0
        parts.append((unit, count) if unit != "quarter hour" else ("minute", count * 15))
    return tuple(parts)


def _count(text: str) -> float | None:
    if text in ("半", "几"):
        return 0.5 if text == "半" else None
    value = number(text.replace("俩", "两").replace("仨", "三"))
    if value is None and len(text) == 2 and text[0] in DIGITS:
        value = number(text[0])
    return None if value is None else float(value)


QUANTITY = re.compile(rf"(?P<n>{MANY})(?:多)?(?:个)?(?P<more>半)? ?(?P<u>{UNIT})(?P<more2>半)?")


def _around(match: re.Match[str]) -> Said | None:
    """未来三个月, 最近两周, 接下来一周, 过去30天."""
    parts = _quantities(match["q"])
    if len(parts) != 1:
        return None
    unit, count = parts[0]
    ahead = match["w"] in ("未来", "接下来", "今后", "往后", "后面", "下", "后", "之后")
    return {"span": (unit, count if ahead else -count)}


def _nth(match: re.Match[str]) -> Said | None:
    count = -1 if match["n"] == "最后" else small(match["n"].removeprefix("第"))
    if count is None:
        return None
    if match["wd"]:
        return {"nth": count, "weekday": WEEKDAY[match["wd"]]}
    return {"nth": count, "nth_of": UNITS[match["u"]]}


def _holiday(match: re.Match[str]) -> Said | None:
    return {"holiday": match[0]}


def _season(match: re.Match[str]) -> Said:
    return {"season": match[0]}


LONG = "(?:天|晚|周|星期|礼拜|小时|钟头|分钟|刻钟|秒钟?|季度|年|(?<=个)钟|(?<=个)月|(?<=个半)月|分(?!之))"
QUANTITIES = rf"(?:(?:{MANY}多?个?半? ?{LONG}半?零?){{1,3}}|{MANY}日(?=(?:之|以)?内))"
WORDS = [
    Word("z_work", r"(?:下班|收工|打烊)(?:之)?前", _end_of_work),
    Word("z_days", rf"(?<![\d.:第#/])(?P<d>{FEW})(?:日|号)?(?:-|~|—{{1,2}}|到|至|、|和)(?P<to>{FEW})[日号]{NO_DAY}", _days),
    Word("z_shift", rf"(?P<pass>再?过(?:了)?)?(?<![第月星期周\d])(?P<q>{QUANTITIES})(?:的?(?:时间)?(?P<dir>(?:之|以)?(?:前|后|内)|过后|里(?!面|程)))(?!天|年|台|端|者|勤|续|期|部|存|容|的一天)", _shift),
    Word("z_day_beside", r"(?P<dir>前|后)(?P<q>(?:[一两三四五六七八九]|\d)天)(?P<pass>(?!))?(?!前|后|内)", _beside),
    Word("z_pass", rf"(?P<pass>再?过)(?P<q>{QUANTITIES})(?P<dir>(?!))?", _shift),
    Word("z_around", rf"(?P<w>未来|接下来|今后|往后|后面|最近|近|过去|(?<!一)下|后)(?:这)?的?(?P<q>(?!半){MANY}个? ?{UNIT})(?!前|后|内|级|[一二三四五六日天末])", _around),
    Word("z_first", r"前(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?P<u>季度|月)", _first_of_year),
    Word("z_nth", rf"(?P<n>第{FEW}|最后一?)个?(?:(?P<u>周|星期|礼拜|月|天)|(?:周|星期|礼拜)(?P<wd>[一二三四五六日天]))(?![一二三四五六日天])", lambda m: _nth(m)),
    Word("z_nth_weekday", rf"(?P<n>第{FEW}|最后一?)个?{WEEK}(?P<wd>[一二三四五六日天])(?P<u>(?!))?", _nth),
    Word("z_year_word", r"(?P<w>大前|前|去|今|本|当|明|次|大后|后|上{1,3}一?|下{1,3}一?|这一?)年(?:度(?!预算|框))?(?![级轻纪龄会货费薪终框])", _year_word),
    Word("z_year", r"(?<![\d了近超约满有每第])(?:(?P<y>(?:19|20)\d\d) ?年(?:度(?!预算|框))?(?!级)|(?P<z>\d\d|[零〇一二三四五六七八九]{2,4}) ?年(?![级前后内来以之多期限]|的?(?:经验|历史|合同|质保)))", _year),
    Word("z_month_day", rf"(?P<lunar>农历|阴历|旧历)?(?<![\d个第十一二三四五六七八九])(?P<m>\d{{1,2}}|十[一二]|[一二三四五六七八九十正腊冬]) ?月(?:份)? ?(?:(?P<d>初[一二三四五六七八九十]|廿[一二三四五六七八九]?(?![日号])|{FEW}(?=[日号])|[0-3]?\d(?![\d:点时个月万.%年天周kw])|[0-3]\d(?=\d\d:\d)|[一二三]?十[一二三四五六七八九]?(?=$|[至到前]))(?:(?:[日号])?(?:-|~|—{{1,2}}|到|至|、|和)(?P<to>{FEW})(?=[日号]))?[日号]?)", _month_day),
    Word("z_month", r"(?P<lunar>农历|阴历|旧历)?(?<![\d个第十一二三四五六七八九])(?P<m>\d{1,2}|十[一二]|[一二三四五六七八九十正腊冬]) ?月(?:份|(?=月))?月?(?![光亮饼薪租费结子嫂台报供])", _month),
    Word("z_unit", r"(?P<w>这|本|当|上{1,3}|下{1,3})(?:一)?个? ?(?P<u>月|季度|季|quarter(?![a-z])|month(?![a-z])|week(?![a-z])|year(?![a-z]))(?![光亮饼薪嫂台历])", _unit_word),
    Word("z_week", rf"(?P<w>这|本|当|今|上{{1,3}}|下{{1,3}})(?:一)?个?{WEEK}(?:的?{WEEK})?(?P<wd>[一二三四五六日天末1-6](?![\d个.点万名]))?(?![年报刊期边])", _week),
    Word("z_weekday", rf"(?<![每一二两三四五六七八九十\d几上下本这个]){WEEK}(?P<wd>[一二三四五六日天末1-7])(?![\d个.万]|总|经理|工(?!作)|董|鸣|凡|诺|帆|杰)", _weekday),
    Word("z_half", r"(?P<w>[上下前后])半(?:个)?(?P<u>年|月)", _half),
    Word("z_quarter", r"(?:第(?P<n>[一二三四1-4])季度?|(?P<m>[一二三四首]|(?<![\d第])[1-4])季度|(?<![A-Za-z0-9])Q(?P<k>[1-4])(?![A-Za-z0-9]))", _quarter),
    Word("z_piece", rf"(?:(?P<u>年|月|季度?|周)(?P<p>{PIECE})|(?<=[月年度季])(?P<q>{PIECE}))", lambda m: _piece_of(m)),
    Word("z_day_pair", r"(?P<w>今明后|今明|明后|昨今|前昨)(?:[两三这几俩仨])?天", _day_pair),
    Word("z_day_word", r"(?P<w>大大后|大大前|大后|大前|今|明|昨|后|前|本|次|翌|听|寻|琴|当)(?:(?:天|日(?!头条|便利|之[后星]|本)|儿个?(?!子))(?P<part>(?!))?|(?P<part2>[早晚晨夜朝](?!报|会|餐|饭|茶|间)))(?!就|之后才)?", lambda m: _day_word2(m)),
    Word("z_short_day", r"(?P<w>[今昨明])(?P<part2>(?!))?(?=[跑去见访拜约签收打跟发到和给])", lambda m: _day_word2(m)),
    Word("z_national", "十一(?=假期|长假|期间|黄金周|前(?!后)|后(?![天来])|回来)|(?<![^ ])十一$", lambda m: {"holiday": "国庆"}),
    Word("z_whole_day", r"(?P<w>全)天", lambda m: {"day_by": 0}),
    Word("z_day", rf"(?<![\d.:第#/路街道弄巷村段幢栋-])(?<![零一二三四五六七八九十百])(?P<d>{FEW}) ?[日号]{NO_DAY}", _day),
    Word("z_hours", r"(?P<a>[一二三四五六七八九])(?P<b>[二三四五六七八九])点(?!半|钟?多)", _hours),
    Word("z_hour", rf"(?P<before>[早晚])?(?<![\d.点分第有多少快慢减高几这那零二三四五六七八九十百])(?P<h>{FEW}) ?{SAME_TIME}(?:(?P<sharp>整|正)|(?P<thirty>半)|(?P<quarter>[一二三123])刻|(?P<vague>多钟?|来钟|左右(?=的样))|(?P<mi>[零〇]?{FEW})(?![个万%天多])(?P<minutes>分)?(?:{FEW}秒?)?|钟)?{MERIDIEM}?", _hour),
    Word("z_part", rf"(?P<w>{one_of(word for words in PARTS.values() for word in words)})(?![好茶饭餐])", _part),
    Word("z_holiday", HAN_HOLIDAYS + "(?![大宵])", _holiday),
    Word("z_season", "暑假|寒假", _season),
]  # fmt: skip


def _piece_of(match: re.Match[str]) -> Said:
    unit = {"年": "year", "月": "month", "季": "quarter", "季度": "quarter", "周": "week"}.get(match["u"] or "", "")
    return {"piece": PIECES[match["p"] or match["q"]], **({"of": unit} if unit else {})}


def _day_word2(match: re.Match[str]) -> Said:
    said: Said = {"day_by": DAY_WORDS[match["w"]]}
    if match["part2"]:
        said["part"] = PART_OF.get(match["part2"], "morning")
    return said
