// The clock in the top bar: shows the double's now and moves it.

import { post } from "./api.js";
import { node } from "./dom.js";
import * as moment from "./moment.js";
import { say } from "./words.js";

let base = 0;
let readAt = 0;
let offset = 0;

export const now = () => new Date(base + performance.now() - readAt);

export function setClock(told) {
  base = Date.parse(told.now);
  offset = told.offset;
  readAt = performance.now();
  tick();
}

export function drawClock(place, onError) {
  const move = (order) => () => post("clock", order()).then(setClock).catch(onError);
  const button = (key, id, order) =>
    node("button", { type: "button", class: "quiet", "data-testid": id, onclick: move(order) }, say(key));
  place.setAttribute("aria-label", say("clock"));
  place.setAttribute("data-testid", "clock");
  place.replaceChildren(
    node("span", { class: "clock-face" },
      node("span", { class: "clock-day" }), node("span", { class: "clock-time", "data-testid": "clock-time" })),
    node("span", { class: "clock-off", "data-testid": "clock-off" }),
    node("span", { class: "clock-moves" },
      button("hour", "clock-hour", () => ({ forward: 3600 })),
      button("morning", "clock-morning", () => ({ set: moment.nextMorning(now()).toISOString() })),
      button("day", "clock-day-forward", () => ({ forward: 86400 })),
      button("reset", "clock-reset", () => ({ reset: true }))),
  );
  tick();
}

function tick() {
  const face = document.querySelector(".clock-time");
  if (!face || !base) return;
  face.textContent = moment.seconds(now());
  document.querySelector(".clock-day").textContent = moment.day(now());
  const off = document.querySelector(".clock-off");
  off.hidden = Math.abs(offset) < 60;
  off.textContent = say("simulated");
  off.title = off.hidden ? "" : say(offset > 0 ? "ahead" : "behind", moment.span(offset));
}

setInterval(tick, 500);
