"""The commands that Telegram lists beside the text field, a language each. A list only: rights are checked anyway."""

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

ENGLISH = {
    "today": "What is on today",
    "tasks": "My open tasks",
    "deals": "My open deals",
    "find": "Find a customer: /find Huaxin",
    "undo": "Take the last message back",
    "help": "What you can say",
    "language": "中文 / English",
    "start": "Begin",
}
CHINESE = {
    "today": "今天的安排",
    "tasks": "我的未完任务",
    "deals": "我的商机",
    "find": "找客户:/find 华信",
    "undo": "撤销上一条",
    "help": "可以怎么说",
    "language": "中文 / English",
    "start": "开始",
}
WORDS = {"": ENGLISH, "en": ENGLISH, "zh": CHINESE}


async def publish(bot: Bot) -> None:
    """Tell Telegram the commands of private chats."""
    for language, words in WORDS.items():
        commands = [BotCommand(name, what) for name, what in words.items()]
        await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats(), language or None)
