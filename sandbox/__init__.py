"""A double of Telegram's Bot API with the chat page that is its user side. Knows nothing of the house around it."""

from sandbox.double import TOKEN, Sandbox
from sandbox.files import Upload

__all__ = ["TOKEN", "Sandbox", "Upload"]
