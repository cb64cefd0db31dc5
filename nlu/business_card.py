"""The words in the picture of a business card -> a contact card: each line by what it holds, not where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from crm.contact_cards import ContactCard, reachable_first, tidy, tidy_name
from crm.reach import is_email, is_phone
from nlu.short_forms import surname_of

SURE = 0.9  # of the reader, below which a field is to be checked
HOME = "CN"  # where a number without a country's code is from
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EMAIL = re.compile(r"[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?: ?\. ?[\w-]{1,63}){1,4}")
_LABEL = re.compile(
    r"(?:手机|电话|座机|热线|总机|直线|移动|传真|邮箱|邮件|电子邮[箱件]|微信|地址|网址|网站|邮编|姓名|职务|职位|公司"
    r"|mobile|cell|phone|tel(?:ephone)?|fax|e-?mail|mail|wechat|wx|add(?:r(?:ess)?)?|web(?:site)?|http|zip|post ?code"
    r"|[mtfpaew])"
    r"(?:号码?)?\.? ?[::/|] ?",
    re.IGNORECASE,
)
_FAX = re.compile(r"传真|fax|(?<![a-z])f ?[::]", re.IGNORECASE)
_NEXT = re.compile(r"手机|电话|tel|mobile|传真|fax|(?<![a-z])[mtfp] ?[::]|[|/;;]", re.IGNORECASE)
_OF_NUMBERS = re.compile(r"手机|电话|座机|传真|\btel\b|\bmobile\b|\bfax\b|\+", re.IGNORECASE)
_WECHAT = re.compile(r"(?:微信号?|wechat(?: id)?|wx) ?[::]? ?([a-z][\w-]{4,30})", re.IGNORECASE)
_WEB = re.compile(r"\b(?:https?://|www\.)|网址|(?:^|[ ::])[\w-]+\.(?:com|cn|net|org)(?:\.\w+)?(?:/|$)", re.IGNORECASE)
_NUMBERED = re.compile(r"邮编|邮政编码|\bqq\b|税号|账号|开户", re.IGNORECASE)
_COMPANY = re.compile(
    r"(?:有限|股份|集团|公司|总厂|分公司|事务所|研究[院所]|设计院|医院|银行|大学|学院|中学|协会|商会|工作室|合作社|中心|工厂|局|厂|店)$"
    r"|(?:有限责任|股份有限|集团)"
    r"|\b(?:co\.|ltd|limited|inc|llc|corp(?:oration)?|gmbh|group|company|plc|holdings|university|hospital|bank|studio|associates"
    r"|technolog(?:y|ies)|systems|solutions|industries|international|partners)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:经理|总监|总裁|主任|主管|主席|董事长?|工程师|设计师|顾问|代表|专员|助理|秘书|部长|科长|处长|局长|厂长|院长|所长|校长|店长|组长"
    r"|教授|讲师|研究员|医师|医生|律师|会计师?|合伙人|创始人|负责人|架构师|分析师|采购员?|销售员?|业务员|书记|干事)(?:[((].*)?$"
    r"|(?:首席|高级|资深).{1,8}[官师]$"
    r"|\b(?:manager|director|engineer|president|officer|consultant|c[efto]o|cmo|cio|vp|head of|chief|specialist"
    r"|representative|partner|founder|assistant|executive|supervisor|professor|lead|architect|analyst|buyer|secretary|counsel)\b",
    re.IGNORECASE,
)
_TITLE_BEGINS = re.compile(
    r"总|副|高级|资深|首席|区域|大区|销售|采购|技术|产品|项目|市场|部门|执行|常务|董事|经理|主任|主管|工程|设计|顾问|客户|大客户|渠道|财务"
    r"|人事|人力|行政|运营|研发|法务|商务|业务|创始|联合|合伙|生产|质量|品质|信息|院长|所长|厂长|校长|店长|教授|律师|医师|博士"
)
_ADDRESS = re.compile(r"省|市|区|县|镇|路|街|道|巷|弄|号|大厦|广场|楼|层|室|园|座|栋|幢")
_ADDRESS_ABROAD = re.compile(
    r"\b(?:road|rd|street|st|avenue|ave|lane|building|bldg|tower|floor|suite|room|district|block|plaza|park|blvd|drive|p\.?r\.?"
    r"|china)\b\.?",
    re.IGNORECASE,
)
_NAME_ABROAD = re.compile(r"[A-Z][a-zA-Z'’-]*\.?(?:[ ·][A-Z][a-zA-Z'’-]*\.?){1,3}")
_TRADE = re.compile(r"专业|主营|经营|服务|欢迎|业务范围|代理|生产|销售[::]|scan|扫[码一]", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """Words as they were read: how sure the reader is, and how high the letters are."""

    text: str
    sure: float = 1.0
    height: int = 1


@dataclass
class _Draft:
    """What has been made out so far: (text, line) a field."""

    names: list[tuple[str, Line]] = field(default_factory=list)
    companies: list[tuple[str, Line]] = field(default_factory=list)
    titles: list[tuple[str, Line]] = field(default_factory=list)
    phones: list[tuple[str, Line]] = field(default_factory=list)
    emails: list[tuple[str, Line]] = field(default_factory=list)
    addresses: list[tuple[str, Line]] = field(default_factory=list)
    wechat: str = ""
    is_in_address: bool = False  # the line before was one


def read_card(lines: Sequence[Line]) -> ContactCard:
    """The card that the lines make; what may be wrong is named as doubtful."""
    draft = _Draft()
    for line in lines:
        _sort(draft, replace(line, text=unicodedata.normalize("NFKC", line.text).strip()))
    name, company, title = _name(draft), _longest_in_chinese(draft.companies), _title(draft)
    address = _address(draft)
    card = ContactCard(
        name=tidy_name(name[0]) if name else "",
        company=tidy(company[0]) if company else "",
        title=tidy(title[0]) if title else "",
        phones=reachable_first(tuple(tidy(text) for text, _ in draft.phones))[:4],
        email=draft.emails[0][0] if draft.emails else "",
        wechat=draft.wechat,
        address=address[0] if address else "",
    )
    told = {"name": name, "company": company, "title": title, "address": address}
    unsure = [what for what, found in told.items() if found and found[1].sure < SURE]
    return replace(card, doubtful=(*unsure, *_suspicious(card, draft)))


def is_card(card: ContactCard) -> bool:
    """Whether a picture shows a business card: somebody or a firm, and how to reach them."""
    return bool((card.phones or card.email) and (card.name or card.company))


def _suspicious(card: ContactCard, draft: _Draft) -> Iterator[str]:
    """Fields that cannot quite be, or were read with doubt."""
    if card.name and _HAN.search(card.name) and not surname_of(card.name):
        yield "name"
    if any(not is_phone(phone) for phone in card.phones) or any(line.sure < SURE for _, line in draft.phones):
        yield "phones"
    if card.email and (not is_email(card.email) or draft.emails[0][1].sure < SURE):
        yield "email"


def _sort(draft: _Draft, line: Line) -> None:
    """Take from a line what it holds of each kind; what is left of it is one thing."""
    rest = _take_email(draft, line, line.text)
    if found := _WECHAT.search(rest):
        draft.wechat = draft.wechat or found[1]
        rest = rest.replace(found[0], " ")
    if _WEB.search(rest) or _NUMBERED.search(rest) or _TRADE.search(rest):
        rest = ""
    is_place = _is_address(rest) or (draft.is_in_address and _goes_on(rest))
    if not is_place:
        rest = _take_phones(draft, line, rest)
    rest = _LABEL.sub(" ", rest).strip(" -:,|/·•")
    if is_place and rest:
        draft.addresses.append((rest, line))
    elif rest:
        for part in _by_script(rest):
            _name_or_firm(draft, line, part)
    draft.is_in_address = is_place


def _take_email(draft: _Draft, line: Line, text: str) -> str:
    for found in _EMAIL.finditer(text):
        draft.emails.append((found[0].replace(" ", "").lower(), line))
    return _EMAIL.sub(" ", text)


def _take_phones(draft: _Draft, line: Line, text: str) -> str:
    """The numbers of a line but those of faxes."""
    import phonenumbers  # noqa: PLC0415 - loaded when the first card is read

    rest = text
    for match in phonenumbers.PhoneNumberMatcher(text, HOME, phonenumbers.Leniency.POSSIBLE):
        before = text[: match.start]
        labels = list(_NEXT.finditer(before))
        is_fax = bool(labels and _FAX.match(labels[-1][0])) or bool(_FAX.search(before[-6:]))
        if len(re.sub(r"\D", "", match.raw_string)) >= 7:
            behind = re.match(r" ?(?:转|ext\.?|x) ?\d{1,6}", text[match.end :], re.IGNORECASE)
            number = match.raw_string + (behind[0] if behind else "")
            rest = rest.replace(number, " ")
            if not is_fax:
                draft.phones.append((number, line))
    return _OF_NUMBERS.sub(" ", rest) if rest != text else rest


def _is_address(text: str) -> bool:
    """A street and a number, or several of the words that addresses are made of."""
    if re.match(r"(?:地址|add(?:r(?:ess)?)?|a) ?[.::]", text, re.IGNORECASE):
        return True
    if _COMPANY.search(text) and not re.search(r"\d", text):
        return False
    found = set(_ADDRESS.findall(text))
    has_number = re.search(r"\d", text) is not None
    if _HAN.search(text):
        return len(found) >= 2 and (has_number or len(found) >= 3)
    return has_number and _ADDRESS_ABROAD.search(text) is not None


def _goes_on(text: str) -> bool:
    """Whether a line below an address is more of it: a building, a floor."""
    return re.search(r"\d", text) is not None and bool(_ADDRESS.search(text) or _ADDRESS_ABROAD.search(text))


def _by_script(text: str) -> list[str]:
    """What stands in Chinese and what in Latin letters on one line: the same said twice."""
    found = re.fullmatch(r"([\u4e00-\u9fff ·()]{2,30}) ?[/|]? ?([A-Za-z][A-Za-z .,&'-]{3,60})", text)
    return [found[1].strip(), found[2].strip()] if found else [text]


def _name_or_firm(draft: _Draft, line: Line, text: str) -> None:
    """A firm, a title, a name, or a name with its title behind or before it."""
    parts = [part for part in re.split(r" {1,9}|[/|,,、·]", text) if part]
    squeezed = "".join(parts)
    if _COMPANY.search(text):
        draft.companies.append((text, line))
    elif _is_name(squeezed) and not _TITLE.search(squeezed):
        draft.names.append((squeezed, line))
    elif len(parts) > 1 and _HAN.search(text) and (split := _split(parts)):
        draft.names.append((split[0], line))
        draft.titles.append((split[1], line))
    elif _TITLE.search(text):
        name = _name_before_title(squeezed)
        draft.names += [(name, line)] if name else []
        draft.titles.append((squeezed.removeprefix(name) if name else text, line))
    elif _NAME_ABROAD.fullmatch(text) and len(text) <= 40:
        draft.names.append((text.title() if text.isupper() else text, line))
    elif re.fullmatch(r"[\u4e00-\u9fff]{2,4}", squeezed):
        draft.names.append((squeezed, replace(line, sure=min(line.sure, SURE / 2))))


def _split(parts: list[str]) -> tuple[str, str] | None:
    """A name and the title beside it, in either order."""
    for at in range(1, len(parts)):
        one, other = "".join(parts[:at]), " ".join(parts[at:])
        if _is_name(one) and _TITLE.search(other):
            return one, other
        if _TITLE.search(" ".join(parts[:at])) and _is_name("".join(parts[at:])):
            return "".join(parts[at:]), " ".join(parts[:at])
    return None


def _name_before_title(text: str) -> str:
    """The name right in front of a title, with nothing between: 李建华总经理."""
    for length in () if _TITLE_BEGINS.match(text) else (3, 2, 4):
        if _is_name(text[:length]) and _TITLE_BEGINS.match(text[length:]) and _TITLE.search(text[length:]):
            return text[:length]
    return ""


def _is_name(text: str) -> bool:
    """A surname that people have, with one or two characters behind it."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text):
        return False
    surname = surname_of(text)
    return bool(surname) and 1 <= len(text) - len(surname) <= 2


def _name(draft: _Draft) -> tuple[str, Line] | None:
    """In Chinese before others, sure ones before others, and of those the one in the largest letters."""
    return max(
        draft.names,
        key=lambda one: (one[1].sure >= SURE and bool(surname_of(one[0])), bool(_HAN.search(one[0])), one[1].height),
        default=None,
    )


def _longest_in_chinese(found: list[tuple[str, Line]]) -> tuple[str, Line] | None:
    return max(found, key=lambda one: (bool(_HAN.search(one[0])), _is_whole(one[0]), len(one[0])), default=None)


def _is_whole(company: str) -> bool:
    """Whether a firm's form is told, so that it is no department."""
    return re.search(r"公司|集团|院$|所$|银行|大学|ltd|inc|gmbh|llc|corp", company, re.IGNORECASE) is not None


def _title(draft: _Draft) -> tuple[str, Line] | None:
    """In Chinese before others; of several the first."""
    in_chinese = [one for one in draft.titles if _HAN.search(one[0])]
    return next(iter(in_chinese or draft.titles), None)


def _address(draft: _Draft) -> tuple[str, Line] | None:
    """In Chinese before others; an address on several lines is one."""
    in_chinese = [one for one in draft.addresses if _HAN.search(one[0])]
    chosen = in_chinese or draft.addresses
    if not chosen:
        return None
    glue = "" if in_chinese else ", "
    least = min((line for _, line in chosen), key=lambda line: line.sure)
    return tidy(glue.join(text for text, _ in chosen)), least
