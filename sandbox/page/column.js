// One open chat: its head, its messages, its composer.

import { post } from "./api.js";
import { Composer } from "./composer.js";
import { avatar, icon, node } from "./dom.js";
import { manageMenu, topicChoice, topicName } from "./group.js";
import { messageNode } from "./message.js";
import * as moment from "./moment.js";
import { say } from "./words.js";

const PATIENCE = 15000;

export class Column {
  // `store` holds people, bot and the answers to queries; onClose removes the column.
  constructor(chat, store, onClose) {
    this.chat = chat;
    this.store = store;
    this.isGroup = chat.type !== "private";
    this.speaker = chat.members[0];
    this.topic = 0;
    this.isAtEnd = true;
    this.list = node("div", {
      class: "messages", role: "log", "aria-live": "polite", tabindex: 0, onscroll: () => this.scrolled(),
    });
    new ResizeObserver(() => this.isAtEnd && this.toEnd()).observe(this.list);
    this.doing = node("div", { class: "doing", hidden: true }, node("i"), node("i"), node("i"), say("typing"));
    this.toasts = node("div", { class: "toasts", role: "status" });
    this.composer = new Composer(this);
    this.root = node("section", {
      class: "column", "data-testid": "column", "data-chat": chat.id, "aria-label": this.title(), colour: this.colour(),
    }, node("header", { class: "column-head" }), this.list, this.doing, this.toasts, this.composer.root);
    this.onClose = onClose;
    this.drawHead();
    this.fill();
  }

  me = () => this.speaker;
  bot = () => this.store.bot;
  commands = () => this.chat.commands;
  answer = (query) => this.store.answer(query, PATIENCE);
  face = (user) => this.store.face(user);
  reply = (message) => this.composer.aimAt("reply", message);
  edit = (message) => this.composer.aimAt("edit", message);
  command = (text) => this.composer.command(text);

  title() {
    return this.isGroup ? this.chat.title : this.store.people.get(this.chat.id).name;
  }

  colour() {
    return this.isGroup ? "#5b6b7c" : this.store.people.get(this.chat.id).colour;
  }

  drawHead() {
    this.root.querySelector(".column-head").replaceChildren(
      avatar(this.isGroup ? this.chat.title.slice(0, 1) : this.title(), this.colour(), this.isGroup ? "group" : ""),
      node("div", { class: "who" }, this.isGroup ? this.groupWho() : this.personWho()),
      ...(this.isGroup ? [manageMenu(this)] : []),
      node("button", {
        type: "button", class: "round", "aria-label": `${say("close")} ${this.title()}`, "data-testid": "close",
        onclick: this.onClose,
      }, icon("close")));
  }

  personWho() {
    const person = this.store.people.get(this.chat.id);
    return [node("h2", {}, node("small", {}, say("iAm")), person.name),
      node("p", {}, person.note || say("withBot", this.store.bot.first_name))];
  }

  groupWho() {
    const options = this.chat.members.map((id) =>
      node("option", { value: id, selected: id === this.speaker }, this.store.people.get(id).name));
    const choose = (event) => this.choose(Number(event.target.value));
    const away = ["left", "kicked"].includes(this.chat.bot);
    return [node("h2", {}, this.chat.title),
      node("p", {}, node("label", { class: "speaker" }, say("speakAs"),
        node("select", { "data-testid": "speaker", onchange: choose }, options)),
      topicChoice(this), node("span", { class: "count" }, say("members", this.chat.members.length)),
      away && node("button", { type: "button", class: "quiet small", "data-testid": "add-bot", onclick: () => this.addBot() },
        say("addBot")))];
  }

  choose(speaker) {
    if (speaker === this.speaker || !this.chat.members.includes(speaker)) return;
    this.speaker = speaker;
    this.drawHead();
    this.fill();
  }

  addBot() {
    this.ask("bot", { status: "member", person: this.me() });
  }

  ask(verb, order) {
    this.composer.attempt(post(verb, { chat: this.chat.id, ...order }));
  }

  enter(topic) {
    if (topic === this.topic || (topic && !Object.values(this.chat.topics || {}).includes(topic))) return;
    this.topic = topic;
    this.drawHead();
    this.fill();
  }

  shows(message) {
    return !this.topic || this.topic === (message.is_topic_message && message.message_thread_id);
  }

  topicOf = (message) => (this.topic ? "" : topicName(this.chat, message));

  fill() {
    this.list.replaceChildren();
    this.lastDay = "";
    for (const message of this.chat.messages.filter((each) => this.shows(each))) this.append(message);
    this.emptyNote();
    this.toEnd();
  }

  emptyNote() {
    this.list.querySelector(".empty")?.remove();
    if (this.chat.messages.length) return;
    this.list.append(node("div", { class: "empty" },
      avatar(this.store.bot.first_name, "#1f7a68", "bot"), node("b", {}, this.store.bot.first_name),
      node("p", {}, say(this.chat.suggestions.length ? "empty" : "nothing")), this.composer.chips().slice(0, 5)));
  }

  append(message) {
    const date = new Date(message.date * 1000);
    const key = moment.dayKey(date);
    if (key !== this.lastDay) this.list.append(node("div", { class: "day" }, node("span", {}, moment.day(date))));
    this.lastDay = key;
    this.list.append(messageNode(message, this));
  }

  add(message) {
    this.emptyNote();
    if (!this.shows(message)) return;
    this.append(message);
    if (message.from.is_bot) this.doing.hidden = true;
    if (this.isAtEnd || message.from.id === this.me()) this.toEnd();
    this.list.querySelector(":scope > .message:last-child")?.classList.add("fresh");
  }

  change(message) {
    const old = this.find(message.message_id);
    if (!old) return;
    const changed = messageNode(message, this);
    changed.classList.add("changed");
    old.replaceWith(changed);
    if (this.isAtEnd) this.toEnd();
  }

  remove(messageId) {
    this.find(messageId)?.remove();
  }

  find(messageId) {
    return this.list.querySelector(`[data-message-id="${messageId}"]`);
  }

  jump = (messageId) => {
    const target = this.find(messageId);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.classList.add("flash");
    setTimeout(() => target?.classList.remove("flash"), 1200);
  };

  scrolled() {
    this.isAtEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80;
  }

  toEnd() {
    this.isAtEnd = true;
    requestAnimationFrame(() => { this.list.scrollTop = this.list.scrollHeight; });
  }

  act() {
    this.doing.hidden = false;
    clearTimeout(this.doingTimer);
    this.doingTimer = setTimeout(() => { this.doing.hidden = true; }, 5000);
  }

  press = async (message, button, key) => {
    if (button.copy_text) return navigator.clipboard.writeText(button.copy_text.text);
    const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query;
    if (inline !== undefined) return this.prompt(`@${this.store.bot.username} ${inline}`);
    key.classList.add("busy");
    key.setAttribute("aria-busy", "true");
    const order = { person: this.me(), chat: this.chat.id, message_id: message.message_id, button: button.callback_data };
    await this.composer.attempt(post("press", order).then(({ query }) => this.answer(query)).then((given) => this.told(given)));
    key.classList.remove("busy");
    key.removeAttribute("aria-busy");
    return undefined;
  };

  // What a link into the private chat with the bot hands in; "" where it leads elsewhere.
  startOf(address) {
    const link = new URL(address, "https://t.me");
    const isOurs = link.host === "t.me" && link.pathname.slice(1).toLowerCase() === this.store.bot.username.toLowerCase();
    return isOurs ? link.searchParams.get("start") || "" : "";
  }

  // As Telegram does on such a link: the speaker's private chat opens and the word is sent.
  start(payload) {
    this.store.open(this.me());
    this.composer.attempt(post("say", { person: this.me(), chat: this.me(), text: `/start ${payload}` }));
  }

  prompt(text) {
    this.composer.input.value = text;
    this.composer.typed();
    this.composer.input.focus();
  }

  told(given) {
    if (!given) this.toast(say("unanswered"));
    else if (given.text && given.show_alert) this.store.alert(given.text);
    else if (given.text) this.toast(given.text);
  }

  toast(text) {
    const shown = node("div", { class: "toast", "data-testid": "toast" }, text);
    this.toasts.append(shown);
    setTimeout(() => shown.remove(), 4500);
  }
}
