"""The commands that Telegram lists beside the text field, a language each. A list only: rights are checked anyway."""

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

ENGLISH = {
    "today": "What is on today",
    "tasks": "My open tasks",
    "deals": "My open deals",
    "find": "Find a customer: /find Huaxin",
    "subscribe": "Which digests come to you",
    "mute": "Switch a digest off",
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
    "subscribe": "订阅推送",
    "mute": "关掉推送",
    "undo": "撤销上一条",
    "help": "可以怎么说",
    "language": "中文 / English",
    "start": "开始",
}
ENGLISH_IN_GROUPS = {
    "status": "How the deal of this group stands",
    "bind": "Bind this group: /bind Huaxin ERP",
    "unbind": "Free this group",
    "subscribe": "Your team's daily funnel for this group",
    "mute": "End it",
}
CHINESE_IN_GROUPS = {
    "status": "本群的商机现在什么情况",
    "bind": "绑定本群:/bind 华信 ERP二期",
    "unbind": "解绑本群",
    "subscribe": "本群订阅团队的漏斗日报",
    "mute": "本群不再订阅",
}
WORDS = {"": ENGLISH, "en": ENGLISH, "zh": CHINESE}
IN_GROUPS = {"": ENGLISH_IN_GROUPS, "en": ENGLISH_IN_GROUPS, "zh": CHINESE_IN_GROUPS}


async def publish(bot: Bot) -> None:
    """Tell Telegram the commands of private chats and of groups."""
    for scope, told in ((BotCommandScopeAllPrivateChats(), WORDS), (BotCommandScopeAllGroupChats(), IN_GROUPS)):
        for language, words in told.items():
            commands = [BotCommand(name, what) for name, what in words.items()]
            await bot.set_my_commands(commands, scope, language or None)
