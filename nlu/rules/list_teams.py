"""The sender asks how the company is laid out: its teams, who leads them, who is in them.

Slots: team str or user Mention, where one is asked about; else none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.colleagues_named import COLLEAGUE, colleague_at
from nlu.rule import Mention, Rule
from nlu.scene import Scene
from nlu.teams import GENERAL, TEAM
from nlu.whole import PLEASE, told, whole

SHOW = r"(?:(?:看看|看一下|看下|查看|查一下|列出|列一下|显示|给我看看?)(?:我们的?|公司的?|所有的?|全部)?)?"
SAID = re.compile(
    rf"/(?:teams|org)|{PLEASE}{SHOW}(?:(?:我们|公司)的?)?"
    r"(?:团队|所有团队|全部团队|团队(?:列表|一览|结构|架构)|组织|组织架构|组织结构|组织架构图|组织结构图|组织图|架构图|部门架构|公司架构)"
    rf"|{PLEASE}(?:公司|我们|现在|目前)?(?:都|一共)?有(?:哪些|几个|什么)(?:团队|部门|组)"
    rf"|{PLEASE}(?:(?:show|list|see|show me|give me)(?: all)?(?: of)?(?: the| our| my)? )?"
    r"(?:teams|all teams|org chart|organi[sz]ation chart|organi[sz]ation|org structure|team tree|team structure)"
    rf"|{PLEASE}(?:what|which) teams (?:are there|do we have|exist)"
)

WHO = r"(?:都)?(?:有|是)?(?:谁|哪些人|哪几个人|哪些成员|什么人)"
LEADER = r"(?:负责人|组长|经理|主管|领导|头儿?|老大|上级|老板)"
OF_A_TEAM = re.compile(
    rf"{PLEASE}(?P<team>{TEAM})(?:里面?|里头|里边)?(?:现在|目前)?"
    rf"(?:{WHO}|的?(?:成员|人员|{LEADER})(?:{WHO})?|(?:归|由)?谁(?:负责|管|带|领导))"
    rf"|{PLEASE}谁(?:负责|管|带|领导|在)(?P<team_b>{TEAM})(?:里)?"
    r"|who (?:leads|manages|runs|heads|is in|is on|belongs to) (?:the )?"
    rf"(?P<team_c>{TEAM}|team [a-z\d]{{1,12}}|(?!(?:the|our|my|your|this|that|his|her|their) )[a-z][a-z-]{{1,20}} team)"
)
OF_SOMEBODY = re.compile(
    rf"{PLEASE}(?:谁是)?(?:我|(?P<a>{COLLEAGUE}))的?(?:直接|直属|顶头)?"
    rf"(?:上级|上司|领导|主管|老板|经理|组长)(?:是谁|是哪位|叫什么)?"
    rf"|{PLEASE}(?:我|(?P<b>{COLLEAGUE}))(?:现在|目前)?(?:归|由|受|被)(?:谁|哪个(?:组|团队|部门))(?:管|领导|带|负责)?"
    rf"|{PLEASE}(?:我|(?P<c>{COLLEAGUE}))(?:现在|目前)?(?:在|是|属于|归)(?:哪个?一?个?|什么)(?:组|团队|部门)(?:的|里)?"
    rf"|{PLEASE}谁(?:管|带|领导)(?:我|(?P<d>{COLLEAGUE}))"
    rf"|{PLEASE}who(?:'s| is) (?:my|(?P<e>{COLLEAGUE})(?:'s|’s)) "
    rf"(?:manager|boss|superior|lead|leader|team lead)"
    rf"|{PLEASE}who (?:manages|leads) (?:me|(?P<f>{COLLEAGUE}))"
    rf"|{PLEASE}(?:which|what) team (?:am i|is (?P<g>{COLLEAGUE})) (?:in|on)"
    rf"|{PLEASE}who(?:m)? (?:do i|does (?P<h>{COLLEAGUE})) report to"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the question: of one team, of one colleague or the sender, or of all."""
    if whole(scene, clause, SAID):
        yield {}
    elif (said := whole(scene, clause, OF_SOMEBODY)) and (user := _whom(scene, said)) is not None:
        yield {"user": user}
    elif (said := whole(scene, clause, OF_A_TEAM)) and not scene.has_any("customer", "deal", "person", "user"):
        group = next(group for group in ("team", "team_b", "team_c") if said[group])
        if not GENERAL.fullmatch(said[group]):
            yield {"team": told(scene, said, group)}


def _whom(scene: Scene, said: re.Match[str]) -> Mention | None:
    """The colleague who is named, the sender where nobody is; None where it is no colleague whom one knows."""
    group = next((group for group in "abcdefgh" if said[group]), None)
    if group is None:
        return Mention(scene.original(*said.span()), scene.sender) if scene.sender is not None else None
    user = colleague_at(scene, *said.span(group))
    return user if user and (user.key is not None or user.candidates) else None


WORDS = (
    "/teams",
    "/org",
    "谁",
    "哪些人",
    "哪几个人",
    "who",
    "哪个",
    "哪一个",
    "什么组",
    "上级",
    "上司",
    "领导",
    "主管",
    "老板",
    "经理",
    "组",
    "团队",
    "组织",
    "架构",
    "部门",
    "有哪些",
    "有几个",
    "有什么",
    "team",
    "org",
)
RULES = (Rule("list_teams", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "团队",
    "组织架构",
    "看看组织架构",
    "有哪些团队",
    "teams",
    "org chart",
    "show the teams",
    "/teams",
    "我的上级是谁",
    "我在哪个组",
    "林晓禾归谁管",
    "销售一组有谁",
    "销售一组谁负责",
    "who is my manager?",
    "who leads 销售一组?",
    "which team am I in?",
)
COUNTER_EXAMPLES = (
    "让石佳当华东组的组长",
    "团队的漏斗",
    "团队成员",
    "有哪些组件",
    "我的团队这个月怎么样",
    "team funnel",
    "晨岚的组织架构",
    "晨岚的老板是谁",
    "何总归谁管",
    "晨岚采购部有谁",
    "谁在跟晨岚",
    "who is on the call",
    "销售一组有谁的单子",
)
