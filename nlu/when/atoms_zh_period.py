"""Chinese words for longer periods: 明年, 2026年, 上个季度, 下半年, 第三季度, 月底."""

from __future__ import annotations

import re

from nlu.numerals import digits
from nlu.when import Said
from nlu.when.atoms import Word
from nlu.when.atoms_digits import full_year
from nlu.when.chinese import FEW, PIECES, SMALL_STARTS, YEAR_WORDS, is_within, offset, small

FIRST_YEAR = 1911  # the last before the Republic of China
SHORT_YEAR = re.compile(rf" ?(?:{FEW}月|第|Q|[上下]半|[底初末中]|奥运|$)", re.IGNORECASE)
MIDDLE = "中(?![标国心午间文英层型小科介秋铁建石兴央班餐止断型试])"
PIECE = (
    f"(?:初(?!步|版|稿|中|级|审|八|一|二|三|四|五|六|七|九|十)|开头|中旬|{MIDDLE}|底(?![价层线单稿])|末|尾"
    "|(?<=月)头|上旬|下旬)"
)


def _year(match: re.Match[str]) -> Said | None:
    text = match["y"] or match["z"]
    if text.isdigit():
        is_told = len(text) == 4 or text[0] == "0" or SHORT_YEAR.match(match.string, match.end())
        return {"year": full_year(text)} if is_told else None
    value = digits(text)
    return {"year": full_year(value)} if len(value) in (2, 4) and (len(value) == 4 or value[0] in "0789") else None


def _roc_year(match: re.Match[str]) -> Said:
    """115年3月, 民国115年: as Taiwan counts."""
    return {"year": FIRST_YEAR + int(match["n"] or match["t"])}


def _years(match: re.Match[str]) -> Said | None:
    first, last = int(match["a"]), int(match["b"])
    return {"year": first, "year_to": last} if first < last else None


def _decade(match: re.Match[str]) -> Said | None:
    """90年代, 上世纪八十年代."""
    tens = small(match["t"])
    if tens is None or tens % 10 or tens > 90:
        return None
    century = int(match["c"]) * 100 if match["c"] else 1900 if match["w"] or tens >= 30 else 2000
    return {"decade": century + tens}


def _year_word(match: re.Match[str]) -> Said | None:
    word = match["w"].removesuffix("一") if match["w"][0] in "上下" else match["w"]
    return {"year_by": YEAR_WORDS[word] if word in YEAR_WORDS else offset(word)}


def _by(unit: str) -> str:
    return {"年": "year_by", "月": "month_by", "周": "week_by", "季度": "quarter_by", "季": "quarter_by"}.get(
        unit
    ) or f"{unit.lower()}_by"


def _unit_word(match: re.Match[str]) -> Said:
    return {_by(match["u"]): offset(match["w"])}


def _present(match: re.Match[str]) -> Said:
    """月内, 年内: of the present one."""
    return {_by(match["u"]): 0}


def _quarter(match: re.Match[str]) -> Said | None:
    text = match["n"] or match["m"] or match["k"]
    quarter = 1 if text == "首" else small(text)
    return {"quarter": quarter} if is_within(quarter, 1, 4) else None


def _half(match: re.Match[str]) -> Said:
    half = 1 if match["w"] in "上前" else 2
    return {"half": half} if match["u"] == "年" else {"half_month": half}


def _piece(match: re.Match[str]) -> Said:
    unit = {"年": "year", "月": "month", "季": "quarter", "季度": "quarter", "周": "week"}.get(match["u"] or "", "")
    return {"piece": PIECES[match["p"] or match["q"]], **({"of": unit} if unit else {})}


WORDS = [
    Word(
        "z_year_word",
        r"(?P<w>大前|前|去|今|本|当|明|次|大后|后|(?<![一-鿿])[出旧]|上{1,3}一?|下{1,3}一?|这一?)年(?:度(?!预算|框))?(?![级轻纪龄会货费薪终框])",
        _year_word,
        "大前去今本当明次后上下这出旧",
    ),
    Word(
        "z_roc_year",
        r"(?:中华)?民国(?P<n>\d{2,3})年?|(?<!\d)(?P<t>1[01]\d) ?年(?=[01]?\d月|度|底|[上下]半|第)",
        _roc_year,
        "中民1",
    ),
    Word("z_years", r"(?<!\d)(?P<a>(?:19|20)\d\d)年?(?:-|~|到|至)(?P<b>(?:19|20)\d\d)年", _years, "12"),
    Word(
        "z_decade",
        r"(?:(?P<w>上个?世纪)|(?P<c>19|20)|(?<!\d))(?P<t>\d0|[二三四五六七八九]十)年代",
        _decade,
        "上0123456789二三四五六七八九",
    ),
    Word(
        "z_year",
        r"(?<![\d了近超约满有每第])(?:(?P<y>(?:19|20)\d\d) ?年(?:度(?!预算|框))?(?!级)"
        r"|(?P<z>\d\d|[零〇一二三四五六七八九]{2,4}) ?年(?![级前后内来以之多期限]|的?(?:经验|历史|合同"
        "|质保)))",
        _year,
        SMALL_STARTS,
    ),
    Word(
        "z_unit",
        "(?P<w>这|本|当|呢|今(?=个月|季)|出(?=个月)|上{1,3}|下{1,3})(?:一)?个? ?(?P<u>月|季度|季|quarter(?![a-z])"
        "|month(?![a-z])|week(?![a-z])|year(?![a-z]))(?![光亮饼薪嫂台历])",
        _unit_word,
        "这本当呢今出上下",
    ),
    Word("z_unit_within", r"(?<![\d一-鿿])(?P<u>年|月|季度|季|周)(?=(?:之|以)?内(?!部))", _present, "年月季周"),
    Word("z_half", r"(?P<w>[上下前后])半(?:个)?(?P<u>年|月)", _half, "上下前后"),
    Word(
        "z_quarter",
        r"(?:第(?P<n>[一二三四1-4])季度?|(?P<m>[一二三四首]|(?<![\d第])[1-4])季度|(?<![A-Za-z0-9])Q"
        r"(?P<k>[1-4])(?![A-Za-z0-9]| ?(?:of )?20\d\d))",
        _quarter,
        "第一二三四首1234Qq",
    ),
    Word(
        "z_piece",
        rf"(?:(?P<u>年|月|季度?|周(?!末))(?P<p>{PIECE})|(?<=[月年度季])(?P<q>{PIECE}))",
        _piece,
        "年月季周初开头中底末尾上下",
    ),
]
