// Where one writes: input, attachments, reply and edit bars, suggestions, commands and inline results.

import { post } from "./api.js";
import { icon, node } from "./dom.js";
import { brief } from "./message.js";
import { contactForm, PLACE, placeForm } from "./sharing.js";
import { say } from "./words.js";

export class Composer {
  // `column` tells chat, me() and the answers to queries.
  constructor(column) {
    this.column = column;
    this.aim = null;
    this.asked = 0;
    this.input = node("textarea", {
      rows: 1, "data-testid": "input", placeholder: say("placeholder"), "aria-label": say("placeholder"),
      onkeydown: (event) => this.key(event), oninput: () => this.typed(),
    });
    this.bar = node("div", { class: "aim", hidden: true });
    this.popup = node("div", { class: "popup", hidden: true, "data-testid": "popup" });
    this.suggestions = node("div", { class: "chips", role: "group", "aria-label": say("tryThis") });
    this.keys = node("div", { class: "reply-keys" });
    this.picker = node("input", { type: "file", multiple: true, hidden: true, "data-testid": "picker", onchange: () => this.upload() });
    this.root = node("form", { class: "composer", onsubmit: (event) => this.submit(event) },
      this.suggestions, this.popup, this.bar,
      node("div", { class: "line" }, this.attachMenu(), this.input,
        node("button", { type: "submit", class: "send", "aria-label": say("send"), "data-testid": "send" }, icon("send"))),
      this.keys, this.picker);
    this.draw();
  }

  where() {
    const { topic } = this.column;
    return { person: this.column.me(), chat: this.column.chat.id, ...(topic ? { topic } : {}) };
  }

  attempt(promise) {
    return promise.catch((error) => this.column.toast(say("failed", error.message)));
  }

  draw() {
    this.suggestions.replaceChildren(...this.chips());
    this.drawKeys();
  }

  chips() {
    const chip = (text) => node("button", {
      type: "button", class: "chip", "data-testid": "chip", title: text, onclick: () => this.column.prompt(text),
    }, text);
    return this.column.chat.suggestions.map(chip);
  }

  drawKeys() {
    const rows = this.column.chat.keyboard?.keyboard || [];
    this.keys.replaceChildren(...rows.map((row) => node("div", { class: "row" }, row.map((button) =>
      node("button", { type: "button", class: "key", "data-testid": "reply-key", onclick: () => this.replyKey(button) },
        button.text)))));
  }

  replyKey(button) {
    if (button.request_contact) return this.attempt(post("contact", this.where()));
    if (button.request_location) return this.attempt(post("location", { ...this.where(), ...PLACE }));
    return this.attempt(post("say", { ...this.where(), text: button.text }));
  }

  attachMenu() {
    const close = () => menu.removeAttribute("open");
    const item = (shape, key, act) => node("button", {
      type: "button", "data-testid": `attach-${key}`, onclick: () => { close(); act(); },
    }, icon(shape), say(key));
    const menu = node("details", { class: "attach" },
      node("summary", { "aria-label": say("attach"), title: say("attach"), "data-testid": "attach" }, icon("attach")),
      node("div", { class: "menu" },
        item("file", "picture", () => this.picker.click()),
        item("pin", "location", () => this.attempt(post("location", { ...this.where(), ...PLACE }))),
        item("pin", "place", () => this.share(placeForm(this))),
        item("person", "contact", () => this.attempt(post("contact", this.where()))),
        item("person", "person", () => this.share(contactForm(this)))));
    return menu;
  }

  share(panel) {
    this.root.querySelector(".share")?.remove();
    this.bar.before(panel);
    panel.querySelector("input").focus();
  }

  upload() {
    const files = [...this.picker.files];
    if (!files.length) return;
    const form = new FormData();
    for (const [name, value] of Object.entries(this.where())) form.append(name, value);
    form.append("as", files[0].type.startsWith("image/") ? "photo" : "file");
    form.append("caption", this.input.value);
    if (this.aim?.kind === "reply") form.append("reply_to", this.aim.message.message_id);
    for (const file of files) form.append("file", file);
    this.attempt(post("send", form).then(() => this.clear()));
    this.picker.value = "";
  }

  key(event) {
    if (event.key === "Escape") this.clear();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.root.requestSubmit();
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    const order = { ...this.where(), text };
    const isEdit = this.aim?.kind === "edit";
    if (this.aim) order[isEdit ? "message_id" : "reply_to"] = this.aim.message.message_id;
    this.clear();
    this.attempt(post(isEdit ? "edit" : "say", order));
  }

  aimAt(kind, message) {
    this.aim = { kind, message };
    const title = kind === "edit" ? say("editing") : say("replyingTo", this.column.face(message.from).name);
    this.bar.replaceChildren(icon(kind),
      node("div", {}, node("b", {}, title), node("span", {}, brief(message))),
      node("button", { type: "button", class: "round", "aria-label": say("cancel"), onclick: () => this.clear() },
        icon("close")));
    this.bar.hidden = false;
    if (kind === "edit") this.input.value = message.text;
    this.typed();
    this.input.focus();
  }

  draft() {
    return { text: this.input.value, aim: this.aim, speaker: this.column.speaker, topic: this.column.topic };
  }

  restore({ text, aim, speaker, topic }) {
    this.column.choose(speaker);
    this.column.enter(topic);
    if (aim) this.aimAt(aim.kind, aim.message);
    this.input.value = text;
    this.typed();
  }

  clear() {
    this.aim = null;
    this.bar.hidden = true;
    this.input.value = "";
    this.typed();
  }

  typed() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
    this.offer();
  }

  // "/" offers the bot's commands; "@bot words" asks it inline, once typing pauses.
  offer() {
    const text = this.input.value;
    const mention = `@${this.column.bot().username} `;
    this.popup.hidden = true;
    clearTimeout(this.asked);
    if (/^\/\w*$/.test(text)) this.offerCommands(text.slice(1));
    else if (text.startsWith(mention)) {
      this.asked = setTimeout(() => this.askInline(text.slice(mention.length)), 350);
    }
  }

  offerCommands(start) {
    const fitting = this.column.commands().filter((each) => each.command.startsWith(start));
    this.show(fitting.map((each) => this.option(`/${each.command}`, each.description, () => this.command(`/${each.command}`))));
  }

  command(text) {
    this.clear();
    this.attempt(post("say", { ...this.where(), text }));
  }

  async askInline(text, offset = "", before = []) {
    const { query } = await post("inline", { ...this.where(), text, offset }).catch(() => ({}));
    if (!query) return;
    const answer = await this.column.answer(query);
    if (!this.input.value.endsWith(text)) return;
    const options = [...before, ...(answer?.results || []).map((each) =>
      this.option(each.title || each.id, each.description || "", () => this.choose(query, each.id)))];
    const next = answer?.next_offset;
    const more = () => this.askInline(text, next, options);
    this.show(next ? [...options, this.option(say("more"), "", more)] : options);
  }

  choose(query, result) {
    this.clear();
    this.attempt(post("choose", { query, result: String(result) }));
  }

  option(title, detail, act) {
    return node("button", { type: "button", class: "option", "data-testid": "option", onclick: act },
      node("b", {}, title), node("span", {}, detail));
  }

  show(options) {
    this.popup.replaceChildren(...options);
    this.popup.hidden = options.length === 0;
  }
}
