"""Pictures of reports: the same bytes for the same chart, nothing outside the sheet, no font but the package's own."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talk.charts import MOST_ROWS, Bar, Chart, FunnelChart, Point, TrendChart, alt_text, canvas, png
from talk.charts.canvas import EDGE, WIDTH, Canvas
from talk.charts.funnel import draw_funnel
from talk.charts.letters import FONT, cut, drawable, lines, shrunk, width
from talk.charts.trend import draw_trend

ROOT = Path(__file__).parents[2]
FUNNEL = FunnelChart(
    "漏斗 · 华东一组",
    "11月20日 周五",
    (
        Bar("需求确认", "12 单", "¥210万", 12, "+2"),
        Bar("方案报价", "8 单", "¥402万", 8),
        Bar("商务谈判", "3 单", "¥254万", 3, "−1"),
    ),
    "加权预测 ¥486万",
)
TREND = TrendChart(
    "Won by week",
    "East team",
    tuple(Point(f"W{n}", n * 10, f"¥{n}0k", n == 8) for n in range(1, 9)),
    45,
    "Target ¥45k",
    "This week is still open",
)
LONG = "一个放不下的阶段名称 Requirements confirmed " * 9
TEXTS = st.text(max_size=60) | st.sampled_from([LONG, "¥123,456,789,012,345,678.00", "", "<b>&amp;\"'", "\u202e\ud800"])
SIZES = st.floats() | st.integers(0, 10**9).map(float)
BARS = st.lists(st.builds(Bar, TEXTS, TEXTS, TEXTS, SIZES, TEXTS), max_size=14).map(tuple)
POINTS = st.lists(st.builds(Point, TEXTS, SIZES, TEXTS, st.booleans()), max_size=14).map(tuple)
CHARTS = st.builds(FunnelChart, TEXTS, TEXTS, BARS, TEXTS) | st.builds(
    TrendChart, TEXTS, TEXTS, POINTS, SIZES | st.none(), TEXTS, TEXTS
)


def _svg(chart: Chart) -> ET.Element:
    sheet = draw_funnel(chart) if isinstance(chart, FunnelChart) else draw_trend(chart)
    return ET.fromstring(sheet.svg())  # noqa: S314 - our own


def _texts(chart: Chart) -> list[str]:
    return [each.text or "" for each in _svg(chart).iter("{http://www.w3.org/2000/svg}text")]


def _bars(chart: Chart) -> list[float]:
    """How wide the bars of a funnel are, their light grounds left out."""
    rects = _svg(chart).iter("{http://www.w3.org/2000/svg}rect")
    return [float(each.get("width", 0)) for each in rects if each.get("fill") in (canvas.BAR, canvas.FAINT)]


def _size(picture: bytes) -> tuple[int, int]:
    found: tuple[int, int] = struct.unpack(">II", picture[16:24])
    return found


@pytest.mark.parametrize("chart", [FUNNEL, TREND])
def test_the_same_chart_gives_the_same_bytes(chart: Chart) -> None:
    picture = png(chart)
    assert picture == png(replace(chart))
    assert picture != png(replace(chart, title="Another"))
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 150_000


def test_a_picture_is_as_wide_as_a_phone_shows_well_and_as_high_as_its_rows() -> None:
    three, none = _size(png(FUNNEL)), _size(png(replace(FUNNEL, bars=())))
    assert three[0] == none[0] == WIDTH == 1080
    assert three[1] - none[1] == pytest.approx(3 * 118, abs=1)


def test_each_stage_is_written_beside_its_bar() -> None:
    texts = _texts(FUNNEL)
    for bar in FUNNEL.bars:
        for text in (bar.label, bar.count_text, bar.sum_text, bar.change_text):
            assert not text or text in texts
    assert FUNNEL.title in texts
    assert FUNNEL.footer in texts


def test_bars_stand_for_their_sizes() -> None:
    first, second, third = _bars(FUNNEL)
    assert second / first == pytest.approx(8 / 12, abs=0.01)
    assert third / first == pytest.approx(3 / 12, abs=0.01)


def test_sizes_that_are_none_have_no_bar_and_harm_no_other() -> None:
    strange = (float("nan"), float("inf"), float("-inf"), -5.0, 0.0, 10.0)
    bars = _bars(replace(FUNNEL, bars=tuple(Bar("x", "1", "2", size) for size in strange)))
    assert bars[:5] == [8.0] * 5
    assert bars[5] > 200


@pytest.mark.parametrize("number", [0, 1, 12, MOST_ROWS])
def test_any_number_of_stages_is_fine(number: int) -> None:
    picture = png(replace(FUNNEL, bars=FUNNEL.bars[:1] * number))
    wide, high = _size(picture)
    assert sum((wide, high)) <= 10_000, "Telegram takes no larger ones"


def test_more_rows_than_a_picture_can_show_are_a_bug() -> None:
    with pytest.raises(ValueError, match="at most"):
        png(replace(FUNNEL, bars=FUNNEL.bars * MOST_ROWS))


def test_columns_that_are_too_narrow_for_their_values_become_rows() -> None:
    months = tuple(Point(f"{n}月", n, f"¥{n},234,567.00") for n in range(1, 13))
    assert _size(png(replace(TREND, points=months)))[1] > _size(png(TREND))[1]
    assert {point.text for point in months} <= set(_texts(replace(TREND, points=months)))


def test_a_target_is_a_line_with_its_words_and_without_one_there_is_none() -> None:
    dashed = [each for each in _svg(TREND).iter() if each.get("stroke-dasharray")]
    assert len(dashed) == 2
    assert TREND.target_text in _texts(TREND)
    bare = replace(TREND, target=None)
    assert not [each for each in _svg(bare).iter() if each.get("stroke-dasharray")]
    assert TREND.target_text not in _texts(bare)


def test_a_target_beyond_every_value_stays_on_the_sheet() -> None:
    for texts in ("¥1", "¥1,234,567,890"):
        points = tuple(replace(point, text=texts) for point in TREND.points)
        sheet = _svg(replace(TREND, points=points, target=1e12))
        for path in sheet.iter("{http://www.w3.org/2000/svg}path"):
            numbers = [float(n) for n in path.get("d", "").replace("M", "").replace("L", " ").split()]
            assert all(0 <= n <= max(WIDTH, float(sheet.get("height", 0))) for n in numbers)


@settings(max_examples=150, deadline=None)
@given(CHARTS)
def test_whatever_is_written_stays_within_the_sheet_and_is_text(chart: Chart) -> None:
    sheet = _svg(chart)
    high = float(sheet.get("height", 0))
    for each in sheet.iter("{http://www.w3.org/2000/svg}text"):
        x, y, size, text = float(each.get("x", 0)), float(each.get("y", 0)), float(each.get("font-size", 0)), each.text
        wide = width(text or "", size)
        left = x - wide / 2 if each.get("text-anchor") == "middle" else x
        assert left >= EDGE - 1
        assert left + wide <= WIDTH - EDGE + 2
        assert 0 < y < high
        assert size >= 30, "smaller is not legible on a phone"


@settings(max_examples=15, deadline=None)
@given(CHARTS)
def test_whatever_is_written_can_be_drawn(chart: Chart) -> None:
    assert png(chart).startswith(b"\x89PNG")


def test_marks_of_xml_are_shown_as_they_are() -> None:
    title = "<b>A&B</b> &amp; \"x\" 'y' ]]>"
    assert title in _texts(replace(FUNNEL, title=title))


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("龘靐 中", "〓〓 中"),
        ("😀 ok", "〓 ok"),
        ("👍🏽👨\u200d👩\u200d👧", "〓〓〓〓"),
        ("ขาย", "〓〓〓"),
        ("a\u202eb\u200f\u200bc", "abc"),
        ("a\x00\x07\r\n\tb", "a b"),
        ("a\ud800b", "ab"),
        ("1\u202f234\u00a0567", "1 234 567"),
        ("e\u0301 ﬀ", "é 〓"),
        ("张喆镕、臺灣", "张喆镕、臺灣"),
        ("€ £ ¥ $ ₩ − ≥ → ±", "€ £ ¥ $ ₩ − ≥ → ±"),
    ],
)
def test_what_the_font_lacks_is_marked_and_what_nobody_sees_is_gone(written: str, drawn: str) -> None:
    assert drawable(written) == drawn


def test_the_font_has_every_character_of_gb_2312() -> None:
    codes = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    han = [letter for code in codes if (letter := code.decode("gb2312", "ignore"))]
    assert len(han) == 6763
    assert [letter for letter in han if drawable(letter) != letter] == []


def test_the_table_of_widths_is_the_fonts_own() -> None:
    font = pytest.importorskip("fontTools.ttLib").TTFont(FONT)
    widths = {chr(code): font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}
    table = json.loads((FONT.parent / "advances.json").read_text(encoding="utf-8"))
    assert {letter: int(wide) for wide, letters in table.items() for letter in letters} == widths
    assert FONT.stat().st_size < 3_000_000
    assert "SIL OPEN FONT LICENSE" in (FONT.parent / "OFL.txt").read_text(encoding="utf-8")


def test_texts_are_cut_shrunk_and_broken_by_their_widths() -> None:
    assert width("漏斗", 50) == 100
    assert cut("漏斗漏斗", 50, 150) == "漏斗…"
    assert cut("漏斗", 50, 100) == "漏斗"
    assert shrunk("漏斗", (50, 40), 80) == ("漏斗", 40)
    assert lines("Requirements confirmed", 34, 264, 2) == ["Requirements", "confirmed"]
    assert lines("目标 ¥1,234,567", 40, 240, 2) == ["目标", "¥1,234,567"]
    assert lines("一二三四五六七八", 50, 150, 2) == ["一二三", "四五…"]
    assert lines("一二三。", 50, 150, 2)[0] == "一二", "a full stop begins no line"
    assert lines("一二三四五六七八", 50, 150, 3) == ["一二三", "四五六", "七八"]
    assert lines("", 50, 150, 2) == []


def test_letters_come_from_the_packages_font_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written, blank = Canvas(y=200), Canvas(y=200)
    written.text((50, 100), "漏斗 Funnel 12", 50)
    assert written.png() != blank.png()
    monkeypatch.setattr(canvas, "FONT", tmp_path / "none.otf")
    assert written.png() == blank.png()


def test_fifty_pictures_take_little_memory() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.charts", "50"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(told.stdout.splitlines()[-1])
    assert found["pictures"] == 50
    assert found["memory_mb"] < 40


def test_a_picture_is_told_in_words() -> None:
    assert alt_text(FUNNEL).splitlines() == [
        "漏斗 · 华东一组",
        "11月20日 周五",
        "需求确认 · 12 单 · ¥210万 · +2",
        "方案报价 · 8 单 · ¥402万",
        "商务谈判 · 3 单 · ¥254万 · −1",
        "加权预测 ¥486万",
    ]
    assert "W3 · ¥30k\n" in alt_text(TREND)
    assert "Target ¥45k\n" in alt_text(TREND)
    assert "Target" not in alt_text(replace(TREND, target=None))
