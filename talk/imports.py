"""What is said of a sheet before it is imported: how many rows would do what, some with the reason, and buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from crm.imports import DOUBTS, KINDS, OF_FIRM, WAYS, Preview, way_of
from crm.money import Money
from talk.catalogue import say, told
from talk.forms import Reader
from talk.message import Block, Count, Items, Line, Offer, Outcome, Parts, Phrase, Title, Word
from talk.sheets import Sheet, to_csv


def preview_outcome(key: int, name: str, preview: Preview, ways: Mapping[str, str]) -> Outcome:
    """The preview of the import `key`, with what can be decided."""
    facts = {"name": name, "ways": dict(ways), **preview.to_json()}
    count = preview.to_write(ways)
    doubts = _doubts(preview)
    write = Offer("button_import", "import", {"import": key, "do": "write"}, {"n": Count(count, "count_rows")})
    rows = [(write,)] if count else []
    rows += [(_cycling(key, doubt, preview, ways),) for doubt in doubts]
    merge = Offer("button_import_merge", "import", {"import": key, "do": "merge"})
    every = Offer("button_import_rows", "import", {"import": key, "do": "rows"})
    drop = Offer("button_import_drop", "import", {"import": key, "do": "drop"})
    is_open = any(way_of(ways, doubt) != "fill" for doubt in doubts if doubt in OF_FIRM)
    return Outcome("import_preview", facts, wrote=False, offers=(*rows, ((merge,) if is_open else ()) + (every, drop)))


def _cycling(key: int, doubt: str, preview: Preview, ways: Mapping[str, str]) -> Offer:
    """A button that says what becomes of a doubt; a tap makes it the next."""
    way = way_of(ways, doubt)
    words = {
        "doubt": Word(f"import_doubt_{doubt}"),
        "n": Count(preview.doubtful(doubt), "count_rows"),
        "way": _way(doubt, way),
    }
    after = ("skip" if way != "skip" else "fill") if doubt == "stage" else WAYS[(WAYS.index(way) + 1) % len(WAYS)]
    return Offer("button_import_way", "import", {"import": key, "do": "way", "doubt": doubt, "way": after}, words)


def _doubts(preview: Preview) -> list[str]:
    return [doubt for doubt in DOUBTS if preview.doubtful(doubt)]


def _way(doubt: str, way: str) -> Word:
    """Of a doubtful stage the likeliest is taken, or the row is left out."""
    return Word("import_way_stage" if doubt == "stage" and way != "skip" else f"import_way_{way}")


def preview_blocks(facts: Mapping[str, Any], reader: Reader) -> list[Block]:
    """The preview as a card."""
    preview = Preview.from_json(facts)
    total = Count(sum(preview.counts.values()), "count_rows")
    blocks: list[Block] = [Title(say("import_head", reader, {"name": facts["name"], "n": total}))]
    blocks.append(Line(told(_columns(preview.columns), reader), label=say("label_import_columns", reader)))
    for kind in KINDS:
        if count := preview.counts.get(kind):
            value = Parts((Count(count, "count_rows"), *_ways(kind, preview, facts["ways"]), _becomes(kind)))
            blocks.append(Line(told(value, reader), label=say(f"label_import_{kind}", reader)))
    for name, value in _taken(preview, reader):
        if value:
            blocks.append(Line(told(value, reader), label=say(f"label_import_{name}", reader)))
    examples = [one for kind in reversed(KINDS) for one in preview.examples.get(kind, ())]
    if examples:
        entries = tuple(told(row_told(one), reader) for one in examples)
        blocks.append(Items(entries, head=say("head_import_examples", reader)))
    return blocks


def _taken(preview: Preview, reader: Reader) -> Iterator[tuple[str, Parts]]:
    """The deals that there would be, what was taken for what that is called otherwise here, and what was not read."""
    if count := preview.deals.get("all"):
        kinds = [(name, preview.deals.get(name, 0)) for name in ("won", "lost", "unnamed", "undated")]
        more = [Phrase(f"import_deals_{name}", {"n": n}) for name, n in kinds if n]
        sums = [Money(n, currency) for currency, n in sorted(preview.deals.items()) if currency.isupper()]
        yield "deals", Parts((Count(count, "count_new_deals"), *sums, *more))
    tiers = [(said, say(f"tier_{key}", reader)) for said, key in preview.tiers]
    stages = [
        Phrase("import_taken" if is_sure else "import_taken_perhaps", {"said": said, "name": name})
        for said, name, is_sure, _ in preview.stages
    ]
    yield "stages", Parts(stages)
    yield "tiers", Parts(Phrase("import_taken", {"said": a, "name": b}) for a, b in tiers if a != b)
    of = [(Word(f"import_field_{field}"), said, n) for field, said, n in preview.unread]
    yield "unread", Parts(Phrase("import_unread", {"field": field, "said": said, "n": n}) for field, said, n in of)


def _becomes(kind: str) -> Word | None:
    return Word(f"import_becomes_{kind}") if kind not in ("new", "doubtful") else None


def _ways(kind: str, preview: Preview, ways: Mapping[str, str]) -> list[Phrase]:
    if kind != "doubtful":
        return []
    return [
        Phrase(
            "import_doubt_told",
            {
                "doubt": Word(f"import_doubt_{doubt}"),
                "n": preview.doubtful(doubt),
                "way": _way(doubt, way_of(ways, doubt)),
            },
        )
        for doubt in _doubts(preview)
    ]


def _columns(columns: Sequence[Sequence[str]]) -> list[Any]:
    """Each head with what it was taken for; those that tell nothing are said to be left out."""
    known = [Phrase("import_column", {"head": head, "field": Word(f"import_field_{of}")}) for head, of in columns if of]
    left = [head for head, of in columns if not of]
    return [*known, *([Phrase("import_columns_left", {"heads": left})] if left else [])]


def row_told(row: Sequence[Any]) -> Phrase:
    """A row with its reason: (line, reason, the firm's name, what the reason names)."""
    line, reason, name, value = row
    return Phrase(
        "import_row", {"line": line, "name": name or "—", "why": Phrase(f"import_{reason}", {"value": value})}
    )


def rows_csv(rows: Iterable[tuple[int, str, str, str, str]], reader: Reader) -> bytes:
    """What becomes of each row (line, kind, reason, the firm's name, what the reason names), as a file."""
    heads = [say(f"import_rows_{name}", reader) for name in ("line", "kind", "name", "why")]
    told = [
        (line, say(f"label_import_{kind}", reader), name, say(f"import_{reason}", reader, {"value": value}))
        for line, kind, reason, name, value in rows
    ]
    return to_csv(Sheet("", heads, told))
