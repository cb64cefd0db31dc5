// The panel of Bot API calls: newest on top, opened to see parameters and answer.

import { icon, node } from "./dom.js";
import * as moment from "./moment.js";
import { say } from "./words.js";

const CAP = 300;
let count = 0;

export function drawCalls(place, onClose) {
  place.setAttribute("aria-label", say("calls"));
  place.setAttribute("data-testid", "calls");
  place.replaceChildren(
    node("header", {},
      node("div", {}, node("h2", {}, say("calls")), node("p", {}, say("callsNote"))),
      node("button", { type: "button", class: "round", "aria-label": say("close"), onclick: onClose }, icon("close"))),
    node("ol", { class: "call-list" }),
  );
}

export function setCalls(calls) {
  document.querySelector(".call-list")?.replaceChildren();
  count = 0;
  for (const call of calls) addCall(call);
}

export function addCall(call) {
  const list = document.querySelector(".call-list");
  if (!list) return;
  count = Math.max(count, call.number);
  list.prepend(row(call));
  while (list.children.length > CAP) list.lastChild.remove();
  for (const badge of document.querySelectorAll(".call-count")) badge.textContent = count > 999 ? "999+" : count;
}

function row(call) {
  const details = node("details", { "data-testid": "call", "data-method": call.method },
    node("summary", {},
      node("span", { class: `status ${call.status === 200 ? "fine" : "bad"}` }, call.status || "×"),
      node("span", { class: "method" }, call.method),
      node("span", { class: "hint" }, hint(call)),
      node("span", { class: "ms" }, `${call.ms < 10 ? call.ms : Math.round(call.ms)} ms`),
      node("time", {}, moment.seconds(new Date(call.at)))));
  details.addEventListener("toggle", () => details.children.length === 1 && details.append(...body(call)));
  return node("li", {}, details);
}

function hint(call) {
  if (call.status !== 200) return call.answer.description;
  const text = call.params.text || call.params.caption || call.params.action;
  if (text) return String(text).replace(/<[^>]*>/g, "").slice(0, 80);
  return Array.isArray(call.answer) ? `× ${call.answer.length}` : "";
}

function body(call) {
  const part = (key, value) => [node("h3", {}, say(key)), node("pre", {}, JSON.stringify(unpacked(value), null, 2))];
  return [...part("params", call.params), ...part("answer", call.answer)];
}

// Form fields carry JSON as text; shown as what they mean.
function unpacked(value) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, opened(each)]));
}

function opened(value) {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
