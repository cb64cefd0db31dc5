"""The Chinese vocabulary of time: day and year words, parts of the day, units, and small numbers."""

from __future__ import annotations

from nlu.numerals import number

FEW = r"(?:\d{1,2}|[零〇一二两三四五六七八九十廿]{1,3})"
MANY = r"(?:(?<!\d)\d{1,3}(?:\.\d{1,2})?|[一二两三四五六七八九十百半几俩仨]{1,4})"
SMALL_STARTS = "0123456789零〇一二两三四五六七八九十廿"
MANY_STARTS = "0123456789一二两三四五六七八九十百半几俩仨"
WEEK = "(?:周|星期|礼拜)"
WEEKDAY = dict(zip("一二三四五六日天末1234567", (*range(7), 6, 6, *range(7)), strict=True))
DAY_WORDS = {"大大后": 4, "大后": 3, "后": 2, "大前": -3, "大大前": -4, "前": -2}
DAY_WORDS |= dict.fromkeys("明翌次听", 1) | dict.fromkeys("今本全", 0) | dict.fromkeys("昨寻琴", -1)
YEAR_WORDS = {"大前": -3, "前": -2, "去": -1, "这一": 0, "后": 2, "大后": 3}
YEAR_WORDS |= {"出": 1, "旧": -1}
YEAR_WORDS |= dict.fromkeys("今本当这", 0) | dict.fromkeys("明次", 1)
PARTS = {
    "dawn": ["凌晨", "拂晓"],
    "morning": ["清晨", "早上", "早晨", "早间", "上午", "上昼", "一大早", "一早", "大清早", "朝早", "朝头早", "晨"],
    "noon": ["中午", "正午", "午间", "晌午", "晏昼"],
    "afternoon": ["下午", "午后", "下昼"],
    "evening": ["傍晚", "晚上", "晚间", "夜晚", "今夜", "夜间", "晚黑", "入夜"],
    "night": ["夜里", "深夜", "半夜", "午夜"],
}
PART_OF = {word: part for part, words in PARTS.items() for word in words}
PART_OF |= {"早": "morning", "朝": "morning", "晚": "evening", "夜": "evening"}
UNIT_WORDS = {
    "second": ["秒", "秒钟"],
    "minute": ["分钟", "分"],
    "quarter hour": ["刻钟"],
    "hour": ["小时", "钟头", "钟"],
    "workday": ["工作日", "工作天"],
    "day": ["天", "日", "晚"],
    "week": ["周", "星期", "礼拜"],
    "month": ["月"],
    "quarter": ["季度", "季"],
    "year": ["年"],
}
UNITS = {word: unit for unit, words in UNIT_WORDS.items() for word in words}
PIECE_WORDS = {
    "start": ["初", "头", "开头"],
    "middle": ["中"],
    "end": ["底", "末", "尾"],
    "first10": ["上旬"],
    "mid10": ["中旬"],
    "last10": ["下旬"],
}
PIECES = {word: piece for piece, words in PIECE_WORDS.items() for word in words}


def small(text: str) -> int | None:
    """A small whole number in either script."""
    value = number(text.replace("俩", "两").replace("仨", "三"))
    return int(value) if value is not None and value == int(value) else None


def is_within(value: int | None, low: int, high: int) -> bool:
    """Whether there is a value, and between the two."""
    return value is not None and low <= value <= high


def offset(word: str) -> int:
    """So many steps from the present one: 上上 is -2, 下 and 出 are 1, 这 is 0."""
    return word.count("下") + word.count("出") - word.count("上")
