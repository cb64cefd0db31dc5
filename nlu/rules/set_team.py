"""The tree of teams: one is new, called otherwise, led by somebody, belongs to another, or is no more.

Slots: team str; is_new or is_dissolved True; called, parent str; manager Mention; each where it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import COLLEAGUE, addressed_at
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.teams import GENERAL
from nlu.whole import PLEASE, holds_values, names_records, told, whole

ENDS = r"(?:组|部门?|队|团队|大区|战队|区域|中心|分公司|办事处|事业部)"
NEW_NAME = r"[^\s,、;。!?:/@的]{1,16}?"
KNOWN = rf"[^\s,、;。!?:/@的把将由让归]{{1,12}}?{ENDS}"
LATIN = r"(?:the )?(?:team )?[a-z\d][\w&-]*(?: [\w&-]+){0,2}?(?: team)?"
EN_TEAM = rf"(?:{LATIN}|[一-鿿]{{1,12}})"
UNDER = r"(?:下面|之下|底下|下属|下边|下|名下|管)?"
APART = r"[,、; ]{0,2}"
LEADER = r"(?:负责人|团队负责人|经理|组长|主管|部长|领导|老大|总监|manager|lead|leader)"
ABOVE = r"(?:上级(?:团队|部门)?|上面|隶属于?|属于|归属于?|归|挂在|放在|在)"
LED = r"(?:led|managed|run|headed) by|(?:with|and) (?:the )?(?:manager|lead)|manager|under the lead of"
LEADS = rf"(?:负责|带队|带|管理|管|领导|(?:当|做|任|担任){LEADER})"
_MANAGER = (
    rf"(?:{LEADER}(?:是|为|由|:|叫)? ?(?P<manager>{COLLEAGUE})"
    rf"|(?:由|让)(?P<manager2>{COLLEAGUE})(?:来|去)?{LEADS}"
    rf"|(?P<manager3>{COLLEAGUE})(?:来)?(?:当|做|任|担任){LEADER})"
)
_PARENT = rf"{ABOVE}(?:是|为|于|到|:)? ?(?P<parent>{NEW_NAME}){UNDER}"
CREATED = (
    rf"{PLEASE}(?:新建|新增|新设|创建|建立|成立|组建|设立|添加|增加|加|建)(?:一?个)?(?:新的?)?(?:团队|小组|部门|组|队)"
    rf"(?:,? ?(?:名字|名)?(?:叫做?|为))?[ :「]?(?P<team>{NEW_NAME})」?(?:{APART}{_PARENT})?(?:{APART}{_MANAGER})?",
    rf"{PLEASE}(?:新建|新增|新设|创建|建立|成立|组建|设立|建)(?:一?个)?(?P<team>[^\s,、;。!?:/@的把将由让归]{{1,12}}?(?:组|部|大区|战队))"
    rf"(?:{APART}{_PARENT})?(?:{APART}{_MANAGER})?",
    rf"{PLEASE}(?:在|给)?(?P<parent>{KNOWN})(?:下面|之下|底下|下|里)(?:新建|新增|创建|成立|设立|增加|加)(?:一?个)?(?:团队|小组|部门)?"
    rf"[ :]?(?P<team>{KNOWN})(?:{APART}{_MANAGER})?",
    rf"{PLEASE}(?:create |add |set up |make |start )?(?:a )?new team:? (?:called )?(?P<team>{EN_TEAM})"
    rf"(?:,? (?:under|below|in|belonging to|parent) (?P<parent>{EN_TEAM}))?"
    rf"(?:,? (?:{LED}) (?P<manager>{COLLEAGUE}))?",
    rf"{PLEASE}(?:create|add|set up) (?:the |a )?team:? (?:called )?(?P<team>{EN_TEAM})"
    rf"(?:,? (?:under|below|in|belonging to|parent) (?P<parent>{EN_TEAM}))?"
    rf"(?:,? (?:{LED}) (?P<manager>{COLLEAGUE}))?",
)
RENAMED = (
    rf"{PLEASE}(?:把)?(?P<team>{KNOWN})(?:的?名[字称])?(?:改名|改称|更名|重命名|改)(?:叫|为|成)(?P<called>{NEW_NAME})",
    rf"{PLEASE}rename (?:the )?team (?P<team>{EN_TEAM}) (?:to|as|into) (?P<called>{EN_TEAM})",
    rf"{PLEASE}rename (?:the )?(?P<team>[\w&-]+(?: [\w&-]+)? team) (?:to|as|into) (?P<called>{EN_TEAM})",
)
LED_BY = (
    rf"{PLEASE}(?:让|把)?(?P<team>{KNOWN})(?:以后|现在|今后)?(?:(?:改|换|交|归)?(?:由|给|归)|换成|换为|改成)(?P<manager>{COLLEAGUE})"
    rf"(?:来)?(?:负责|带|带队|管|管理|领导|当{LEADER}|担任{LEADER})(?:了|吧)?",
    rf"{PLEASE}(?:把)?(?P<team>{KNOWN})的?{LEADER}(?:现在|以后)?(?:是|为|换成|换为|改成|改为|改由|换|设为|定为|:)(?P<manager>{COLLEAGUE})(?:了|吧)?",
    rf"{PLEASE}(?:以后|今后)?(?:让|由|安排|任命)?(?P<manager>{COLLEAGUE})(?:来|去|现在|以后)?"
    rf"(?:负责|带领|带|管理|管|领导|接管|当|任|担任|做|为)(?P<team>{KNOWN})(?:的?{LEADER})?(?:了|吧)?",
    rf"{PLEASE}(?:from now on )?(?P<manager>{COLLEAGUE}) (?:now )?(?:leads|runs|manages|heads|is in charge of"
    rf"|is (?:now )?(?:the )?(?:manager|lead|head) of|takes over)(?: team)? (?P<team>{EN_TEAM})",
    rf"{PLEASE}(?:make|let|have|appoint|put) (?P<manager>{COLLEAGUE}) (?:the |as )?(?:manager of|lead of|head of|lead"
    rf"|run|manage|head|in charge of)(?: team)? (?P<team>{EN_TEAM})",
    rf"{PLEASE}(?:team )?(?P<team>{EN_TEAM}) is (?:now )?(?:led|managed|run|headed) by (?P<manager>{COLLEAGUE})",
)
MOVED = (
    rf"{PLEASE}(?:把|将)?(?P<team>{KNOWN})(?:归|划|移|挂|调|并|放|转|归属|隶属|划归)(?:到|给|入|在|属|于|进|归)?"
    rf"(?P<parent>{KNOWN}){UNDER}(?:去|了|吧)?",
    rf"{PLEASE}(?:把|将)?(?P<team>{KNOWN})(?:归|划|移|挂|调|并|放|转|归属|隶属|划归)(?:到|给|入|在|属|于|进|归)?"
    rf"(?P<parent>{NEW_NAME})(?:下面|之下|底下|下边)(?:去|了|吧)?",
    rf"{PLEASE}(?:把|将)?(?P<team>{KNOWN})的?上级(?:团队|部门)?(?:是|为|改成|改为|换成|设为)(?P<parent>{KNOWN})",
    rf"{PLEASE}(?:move|put|place) (?:the )?(?:team )?(?P<team>{EN_TEAM}) (?:under|below|beneath) (?P<parent>{EN_TEAM})",
)
DISSOLVED = (
    rf"{PLEASE}(?:解散|撤掉|撤并|裁撤|删除|删掉|取消)(?:团队|小组|部门)?[ :「]?(?P<team>{KNOWN})」?(?:了|吧)?",
    rf"{PLEASE}(?:把|将)(?P<team>{KNOWN})(?:给)?(?:解散|撤掉|裁撤|删除|删掉|取消)(?:掉)?(?:了|吧)?",
    rf"{PLEASE}(?:dissolve|disband|delete|remove|close down) (?:the )?team (?P<team>{EN_TEAM})",
    rf"{PLEASE}(?:dissolve|disband|delete|remove|close down) (?:the )?(?P<team>[\w&-]+(?: [\w&-]+)? team)",
)
NO_NAME = re.compile(r"客户|项目|商机|方案|合同|报价|任务|谁|哪|什么|怎么|吗$")
_THE = re.compile(r"^the |^team | team$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    told_of = (("is_new", CREATED), ("", RENAMED), ("", LED_BY), ("", MOVED), ("is_dissolved", DISSOLVED))
    return tuple((mark, re.compile(pattern)) for mark, patterns in told_of for pattern in patterns)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the setting, and names no customer, day or sum."""
    if clause.place or _names_records(scene) or holds_values(scene):
        return
    for mark, pattern in _patterns():
        said = whole(scene, clause, pattern)
        if said is not None and (slots := _slots(scene, said)) is not None:
            yield slots | ({mark: True} if mark else {})
            return


def _names_records(scene: Scene) -> bool:
    """Whether a customer, somebody there, or a deal is named; what only sounds like a firm may be the company's own."""
    unknown = [find for find in scene.finds if find.kind == "customer" and isinstance(find.value, str)]
    return names_records(scene) and (not unknown or scene.has_any("deal", "task", "person") or bool(scene.named_keys))


def _slots(scene: Scene, said: re.Match[str]) -> dict[str, Any] | None:
    """What is told of the team; None where something of it is no name."""
    parts = {name: value for name, value in said.groupdict().items() if value}
    slots: dict[str, Any] = {}
    for name in parts.keys() & {"team", "parent", "called"}:
        value = _THE.sub("", told(scene, said, name)).strip()
        if not value or not is_name(value) or (_is_common(value) and "team" not in said[0]):
            return None
        slots[name] = value
    leader = next((name for name in ("manager", "manager2", "manager3") if name in parts), None)
    if leader is not None:
        manager = addressed_at(scene, *said.span(leader))
        if manager is None:
            return None
        slots["manager"] = manager
    return slots


def _is_common(words: str) -> bool:
    """Whether an English word is written as a common one: the contract is no team."""
    return words.isascii() and words[0].islower()


def is_name(words: str) -> bool:
    """Whether words may be a team's name: 我们组 and 项目组 name none, but Sales does."""
    return words.casefold() == "sales" or not (NO_NAME.search(words) or GENERAL.fullmatch(words.casefold()))


WORDS = (
    "组",
    "部",
    "队",
    "区",
    "中心",
    "分公司",
    "办事处",
    "team",
    "lead",
    "runs",
    "manage",
    "head",
    "under",
    "charge",
)
RULES = (Rule("set_team", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "新建团队华南组,上级是销售部,负责人石佳",
    "新建团队华南组",
    "成立一个新团队:华南组,负责人是石佳",
    "新建一个团队叫华南组",
    "建一个华南组,石佳当负责人",
    "新建团队华南组 挂在销售部下面 让石佳带",
    "华东组换成石佳负责",
    "在销售部下面新建华南组",
    "华东组改名为东区一组",
    "华东组由石佳负责",
    "石佳负责华东组",
    "华东组的负责人换成石佳",
    "把华东组归到销售二部下面",
    "new team South under Sales led by Joy",
    "create a new team South",
    "Joy leads East",
    "make Joy the manager of the East team",
    "team East is led by Joy",
    "move team East under Sales",
    "rename team East to North East",
    "解散华南组",
    "把华南组解散了",
    "dissolve team South",
)
COUNTER_EXAMPLES = (
    "石佳负责华东组的方案",
    "石佳带华东组去晨岚",
    "晨岚的采购部由何总负责",
    "采购部由何总负责",
    "华东组这个月的业绩",
    "华东组",
    "我负责华东组",
    "他们新成立了一个部门叫数据中心",
    "新建商机华南组数据平台",
    "建一个项目组",
    "move the demo under the contract",
    "the IT team is led by Mr Brown",
    "who leads East?",
    "晨岚解散了采购部",
    "取消华南组的会",
    "delete the contract",
)
