"""A new person, or new facts of one.

Slots: customer, name Mention, title, phone, email, wechat str, birthday str (MM-DD or YYYY-MM-DD), role str, left_on
When (they work there no more).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from nlu.clauses import Clause
from nlu.mood import asked, failed, supposed
from nlu.rule import Mention, Rule, When
from nlu.scene import Scene
from nlu.settle import people_of
from nlu.telling import due_at, told_at

ROLES = ("decision_maker", "blocker", "champion", "influencer", "user")
ROLE_GROUPS = tuple(f"role_{role}" for role in ROLES)
TITLE = (
    r"(?:[一-鿿a-z]{0,6}?(?:总监|副?总经理|副总裁?|总裁|董事长|经理|副?主任|副?科长|副?处长|副?部长"
    r"|副?院长|所长|副?校长|厂长|店长|园长|组长|主管|老板娘|老板"
    r"|工程师|负责人|专员|助理|教授|课长|协理|副理|会计|采购(?!经理|总监|主管|部|负责)|(?:it"
    r"|lab)? ?head|manager|director|市场部|"
    r"总工程师|总工|cto|ceo|cfo|coo|cio|vp))"
)
NAME = (
    r"(?P<name>[一-鿿]{2,4}?(?=[,。;:(\s、!了]|$|是|手机|电话|微信|邮箱|管|倾向|也在|这个人|说|\d)"
    r"|[a-z]{2,20}(?: [a-z]{2,20}){0,2}(?=[,.;:(，]|$|[一-鿿]| \+?\d| in ))"
)
INTRODUCED = (
    re.compile(r"的(?P<title>助理|秘书|同事|司机|下属|徒弟)(?P<name>[一-鿿]{2,3}?)(?=手机|电话|微信|邮箱|,|\d|$)"),
    re.compile(rf"(?:新来(?:的|了?一?[个位])?|新任(?:的)?|来了个新的?|新的)(?P<title>{TITLE})(?:叫|是|为|:)?{NAME}"),
    re.compile(rf"(?P<title>{TITLE})?(?:叫|名叫|名字叫|名字是){NAME}"),
    re.compile(
        rf"(?:联系人|窗口|对接人|接口人|接手的?人?|接替的?人?|负责人)(?:是|为|叫|:|,)?(?P<title>[一-鿿]{{2,4}}部(?=[一-鿿]{{2,3}}(?:[\d,]|手机|电话))|{TITLE})?{NAME}"
    ),
    re.compile(
        r"(?:new contact(?: at [^:]{1,30})?:|contact is|contact: ?|contact person is"
        r"|this is their(?P<title> [a-z ]{3,30})?,?"
        rf"|new (?P<title2>[a-z ]{{3,24}}),) ?{NAME}"
    ),
    re.compile(r"(?:^ ?|[,;.] ?)contact:? (?P<name>[a-z]{2,20} [a-z]{2,20})(?=[,;.]|$| at | \+?\d)"),
    re.compile(r"(?P<title>老板娘?|负责人)(?P<name>姓[一-鿿]|小[一-鿿](?![一-鿿]))"),
    re.compile(rf"(?:加上|加了|认识了)[^,。]{{0,3}}?们?(?P<title>{TITLE}){NAME}"),
    re.compile(rf"(?:是他|是她|是)(?:太太|老婆|女儿|儿子|弟弟|老公|爱人){NAME}"),
)
INTRODUCES = re.compile(
    r"[叫新窗接]|名字|联系人|对接人|负责人|contact|this is their|老板|加[上了]|认识了"
    r"|的(?:助理|秘书|同事|司机|下属|徒弟)"
    r"|太太|老婆|女儿|儿子|弟弟|老公|爱人|\bnew "
)
TITLE_SAID = re.compile(
    r"(?:升任|升为|升职为?|升了?|提了|职[位务](?:升|是|改成|改为?)?|现在是|改任|promoted to|is now(?: the)?)[ ]?"
    rf"(?P<title>[a-z]{{2,20}}(?: [a-z&]{{1,20}}){{0,3}}(?=[,.;]|$| at )|{TITLE}(?:[一-鿿a-z]{{0,4}}了?)?)"
)
IS_TITLE = re.compile(  # behind a person: 张工是他们的技术负责人
    rf"(?:就|现在)?是(?:[他她]们|对方|客户|[那这]边|[他她])?(?:家|公司|那边)?的?(?P<zh>{TITLE})(?=[,。;!]|$)"
    r"|(?:'s| is) (?:now )?(?:their|the|an?) (?:new )?"
    r"(?P<en>(?:[a-z]{2,14} ){0,3}(?:manager|director|head|lead|engineer|officer|buyer|architect|secretary|assistant"
    r"|president|cto|ceo|cfo|cio|coo)(?: of [a-z]{2,14})?)(?=[,.;!]|$)"
)
AFTER_NAME = re.compile(
    rf"^[,、 :]{{1,4}}(?P<title>{TITLE}"
    r"|(?:plant|sales|it|lab|head|chief|brand|finance|marketing|general|vice)[a-z ]{2,30})(?=[,。;.]|$)"
)
WECHAT = re.compile(
    r"(?:微信号?|wx|wechat)(?:号|id| id| account)?(?:是|改成|改为|换成|为| is| to)?[ :：]{0,3}"
    r"(?P<id>[a-z][a-z0-9_-]{4,24})"
)
NO_EMAIL = re.compile(  # what is called an e-mail address and is none: somebody must be asked
    r"(?:邮箱|电邮|邮件地址|e-?mail)(?:地址)?(?:是|改成|改为|换成|为| is| to| address is)?[ :]{0,3}"
    r"(?P<said>[a-z0-9][a-z0-9_%+-]{0,40}[.@][a-z0-9._%+@-]{1,60})(?![a-z0-9])"
)
SAME_NUMBER = re.compile(
    r"微信(?:号)?(?:也是)?(?:同号|同手机|同步|就是(?:这个)?(?:手机|电话)|和(?:手机|电话)(?:一样|同号))"
)
LEFT = re.compile(
    r"离职|辞职|离开(?:了)?公司|跳槽|退休|调走|调离|被裁|走人了|不在[^,。]{0,8}(?:干|做|公司|上班|那边|他们那)[^,。]{0,2}了"
    r"|\bhas left\b|\bleft (?:the company|the firm)|\b(?:resigned|retired|has retired|quit)\b"
    r"|no longer (?:works?|with|at)\b"
)
CHAT = re.compile("微信|wx|wechat")
BIRTHDAY = re.compile(r"生日|birthday|bday")
ASKS_NUMBER = re.compile(r"(?:电话|微信|手机|邮箱|号码|联系方式)[^,。]{0,4}给我|推我|谁有|你们谁|多少")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A person introduced, or a fact that the clause tells of one."""
    if not clause.customer or asked(scene, clause) or supposed(scene, clause) or ASKS_NUMBER.search(clause.text):
        return
    facts = _facts(scene, clause)
    name, title = _introduced(scene, clause)
    if title:
        facts.setdefault("title", title)
    if name is None:
        name = _whose(scene, clause) if facts else None
    if name and (facts or (title is not None and name.key is None)):
        yield {"customer": clause.customer, "name": name} | facts


def _introduced(scene: Scene, clause: Clause) -> tuple[Mention | None, str | None]:
    """A new name that the clause introduces, and the title given with it ("" where none)."""
    for pattern in INTRODUCED if INTRODUCES.search(clause.text) else ():
        if said := pattern.search(clause.text):
            if any(
                f.kind in ("customer", "user")
                and f.start < clause.start + said.end("name")
                and clause.start + said.start("name") < f.end
                for f in clause.finds
            ):
                continue
            text = scene.original(clause.start + said.start("name"), clause.start + said.end("name"))
            groups = said.groupdict()
            name = "title" if groups.get("title") else "title2" if groups.get("title2") else ""
            title = scene.original(clause.start + said.start(name), clause.start + said.end(name)) if name else ""
            return _known(scene, clause, text), title.strip()
    return None, None


def _known(scene: Scene, clause: Clause, text: str) -> Mention:
    if text.startswith("姓"):
        return Mention(text[1:] + "总")
    for person in people_of(scene, clause):
        if person.key is not None and person.text == text:
            return person
    return Mention(text)


def _facts(scene: Scene, clause: Clause) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if (phone := clause.first("phone")) and not clause.has("switchboard"):
        facts["phone"] = phone.value if phone.rule == "spoken" else scene.original(phone.start, phone.end)
    if email := clause.first("email"):
        facts["email"] = email.value
    elif cut_short := NO_EMAIL.search(clause.text):
        facts["email"] = scene.original(clause.start + cut_short.start("said"), clause.start + cut_short.end("said"))
    if wechat := WECHAT.search(clause.text) if CHAT.search(clause.text) else None:
        facts["wechat"] = scene.original(clause.start + wechat.start("id"), clause.start + wechat.end("id"))
    elif "phone" in facts and SAME_NUMBER.search("".join(other.text for other in scene.sentence(clause))):
        facts["wechat"] = facts["phone"]
    if (born := clause.first("when")) and BIRTHDAY.search(clause.text) and born.value.on:
        facts["birthday"] = born.value if born.value.wrong else _birthday(scene, born.value.on)
    if LEFT.search(clause.text) and not failed(scene, clause) and not re.search(r"没|不会|前任|之前", clause.text):
        facts["left_on"] = due_at(scene, clause) or told_at(scene, clause) or When(on=scene.now.date())
    if said := TITLE_SAID.search(clause.text):
        facts["title"] = scene.original(
            clause.start + said.start("title"), clause.start + said.end("title")
        ).removesuffix("了")
    for find in clause.all("person"):
        if said := IS_TITLE.match(scene.folded, find.end, clause.end):
            group = "zh" if said["zh"] else "en"
            facts["title"] = scene.original(said.start(group), said.end(group))
    before = scene.before(clause)
    if role := _role(clause) or (_role_passed_on(before) if before and before.sentence == clause.sentence else ""):
        facts["role"] = role
    return facts


def _birthday(scene: Scene, day: date) -> str:
    """MM-DD; with the year where the message gives one."""
    return day.isoformat() if day.year < scene.now.year - 10 else f"{day:%m-%d}"


def _role_passed_on(before: Clause) -> str:
    """真正拍板的不是柯总, | 是他太太: the role of the next clause's person."""
    for role in ROLES:
        word = before.word(f"role_{role}")
        if word and re.search(r"不是", before.text[word.end - before.start :]):
            return role
    return ""


def _role(clause: Clause) -> str:
    for role in ROLES if clause.has(*ROLE_GROUPS) else ():
        word = clause.word(f"role_{role}")
        if word and re.search("不是", clause.text[word.end - clause.start :]):
            continue
        if word and not re.search(r"不是[^,。]{0,6}$|谁", clause.text[: word.start - clause.start]):
            return role
    return ""


def _whose(scene: Scene, clause: Clause) -> Mention | None:
    """The person whom a clause tells a fact of: named in it, or last in its block, or next in it."""
    if people := people_of(scene, clause):
        return people[-1] if len(people) > 1 and _role(clause) and re.search("不是", clause.text) else people[0]
    earlier = [c for c in scene.block(clause) if c.start < clause.start and c.customer == clause.customer]
    for other in reversed(earlier):
        name, _ = _introduced(scene, other)
        if name:
            return name
        if people := people_of(scene, other):
            return people[-1]
    return None


def read_title_behind(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """A name in one clause, its title in the next: contact is Minh Tran, plant manager."""
    name, title = _introduced(scene, clause)
    after = scene.after(clause)
    if name is None or title or not after or not clause.customer or asked(scene, clause):
        return
    if said := AFTER_NAME.match("," + after.text.rstrip(",;。. ")):
        yield {
            "customer": clause.customer,
            "name": name,
            "title": scene.original(after.start + max(0, said.start("title") - 1), after.start + said.end("title") - 1),
        }


RULES = (
    Rule("update_contact", "told", (), read),
    Rule("update_contact", "title behind", ("contact_new",), read_title_behind),
)
EXAMPLES = (
    "晨岚的张工是他们的技术负责人",
    "Lena is their purchasing director",
    "白鹭新来的采购经理叫许青禾,电话13800000001",
    "何总生日3月8号",
    "沈经理是决策人,白鹭的",
    "何总的微信是he88jm",
    "何總手機13800000001,微信同號",
    "Lena's birthday is 3 March",
    "Lena's WeChat is lena_f88",
    "何总离职了",
    "Lena has left Northwind",
)
COUNTER_EXAMPLES = (
    "何总是他们的客户",
    "白鹭沈经理的电话给我一个",
    "今天见了何总",
    "何总没离职",
    "何总在微信上说挺满意",
    "白鹭也叫BL",
)
