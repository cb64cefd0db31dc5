"""Whatever a bot sends, the double answers in Telegram's form: it never stumbles."""

import inspect
import json
from typing import Any

import aiogram.methods
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import Sandbox, Upload
from sandbox.errors import ApiError
from sandbox.methods import METHODS
from sandbox.params import Params
from tests.sandbox.conftest import LINA, ROOM

WORDS = ["text", "url", "id", "type", "media", "inline_keyboard", "keyboard", "callback_data", "command", "message_id"]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "<b>",
            '<a href="tg://user?id=x">y</a>',
            "photo",
            "bold",
            "default",
            "attach://a",
            "nan",
            "inf",
            "[[{}]]",
            '{"a":[]}',
        ]
    )
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)
MARKUPS = st.dictionaries(
    st.sampled_from(["inline_keyboard", "keyboard"]),
    st.lists(st.lists(st.dictionaries(st.sampled_from(WORDS), VALUES)) | VALUES),
)


def parameters(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Some of a method's own parameters, with any values; the chat is mostly a real one."""
    fields = getattr(aiogram.methods, name[0].upper() + name[1:]).model_fields
    own = dict.fromkeys(fields, VALUES)
    own |= {"chat_id": st.sampled_from([LINA, ROOM]) | VALUES} if "chat_id" in fields else {}
    own |= {"reply_markup": MARKUPS | VALUES} if "reply_markup" in fields else {}
    own |= {
        field: VALUES | st.just(Upload("a", "b", b"c")) for field in fields if field in {"photo", "document", "voice"}
    }
    return st.fixed_dictionaries({}, optional=own)


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([name for name in METHODS if name not in {"getUpdates", "setWebhook"}]).flatmap(
        lambda name: st.tuples(st.just(name), parameters(name))
    )
)
def test_no_parameters_make_a_method_stumble(asked: tuple[str, dict[str, Any]]) -> None:
    name, given_ = asked
    sandbox = Sandbox(limits=False)
    sandbox.say(LINA, "一")
    try:
        result = METHODS[name](sandbox.world, Params(given_))
    except ApiError:
        return
    if inspect.iscoroutine(result):
        result.close()
    else:
        json.dumps(result, allow_nan=False)
