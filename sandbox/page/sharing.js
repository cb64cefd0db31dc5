// Small forms for what is shared besides words and files: somebody's contact, and where one is.

import { post } from "./api.js";
import { node } from "./dom.js";
import { say } from "./words.js";

// Somewhere to be when the browser is not asked: the Bund in Shanghai.
export const PLACE = { latitude: 31.2397, longitude: 121.4998, accuracy: 20 };

const CONTACT = { name: "赵敏", phone: "13912345678", company: "上海华信科技有限公司", job: "采购经理" };

// `composer` tells where one is, and says what did not work.
export function contactForm(composer) {
  return form("contact", CONTACT, (given) => composer.attempt(post("contact", { ...aimed(composer), contact: contactOf(given) })));
}

export function placeForm(composer) {
  const { latitude, longitude } = PLACE;
  return form("place", { latitude, longitude }, (given) => composer.attempt(post("location", { ...aimed(composer), ...given })));
}

function aimed(composer) {
  const reply = composer.aim?.kind === "reply" ? { reply_to: composer.aim.message.message_id } : {};
  return { ...composer.where(), ...reply };
}

// As telephones share it: the number and name, and a card with the rest.
function contactOf({ name, phone, company, job }) {
  const lines = ["BEGIN:VCARD", "VERSION:3.0", `FN:${name}`, `TEL;TYPE=CELL:${phone}`,
    company && `ORG:${company}`, job && `TITLE:${job}`, "END:VCARD"];
  return { phone_number: phone, first_name: name, vcard: lines.filter(Boolean).join("\r\n") };
}

function form(kind, fields, send) {
  const input = ([name, value]) => node("label", {}, say(`share_${name}`),
    node("input", { name, value, "data-testid": `share-${name}` }));
  const submit = (event) => {
    event.preventDefault();
    event.stopPropagation();
    send(Object.fromEntries([...panel.querySelectorAll("input")].map((each) => [each.name, each.value.trim()])));
    panel.remove();
  };
  const panel = node("div", { class: "share", "data-testid": `share-${kind}` },
    ...Object.entries(fields).map(input),
    node("div", { class: "row" },
      node("button", { type: "button", class: "quiet", onclick: () => panel.remove() }, say("cancel")),
      node("button", { type: "button", class: "primary", "data-testid": "share-send", onclick: submit }, say("send"))));
  return panel;
}
