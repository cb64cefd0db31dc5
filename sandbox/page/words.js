// The page's own words, Chinese and English side by side. What the bot says is not here.

const WORDS = {
  people: ["人员", "People"],
  newPerson: ["+ 新的人", "+ new person"],
  newGroup: ["+ 新的群", "+ new group"],
  groups: ["群", "Groups"],
  iAm: ["我是", "I am"],
  speakAs: ["发言人", "Speak as"],
  members: ["{} 人", "{} people"],
  withBot: ["与 {} 的对话", "Chat with {}"],
  addBot: ["拉机器人进群", "Add the bot"],
  placeholder: ["发消息…", "Message…"],
  send: ["发送", "Send"],
  reply: ["回复", "Reply"],
  edit: ["编辑", "Edit"],
  edited: ["已编辑", "edited"],
  cancel: ["取消", "Cancel"],
  replyingTo: ["回复 {}", "Reply to {}"],
  editing: ["编辑消息", "Edit message"],
  close: ["关闭", "Close"],
  open: ["打开 {}", "Open {}"],
  attach: ["附件", "Attach"],
  picture: ["图片或文件", "Picture or file"],
  location: ["我的位置", "My location"],
  contact: ["我的电话", "My number"],
  place: ["指定位置…", "Another place…"],
  person: ["联系人…", "A contact…"],
  more: ["更多…", "More…"],
  share_latitude: ["纬度", "Latitude"],
  share_longitude: ["经度", "Longitude"],
  share_name: ["姓名", "Name"],
  share_phone: ["电话", "Phone"],
  share_company: ["公司", "Company"],
  share_job: ["职务", "Title"],
  typing: ["正在输入…", "typing…"],
  tryThis: ["试试", "Try"],
  nothing: ["还没有消息", "Nothing said yet"],
  empty: ["还没有消息。像和同事说话那样说一句,比如:", "Nothing said yet. Write as you would to a colleague, for instance:"],
  noColumns: ["从左边点一个人或群,在这里并排打开。", "Pick people or groups on the left; they open here side by side."],
  file: ["文件", "File"],
  voice: ["语音", "Voice"],
  contactCard: ["名片", "Contact"],
  joined: ["{} 加入了群", "{} joined the group"],
  left: ["{} 离开了群", "{} left the group"],
  topic: ["话题", "Topic"],
  allTopics: ["全部话题", "All topics"],
  newTopic: ["+ 新话题", "+ new topic"],
  topicBegun: ["新话题:{}", "New topic: {}"],
  manage: ["成员与机器人", "Members and bot"],
  letIn: ["拉进群", "Let in"],
  putOut: ["移出", "Put out"],
  promote: ["设为管理员", "Make admin"],
  demote: ["取消管理员", "No admin"],
  forwarded: ["转发自 {}", "Forwarded from {}"],
  moved: ["群已升级", "The group was upgraded"],
  clock: ["时钟", "Clock"],
  hour: ["+1 小时", "+1 h"],
  morning: ["次日 08:30", "Next 08:30"],
  day: ["+1 天", "+1 day"],
  reset: ["复位", "Reset"],
  simulated: ["模拟时间", "simulated"],
  ahead: ["比真实时间快 {}", "{} ahead of real time"],
  behind: ["比真实时间慢 {}", "{} behind real time"],
  d: ["{} 天", "{}d"],
  h: ["{} 小时", "{}h"],
  m: ["{} 分", "{}min"],
  calls: ["接口调用", "API calls"],
  callsNote: ["机器人对 Bot API 的调用,实时", "What the bot asks of the Bot API, live"],
  params: ["参数", "Parameters"],
  answer: ["回答", "Answer"],
  language: ["EN", "中文"],
  offline: ["连接断开,正在重连…", "Connection lost, trying again…"],
  unanswered: ["机器人没有回应", "The bot did not answer"],
  failed: ["没有成功:{}", "That did not work: {}"],
};

let index = 0;

export function setLanguage(language) {
  index = language === "en" ? 1 : 0;
  document.documentElement.lang = index ? "en" : "zh-CN";
}

export const language = () => (index ? "en" : "zh");
export const locale = () => (index ? "en-GB" : "zh-CN");

export function say(key, value) {
  const word = WORDS[key][index];
  return value === undefined ? word : word.replace("{}", value);
}
