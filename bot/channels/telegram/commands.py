"""The commands that Telegram lists beside the text field, a language each. A list only: rights are checked anyway."""

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

WORDS = {
    "": {"start": "Begin", "help": "What you can say", "undo": "Take the last message back"},
    "en": {"start": "Begin", "help": "What you can say", "undo": "Take the last message back"},
    "zh": {"start": "开始", "help": "可以怎么说", "undo": "撤销上一条"},
}


async def publish(bot: Bot) -> None:
    """Tell Telegram the commands of private chats."""
    for language, words in WORDS.items():
        commands = [BotCommand(name, what) for name, what in words.items()]
        await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats(), language or None)
