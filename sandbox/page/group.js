// What a group has beyond a chat: its topics, and a menu of who is in it and what the bot may do there.

import { post } from "./api.js";
import { icon, node } from "./dom.js";
import { say } from "./words.js";

const button = (id, words, act, facts = {}) =>
  node("button", { type: "button", class: "quiet small", "data-testid": id, onclick: act, ...facts }, words);

// Which topic is shown and written into; without a choice all are shown, and one writes into none.
export function topicChoice(column) {
  if (!column.chat.forum) return null;
  const options = Object.entries(column.chat.topics).map(([name, id]) =>
    node("option", { value: id, selected: id === column.topic }, name));
  return node("select", {
    class: "topic-choice", "data-testid": "topic", "aria-label": say("topic"),
    onchange: (event) => column.enter(Number(event.target.value)),
  }, node("option", { value: 0, selected: !column.topic }, say("allTopics")), options);
}

export function topicName(chat, message) {
  if (!message.is_topic_message) return "";
  return Object.entries(chat.topics || {}).find(([, id]) => id === message.message_thread_id)?.[0] || "";
}

export function manageMenu(column) {
  const { managing } = column.store;
  // Not by "toggle", which comes late, also from a menu that has been drawn anew since.
  const keep = () => (menu.open ? managing.delete(column.chat.id) : managing.add(column.chat.id));
  const menu = node("details", { class: "manage", open: managing.has(column.chat.id) },
  node("summary", { class: "round", "aria-label": say("manage"), title: say("manage"), "data-testid": "manage", onclick: keep }, icon("person")),
  node("div", { class: "menu" }, botRow(column), people(column), column.chat.forum && topicForm(column)));
  return menu;
}

function botRow(column) {
  const set = (status) => () => column.ask("bot", { status, person: column.me() });
  const { bot } = column.chat;
  const isIn = ["member", "administrator"].includes(bot);
  return node("div", { class: "manage-row", "data-testid": "bot-row" },
    node("b", {}, column.store.bot.first_name),
    !isIn && button("bot-in", say("letIn"), set("member")),
    bot === "member" && button("bot-admin", say("promote"), set("administrator")),
    bot === "administrator" && button("bot-member", say("demote"), set("member")),
    isIn && button("bot-out", say("putOut"), set("kicked")));
}

function people(column) {
  const { members, admins } = column.chat;
  return [...column.store.people.values()].map((person) => {
    const isIn = members.includes(person.id);
    const isAdmin = admins.includes(person.id);
    const move = () => column.ask("member", { person: person.id, in: !isIn, by: column.me() });
    const promote = () => column.ask("admin", { person: person.id, admin: !isAdmin, by: column.me() });
    const facts = { "data-person": person.id };
    return node("div", { class: "manage-row", "data-testid": "member-row", ...facts },
      node("span", {}, person.name),
      isIn && button("member-admin", say(isAdmin ? "demote" : "promote"), promote, facts),
      button(isIn ? "member-out" : "member-in", say(isIn ? "putOut" : "letIn"), move, facts));
  });
}

function topicForm(column) {
  const input = node("input", { "data-testid": "new-topic", maxlength: 128, placeholder: say("newTopic"), "aria-label": say("newTopic") });
  const begin = (event) => {
    event.preventDefault();
    if (input.value.trim()) column.ask("topic", { name: input.value.trim(), person: column.me() });
  };
  return node("form", { class: "manage-row", onsubmit: begin }, input);
}
