"""What a line of a business card holds: each is sorted by its words into a draft, from which the card is chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from crm.reach import bare, is_mobile
from nlu import card_words as words
from nlu.card_words import HAN
from nlu.short_forms import surname_of

SURE = 0.9  # of the reader, below which a field is to be checked
HOME = "CN"  # where a number without a country's code is from


@dataclass(frozen=True)
class Line:
    """Words as they were read: how sure the reader is, and how high the letters are."""

    text: str
    sure: float = 1.0
    height: int = 1


Found = tuple[str, Line]


@dataclass
class Place:
    """An address, on one line or several; `is_second` where it is a factory's or a store's."""

    parts: list[Found]
    is_second: bool = False

    @property
    def is_chinese(self) -> bool:
        return HAN.search(self.parts[0][0]) is not None


@dataclass
class Draft:
    """What has been made out so far: (text, line) a field."""

    names: list[Found] = field(default_factory=list)
    companies: list[Found] = field(default_factory=list)
    branches: list[Found] = field(default_factory=list)
    posts: list[tuple[Found, Found]] = field(default_factory=list)  # firms and titles that were told together
    titles: list[Found] = field(default_factory=list)
    phones: list[Found] = field(default_factory=list)
    emails: list[Found] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    others: list[Found] = field(default_factory=list)
    wechat: str = ""
    is_in_address: bool = False  # the line before was one
    before: Found | None = None  # what the line before left, where it is no firm and no title


def sort(draft: Draft, line: Line) -> None:
    """Take from a line what it holds of each kind; what is left of it is one thing."""
    text = words.OFFICE_AS_READ.sub("(O)", words.SPACED_LABEL.sub(r"\1\2", line.text))
    text = words.GLUED_LABEL.sub(" ", text)
    rest = _take_email(draft, line, words.BRACKETED_LABEL.sub(r"\1: ", text))
    if words.BESIDES.search(rest):
        return
    if found := words.WECHAT.search(rest):
        draft.wechat = draft.wechat or found[1]
        rest = rest.replace(found[0], " ")
    rest = words.NUMBERED.sub(" ", words.WEB.sub(" ", rest)).strip()
    if _take_place(draft, line, rest):
        return
    rest = words.LABEL.sub(" ", _take_phones(draft, line, rest)).strip(" -:,|/·•()")
    if not rest:
        return  # an address may go on below the number that stands beside it
    draft.is_in_address = False
    before, draft.before = draft.before, None
    for part in _by_script(rest):
        _name_or_firm(draft, line, part, before)


def _take_email(draft: Draft, line: Line, text: str) -> str:
    for found in words.EMAIL.finditer(text):
        draft.emails.append((found[0].replace(" ", "").lower(), line))
    return words.EMAIL.sub(" ", text)


def _take_phones(draft: Draft, line: Line, text: str) -> str:
    """The numbers of a line but those of faxes."""
    import phonenumbers  # noqa: PLC0415 - loaded when the first card is read

    text = words.EXTENSION_ALSO.sub(" 转 ", words.DASHED_EXTENSION.sub(r"\1 转 \2", text))
    text = words.TRUNK.sub(r"\1 ", text)
    rest = text
    for match in phonenumbers.PhoneNumberMatcher(text, HOME, phonenumbers.Leniency.POSSIBLE):
        before, number = text[: match.start], match.raw_string
        if len(re.sub(r"\D", "", number)) < 7:
            continue
        behind = words.EXTENSION.match(text[match.start + len(number) :])
        whole = number + (behind[0] if behind else "")
        rest = rest.replace(whole, " ")
        if _is_fax(before):
            continue
        draft.phones.append((whole, line))
        is_wechat = words.WECHAT_BEFORE.search(before) or words.WECHAT_BEHIND.match(text[match.end :])
        if is_wechat and is_mobile(number) and not draft.wechat:
            draft.wechat = bare(number)
    return words.OF_NUMBERS.sub(" ", rest) if rest != text else rest


def _is_fax(before: str) -> bool:
    """Whether what stands in front of a number says that it is a fax's, and nobody's telephone too."""
    if words.FAX_TOO.search(before):
        return False
    labels = list(words.PHONE_LABEL.finditer(before))
    return bool(labels and words.FAX.match(before[labels[-1].start() :])) or bool(words.FAX.search(before[-6:]))


def _take_place(draft: Draft, line: Line, text: str) -> bool:
    """Whether the line is an address or more of the one above; it is noted then."""
    label = words.PLACE_LABEL.match(text)
    said = text[label.end() :] if label else text
    said = words.POSTCODE.sub("", said.strip(" -:,|/·•")).strip(" -:,|/·•")
    is_more = draft.is_in_address and not label
    place_alone = words.NUMBER_AT_PLACE.sub(" ", said)  # 电话:021-58880012 beside an address is no part of it
    if not said or not ((label and label["sure"]) or _is_address(place_alone) or (is_more and _goes_on(place_alone))):
        return False
    for found in words.NUMBER_AT_PLACE.finditer(said):
        _take_phones(draft, line, found[0])
    said = place_alone.strip(" -:,|/·•")
    place = draft.places[-1] if is_more else None
    if place and place.is_chinese == bool(HAN.search(said)) and not words.NEW_PLACE.match(said):
        place.parts.append((said, line))
    else:
        draft.places.append(Place([(said, line)], bool(label and words.WORKS.search(label[0]))))
    draft.is_in_address, draft.before = True, None
    return True


def _is_address(text: str) -> bool:
    """A street and a number, or several of the words that addresses are made of."""
    if (words.COMPANY.search(text) or words.LEGAL.search(text)) and not re.search(r"\d", text):
        return False
    found = set(words.PLACE.findall(text))
    has_number = re.search(r"\d", text) is not None
    if HAN.search(text):
        return len(found) >= 2 and (has_number or len(found) >= 3)
    is_town = "," in text and words.TOWN_ABROAD.search(text) and not words.TITLE.search(text)
    return has_number and "+" not in text and bool(is_town or words.PLACE_ABROAD.search(text))


def _goes_on(text: str) -> bool:
    """Whether a line below an address is more of it: a building, a floor, the town with its postcode."""
    if "+" in text or words.PHONE_LABEL.match(text):
        return False
    is_numbered = re.search(r"\d", text) and (words.PLACE.search(text) or words.PLACE_ABROAD.search(text))
    return bool(is_numbered or words.TOWN_ABROAD.search(text))


def _by_script(text: str) -> list[str]:
    """What stands in Chinese and what in Latin letters on one line: the same said twice."""
    found = words.CHINESE_FIRST.fullmatch(text) or words.CHINESE_LAST.fullmatch(text)
    parts = [part.strip() for part in found.groups()] if found else [text]
    is_short = any(part.isascii() and part.isupper() and len(part) <= 4 for part in parts)  # 创始人 / CEO
    return [text] if is_short else parts


def _name_or_firm(draft: Draft, line: Line, text: str, before: Found | None) -> None:
    """A firm, a title, a name, or a name with its title behind or before it."""
    text = words.DEGREE.sub("", words.ADDRESSED.sub("", text)).strip(" ,")
    parts = _parts(text)
    squeezed = "".join(parts)
    if post := _firm_and_title(text):
        draft.posts.append(((post[0], line), (post[1], line)))
    elif _is_firm(text):
        _take_firm(draft, line, text, before)
    elif is_persons(squeezed):
        draft.names.append((squeezed, line))
    elif len(parts) > 1 and HAN.search(text) and (split := _split(parts)):
        draft.names.append((split[0], line))
        draft.titles.append((split[1], line))
    elif words.TITLE.search(text):
        name = _name_before_title(squeezed)
        draft.names += [(name, line)] if name else []
        draft.titles.append((squeezed.removeprefix(name) if name else text, line))
    elif words.NAME_ABROAD.fullmatch(text) and len(text) <= 40:
        draft.before = (text.title() if text.isupper() else text, line)
        draft.names.append(draft.before)
    elif not words.TRADE.search(text):
        draft.before = (text, line)
        draft.others.append(draft.before)
        if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", squeezed):
            draft.names.append((squeezed, replace(line, sure=min(line.sure, SURE / 2))))


def _is_firm(text: str) -> bool:
    """What ends as firms do; a title names one at most, and then in the middle: 集团副总裁."""
    if words.TITLE.search(text):
        return not HAN.search(text) and words.LEGAL.search(text) is not None
    return bool(words.COMPANY.search(text) or words.LEGAL.search(text) or words.BRANCH.fullmatch(text))


def _firm_and_title(text: str) -> tuple[str, str] | None:
    """The firm and the title that somebody has there, on one line; 销售公司总经理 is a title alone."""
    found = words.FIRM_AND_TITLE.fullmatch(text)
    if not found or words.TITLE_BEGINS.match(text) or not words.TITLE.search(found[2]):
        return None
    return found[1], found[2]


def _take_firm(draft: Draft, line: Line, text: str, before: Found | None) -> None:
    """A firm, a branch of it, or the second line of its name."""
    if words.BRANCH.fullmatch(text):
        draft.branches.append((text, line))
        return
    if before and _is_second_line(text, line, before):
        glue = "" if HAN.search(text) else " "
        text, line = f"{before[0]}{glue}{text}", min(line, before[1], key=lambda each: each.sure)
        draft.names = [one for one in draft.names if one[1].text != before[1].text]
    draft.companies.append((text, line))


def _is_second_line(text: str, line: Line, before: Found) -> bool:
    """Whether a firm's name began on the line above, in letters as large: 中科瑞丰智能装备 / 制造有限公司."""
    if bool(HAN.search(text)) != bool(HAN.search(before[0])) or len(before[0]) < 3:
        return False
    is_as_large = 0.75 <= line.height / max(1, before[1].height) <= 1.33
    return bool(words.FORM_ALONE.match(text)) or (is_as_large and bool(words.TRADE_FIRST.match(text)))


def _parts(text: str) -> list[str]:
    """What blanks and strokes part; a dot does so too, but within a name."""
    parts = [part for part in re.split(r" {1,9}|[/|,、]", text) if part]
    return [piece for part in parts for piece in ([part] if is_persons(part) else part.split("·")) if piece]


def is_persons(text: str) -> bool:
    """Whether it is a name as people in China have one, or one from abroad in Chinese."""
    return _is_name(text) or _is_name_from_abroad(text)


def _split(parts: list[str]) -> tuple[str, str] | None:
    """A name and the title beside it, in either order."""
    for at in range(1, len(parts)):
        one, other = "".join(parts[:at]), " ".join(parts[at:])
        if is_persons(one) and words.TITLE.search(other):
            return one, other
        if words.TITLE.search(" ".join(parts[:at])) and is_persons("".join(parts[at:])):
            return "".join(parts[at:]), " ".join(parts[:at])
    return None


def _name_before_title(text: str) -> str:
    """The name right in front of a title, with nothing between: 李建华总经理."""
    for length in () if words.TITLE_BEGINS.match(text) else (3, 2, 4):
        name, title = text[:length], text[length:]
        if _is_name(name) and words.TITLE_BEGINS.match(title) and words.TITLE.search(title):
            return name
    return ""


def _is_name(text: str) -> bool:
    """A surname that people have, with one or two characters behind it."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text) or words.TITLE.search(text) or words.NOT_OF_NAMES.search(text):
        return False
    surname = surname_of(text)
    return bool(surname) and 1 <= len(text) - len(surname) <= 2


def _is_name_from_abroad(text: str) -> bool:
    """安娜·伊万诺娃: in characters that stand for sounds."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{1,8}(?: ?[·•‧・] ?[\u4e00-\u9fff]{1,10}){1,3}", text):
        return False
    letters = HAN.findall(text)
    return sum(letter in words.SOUNDS for letter in letters) >= 0.75 * len(letters)
