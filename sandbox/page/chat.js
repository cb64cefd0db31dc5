// The page: loads the state, keeps the columns, and passes on what the stream tells.

import { get, listen, post } from "./api.js";
import { addCall, drawCalls, setCalls } from "./calls.js";
import { drawClock, setClock } from "./clock.js";
import { Column } from "./column.js";
import { avatar, icon, node } from "./dom.js";
import { setZone } from "./moment.js";
import { language, say, setLanguage } from "./words.js";

const place = (id) => document.getElementById(id);
const columns = new Map();
const unread = new Map();
const answers = new Map();
const waiting = new Map();
let opened = null;

const store = {
  bot: {}, people: new Map(), chats: new Map(), managing: new Set(),

  face(user) {
    const person = this.people.get(user.id);
    if (person) return person;
    return { name: user.first_name, colour: "#1f7a68" };
  },

  // The answer to a query, null if it does not come in time. It may be here before one asks.
  answer(query, patience) {
    if (answers.has(query)) return Promise.resolve(answers.get(query));
    return new Promise((resolve) => {
      waiting.set(query, resolve);
      setTimeout(() => resolve(null), patience);
    });
  },

  open(id) {
    if (!opened.includes(id)) toggle(id);
  },

  alert(text) {
    const close = () => place("alert").close();
    place("alert").replaceChildren(node("p", {}, text),
      node("button", { type: "button", class: "primary", onclick: close }, "OK"));
    place("alert").showModal();
  },
};

const remembered = (key) => localStorage.getItem(`sandbox-${key}`);
const remember = (key, value) => localStorage.setItem(`sandbox-${key}`, value);

function firstColumns(state) {
  const kept = JSON.parse(remembered("open") || "null");
  const isKnown = (id) => store.chats.has(id);
  const known = kept?.length === 0 || kept?.some(isKnown) ? kept.filter(isKnown) : state.open.filter(isKnown);
  // Somebody who closed everything wants nothing; somebody else's columns say nothing.
  if (known.length || kept?.length === 0) return known;
  const group = state.chats.find((chat) => chat.type !== "private");
  return [...state.people.slice(0, 2).map((person) => person.id), ...(group ? [group.id] : [])];
}

async function load() {
  const state = await get("state");
  store.bot = state.bot;
  store.people = new Map(state.people.map((person) => [person.id, person]));
  store.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  setZone(state.zone);
  setLanguage(remembered("language") || state.language);
  if (!opened) {
    opened = firstColumns(state);
    if (matchMedia("(max-width: 720px)").matches) opened = opened.slice(0, 1);
  }
  setClock(state.clock);
  await draw();
}

// New commands redraw nothing: somebody may be writing.
async function loadCommands() {
  for (const chat of (await get("state")).chats) {
    if (store.chats.has(chat.id)) store.chats.get(chat.id).commands = chat.commands;
  }
}

async function draw() {
  document.title = `${store.bot.first_name} · ${language() === "zh" ? "对话" : "Chat"}`;
  place("brand").replaceChildren(avatar(store.bot.first_name, "#1f7a68", "bot"),
    node("div", {}, node("b", {}, store.bot.first_name), node("small", {}, `@${store.bot.username}`)));
  drawClock(place("clock"), (error) => notify(say("failed", error.message)));
  drawTools();
  drawCalls(place("calls"), toggleCalls);
  setCalls((await get("calls")).calls);
  drawColumns();
}

function drawTools() {
  place("tools").replaceChildren(
    node("button", { type: "button", class: "quiet", "data-testid": "language", onclick: switchLanguage }, say("language")),
    node("button", {
      type: "button", class: "quiet", "data-testid": "calls-toggle", "aria-expanded": String(!place("calls").hidden),
      onclick: toggleCalls,
    }, icon("code"), node("span", { class: "wide-only" }, say("calls")), node("span", { class: "badge call-count" }, "0")));
}

function switchLanguage() {
  remember("language", language() === "zh" ? "en" : "zh");
  setLanguage(remembered("language"));
  draw();
}

function toggleCalls() {
  place("calls").hidden = !place("calls").hidden;
  document.body.classList.toggle("with-calls", !place("calls").hidden);
  document.querySelector("[data-testid=calls-toggle]").setAttribute("aria-expanded", String(!place("calls").hidden));
}

function drawColumns() {
  const writing = document.activeElement?.closest(".composer") && document.activeElement.closest(".column").dataset.chat;
  const drafts = new Map([...columns].map(([id, column]) => [id, column.composer.draft()]));
  columns.clear();
  for (const id of opened.filter((each) => store.chats.has(each))) {
    const column = new Column(store.chats.get(id), store, () => toggle(id));
    columns.set(id, column);
  }
  const shown = [...columns.values()].map((column) => column.root);
  place("columns").replaceChildren(...(shown.length ? shown : [node("p", { class: "none" }, say("noColumns"))]));
  for (const [id, column] of columns) {
    if (drafts.has(id)) column.composer.restore(drafts.get(id));
    column.toEnd();
  }
  columns.get(Number(writing))?.composer.input.focus();
  drawRail();
}

// Made once: what somebody types into it outlives a drawing of the rail.
const newcomer = node("form", { class: "newcomer", onsubmit: addPerson }, node("input", { "data-testid": "new-person", maxlength: 64 }));

async function addPerson(event) {
  event.preventDefault();
  const input = newcomer.querySelector("input");
  const name = input.value.trim();
  if (!name) return;
  input.value = "";
  const { id } = await post("person", { name, language_code: language() === "zh" ? "zh-hans" : "en" });
  await load();
  if (!opened.includes(id)) toggle(id);
}

const newGroup = node("form", { class: "newcomer", onsubmit: addGroup }, node("input", { "data-testid": "new-group", maxlength: 128 }));

// Whoever stands first opens it; the others are let in from the group's own menu.
async function addGroup(event) {
  event.preventDefault();
  const input = newGroup.querySelector("input");
  const title = input.value.trim();
  if (!title) return;
  input.value = "";
  const founder = opened.find((id) => store.people.has(id)) || [...store.people.keys()][0];
  const { id } = await post("group", { title, person: founder });
  await load();
  if (!opened.includes(id)) toggle(id);
}

function drawRail() {
  for (const [form, key] of [[newcomer, "newPerson"], [newGroup, "newGroup"]]) {
    form.querySelector("input").placeholder = say(key);
    form.querySelector("input").setAttribute("aria-label", say(key));
  }
  const chats = [...store.chats.values()];
  const part = (key, list) => list.length
    ? [node("h2", {}, say(key)), node("ul", {}, list.map((chat) => node("li", {}, railItem(chat))))] : [];
  place("rail").setAttribute("aria-label", say("people"));
  place("rail").replaceChildren(
    ...part("people", chats.filter((chat) => chat.type === "private")), newcomer,
    ...part("groups", chats.filter((chat) => chat.type !== "private")), newGroup);
}

function railItem(chat) {
  const person = store.people.get(chat.id);
  const name = person ? person.name : chat.title;
  const detail = person ? person.note || (person.username ? `@${person.username}` : "") : say("members", chat.members.length);
  const count = unread.get(chat.id);
  return node("button", {
    type: "button", class: "rail-item", "data-testid": "person", "data-chat": chat.id, "aria-label": say("open", name),
    "aria-pressed": String(columns.has(chat.id)), onclick: () => toggle(chat.id),
  },
  avatar(person ? name : name.slice(0, 1), person ? person.colour : "#5b6b7c", person ? "" : "group"),
  node("span", { class: "words" }, node("b", {}, name), node("small", {}, detail)),
  count && node("span", { class: "badge" }, count));
}

function toggle(id) {
  const isNarrow = matchMedia("(max-width: 720px)").matches;
  if (isNarrow) opened = opened.includes(id) ? opened : [id];
  else opened = opened.includes(id) ? opened.filter((each) => each !== id) : [...opened, id];
  remember("open", JSON.stringify(opened));
  unread.delete(id);
  drawColumns();
  if (opened.includes(id)) columns.get(id).root.scrollIntoView({ inline: "nearest", behavior: "smooth" });
}

function notify(text) {
  const first = columns.values().next().value;
  if (first) first.toast(text);
}

const ON = {
  hello: load, lost: load, people: load, commands: loadCommands,
  message({ message }) {
    const chat = store.chats.get(message.chat.id);
    if (!chat || chat.messages.some((each) => each.message_id === message.message_id)) return;
    chat.messages.push(message);
    const column = columns.get(chat.id);
    if (column) column.add(message);
    else {
      unread.set(chat.id, (unread.get(chat.id) || 0) + 1);
      drawRail();
    }
  },
  edited({ message }) {
    const chat = store.chats.get(message.chat.id);
    const index = chat ? chat.messages.findIndex((each) => each.message_id === message.message_id) : -1;
    if (index >= 0) chat.messages[index] = message;
    columns.get(message.chat.id)?.change(message);
  },
  deleted({ chat, message_id: id }) {
    const known = store.chats.get(chat);
    if (known) known.messages = known.messages.filter((each) => each.message_id !== id);
    columns.get(chat)?.remove(id);
  },
  membership({ chat, bot }) {
    const known = store.chats.get(chat);
    if (known) known.bot = bot;
    columns.get(chat)?.drawHead();
  },
  keyboard({ chat, keyboard }) {
    const known = store.chats.get(chat);
    if (known) known.keyboard = keyboard;
    columns.get(chat)?.composer.drawKeys();
  },
  action: ({ chat }) => columns.get(chat)?.act(),
  clock: ({ clock }) => setClock(clock),
  call: ({ call }) => addCall(call),
  answer({ query, answer }) {
    answers.set(query, answer);
    if (answers.size > 500) answers.delete(answers.keys().next().value);
    waiting.get(query)?.(answer);
    waiting.delete(query);
  },
};

// One after another: a load must not be overtaken by what follows it.
let turn = Promise.resolve();
listen(
  (change) => { turn = turn.then(() => ON[change.kind]?.(change)).catch(() => undefined); },
  (isOn) => {
    place("offline").textContent = say("offline");
    place("offline").hidden = isOn;
  },
);
