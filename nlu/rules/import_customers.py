"""What is to become of a sheet that waits to be imported, as of one that comes with these words.

Slots: do (write, drop, rows, way), and of a way: way (skip, fill, new), doubt (tax_id, phone, name, sound, stage; none:
all that make a firm look like another).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

KINDS = (  # of doubt, in both languages
    ("tax", "同税号|税号(?:相同|一样|重复)的?", "same tax ids?"),
    ("phone", "同电话|电话(?:相同|一样|重复)的?", "same phones?"),
    ("sound", "读音(?:相同|一样)的?|同音的?", "same sounds?"),
    ("name", "名[称字](?:相近|相似)的?", "(?:like|similar) names?"),
    ("stage", "阶段存疑的?", "doubtful stages?"),
)
WHAT = r"(?:这份|这个|这张|刚才的?|上面的?)?(?:表格?|名单|文件|客户(?:名单|表)?|数据)"


def doubt(place: str, language: int) -> str:
    """What is doubtful, all of it or one kind; groups have names of their own at each place."""
    kinds = "|".join(f"(?P<{place}_{kind[0]}>{kind[language]})" for kind in KINDS)
    return f"(?:{kinds}|重复|疑似(?:重复)?)" if language == 1 else f"(?:(?:the )?(?:duplicates|doubtful rows)|{kinds})"


SAID = re.compile(
    rf"{PLEASE}(?P<write>(?:确认|确定|开始|可以|直接)?导入(?:{WHAT})?(?:吧|了)?|把?{WHAT}导入(?:吧|进来|系统)?"
    r"|(?:go ahead and )?import(?: (?:it|this|that|them|all|the (?:file|sheet|list|customers)|customers))?"
    r"|confirm(?: the)? import)"
    rf"|{PLEASE}(?P<drop>(?:取消|不要?|别|停止|放弃)导入(?:了|{WHAT})?|(?:cancel|stop|drop)(?: the)? import"
    r"|(?:do not|don't) import(?: it)?)"
    rf"|{PLEASE}(?P<rows>(?:看看?|查看|发我?|给我|下载)?(?:导入)?(?:的)?(?:全部)?明细(?:表|文件)?"
    r"|(?:show |send )?(?:me )?(?:the )?(?:import details|all rows))"
    rf"|{PLEASE}(?P<fill>(?:把)?(?:合并{doubt('a', 1)}(?:的)?|{doubt('b', 1)}的?(?:都|全部)?合并)(?:吧|掉)?"
    rf"|merge (?:all )?{doubt('c', 2)}|(?P<i_stage>阶段(?:都|全部)?(?:按|照)(?:推测|建议)的?(?:来|写|导入)?(?:吧)?"
    r"|take the (?:likely|suggested) stages?))"
    rf"|{PLEASE}(?P<skip>(?:跳过{doubt('d', 1)}(?:的)?|{doubt('e', 1)}的?(?:都|全部)?(?:跳过|不导入?|不要))(?:吧)?"
    rf"|skip (?:all )?{doubt('f', 2)})"
    rf"|{PLEASE}(?P<new>{doubt('g', 1)}的?(?:也|都|全部|照样|仍然)?新建(?:吧)?"
    rf"|(?:create|keep) (?:all )?{doubt('h', 2)}(?: as new| anyway)?)",
)
WAYS = ("fill", "skip", "new")


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    said = whole(scene, clause, SAID)
    if said is None:
        return
    done = {name for name, text in said.groupdict().items() if text}
    way = next((way for way in WAYS if way in done), "")
    if not way:
        yield {"do": next(do for do in ("write", "drop", "rows") if do in done)}
        return
    kinds = {"tax": "tax_id", "phone": "phone", "name": "name", "sound": "sound", "stage": "stage"}
    of = next((kinds[name.partition("_")[2]] for name in sorted(done) if "_" in name), "")
    yield {"do": "way", "way": way, **({"doubt": of} if of else {})}


ZH = ("导入", "明细", "合并", "跳过", "新建", "不要", "推测", "建议", "存疑")
WORDS = (*ZH, "take the", "import", "all rows", "merge", "skip", "create", "keep")
RULES = (Rule("import_customers", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "导入",
    "确认导入",
    "导入吧",
    "把这份名单导入",
    "取消导入",
    "合并重复",
    "把同电话的合并",
    "跳过重复的",
    "重复的都新建",
    "阶段按推测的写",
    "跳过阶段存疑的",
    "发我明细",
    "import it",
    "cancel the import",
    "merge the duplicates",
    "skip same phones",
    "take the suggested stages",
    "show all rows",
)
COUNTER_EXAMPLES = (
    "晨岚要导入数据",
    "明天帮晨岚导入名单",
    "今天跟何总聊了数据导入",
    "新建客户白鹭",
    "把报价明细发给何总",
    "Northwind wants to import from China",
    "合并晨岚和白鹭的订单",
    "电话不要打了",
    "华信的阶段存疑",
    "阶段推进到方案报价",
)
