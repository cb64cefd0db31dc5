"""The sender wants to be answered in another language. Slots: language str (zh, en), left out where none is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nlu.clauses import Clause
from nlu.rule import Rule
from nlu.scene import Scene
from nlu.whole import PLEASE, whole

LANGUAGES = {
    "zh": r"中文|汉语|普通话|国语|简体中文|chinese|mandarin|simplified chinese",
    "en": r"英文|英语|english",
}
LANGUAGE = "|".join(f"(?P<{key}>{names})" for key, names in LANGUAGES.items())
SAID = re.compile(
    rf"{PLEASE}(?:可不可以|可以|能不能|能)?(?:你|我们|咱们)?(?:以后|之后|现在)?(?:都)?(?:跟我|和我)?"
    r"(?:把)?(?:语言)?(?:改用|改为|改成|换成|换到|换|切换为|切换成|切换到|切到|设为|设成|用|说|讲|是|:)?[ ]?"
    r"(?:speak|use|switch to|change to|reply in|answer in|respond in|talk|write in|in"
    r"|(?:set|change|switch) (?:my |the )?language to|(?:my )?language:?)? ?(?:to me in |with me in )?"
    rf"(?:{LANGUAGE})(?:来?(?:回复|回答|交流|沟通|说话|说|答)(?:我)?)?(?:吧|吗|好了|可以吗)?"
    r",?(?: please| from now on| with me| to me)?"
)
ASKED = re.compile(
    rf"/?(?:language|lang)|{PLEASE}(?:(?:切换|更换|更改|修改|改|换|设置|选择|选)(?:一?下|个)?语言|语言(?:设置|切换|选择)?"
    r"|(?:change|switch|set|choose) (?:the |my )?language|language settings?)"
)


def read(scene: Scene, clause: Clause) -> Iterator[dict[str, Any]]:
    """The whole message is the command."""
    if whole(scene, clause, ASKED):
        yield {}
    elif said := whole(scene, clause, SAID):
        yield {"language": next(key for key in LANGUAGES if said[key])}


WORDS = ("中文", "汉语", "普通话", "国语", "英文", "英语", "语言", "chinese", "mandarin", "english", "lang")
RULES = (Rule("set_language", "command", (), read, whole=True, words=WORDS),)
EXAMPLES = (
    "/language",
    "说英文",
    "用中文",
    "请用中文回复我",
    "speak English",
    "in Chinese please",
    "switch to English",
    "English",
    "换个语言",
    "语言改成英文",
)
COUNTER_EXAMPLES = (
    "用英文给晨岚发一份方案",
    "何总说英文合同也可以",
    "send the quote in English by Friday",
    "把白鹭的报价单换成英文的",
    "资料要中文版",
)
