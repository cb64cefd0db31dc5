// Text with Telegram's entities -> DOM nodes. Offsets are UTF-16 units, which is what JavaScript counts in.

import { node } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const START = /^https:\/\/t\.me\/\w+\?start=([\w-]{1,64})$/;
const SAFE = /^(https?|mailto|tel):/i;

export function rich(text, entities, onCommand) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return stretch(text, 0, text.length, sorted, onCommand);
}

function stretch(text, start, end, entities, onCommand) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    const inner = [];
    while (i + 1 < entities.length && entities[i + 1].offset < to) inner.push(entities[++i]);
    if (from > at) nodes.push(text.slice(at, from));
    nodes.push(wrapped(entity, text.slice(from, to), stretch(text, from, to, inner, onCommand), onCommand));
    at = to;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrapped(entity, text, children, onCommand) {
  const kind = entity.type;
  if (kind in TAGS) return node(TAGS[kind], { class: `entity-${kind}` }, children);
  const start = START.exec(kind === "text_link" ? entity.url : kind === "url" ? text : "");
  if (start && onCommand) {  // opens the bot's own chat: this one
    return node("button", { type: "button", class: "command", onclick: () => onCommand(`/start ${start[1]}`) }, children);
  }
  if (kind === "text_link") return link(entity.url, children);
  if (kind === "url") return link(text, children);
  if (kind === "email") return link(`mailto:${text}`, children);
  if (kind === "phone_number") return link(`tel:${text.replace(/[ -]/g, "")}`, children);
  if (kind === "spoiler") {
    return node("span", { class: "spoiler", onclick: (event) => event.currentTarget.classList.add("shown") }, children);
  }
  if (kind === "bot_command" && onCommand) {
    return node("button", { type: "button", class: "command", onclick: () => onCommand(text) }, children);
  }
  return node("span", { class: "mention" }, children);
}

function link(address, children) {
  if (!SAFE.test(address || "")) return node("span", { class: "mention", title: address }, children);
  return node("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, children);
}
