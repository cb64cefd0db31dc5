"""What a short message may search for that says nothing else: hxkj, 4321, 华新, 找 hxkj. Records tell whether it is."""

from __future__ import annotations

import re

from nlu.normalise import normalise

LONGEST = 40  # characters that are searched for
_ASKING = (
    r"(?:请|麻烦|帮我|给我|我想)*"
    r"(?:搜索|搜一?下|搜|查询|查找|查一?下|查一?查|查|找一?下|找一?找|找|看一?下|看看"
    r"|(?:please )?(?:search for|search|find|look up|look for|show me)\b)?"
)
_SAID = re.compile(rf"{_ASKING}[ ::]*(?P<what>.+?)(?:这家)?(?:的?(?:资料|情况|信息|电话|客户卡))?[ ?。.!~]*", re.I)
_IS_NAME = re.compile(r"[^\n,,。;;!!??、]+")
_CHATTER = frozenset(
    (
        *(
            "好的",
            "好吧",
            "好呀",
            "好啊",
            "好滴",
            "收到",
            "谢谢",
            "谢谢你",
            "多谢",
            "感谢",
            "明白",
            "明白了",
            "知道了",
            "了解",
        ),
        *(
            "在吗",
            "在不在",
            "你好",
            "您好",
            "早上好",
            "早安",
            "晚安",
            "哈哈",
            "哈哈哈",
            "嗯嗯",
            "呵呵",
            "行吧",
            "可以",
            "没事",
        ),
        *(
            "不用",
            "不用了",
            "没有",
            "是的",
            "不是",
            "对的",
            "辛苦了",
            "再见",
            "拜拜",
            "测试",
            "随便",
            "什么",
            "怎么办",
            "为什么",
        ),
        *(
            "ok",
            "okay",
            "yes",
            "no",
            "hi",
            "hello",
            "hey",
            "thanks",
            "thank you",
            "thx",
            "ty",
            "bye",
            "test",
            "haha",
            "lol",
        ),
        *("good", "great", "fine", "sure", "nice", "what", "why", "good morning", "good night", "see you"),
    )
)


def sought(text: str) -> str:
    """What is searched for, as it was written but for the words of asking; "" where it is no name or number."""
    if len(text) > 2 * LONGEST or "\n" in text.strip():
        return ""
    said = _SAID.fullmatch(normalise(text).plain.strip())
    what = said["what"].strip() if said else ""
    is_name = 2 <= len(what) <= LONGEST and _IS_NAME.fullmatch(what) and len(what.split()) <= 5
    return what if is_name and what.lower() not in _CHATTER else ""
