// One message -> one DOM node.

import { avatar, icon, node } from "./dom.js";
import { rich } from "./entities.js";
import * as moment from "./moment.js";
import { say } from "./words.js";

// `view` knows the column: whose it is, and what a click does.
export function messageNode(message, view) {
  const service = serviceText(message);
  if (service) return frame(message, "service", node("span", {}, service));
  const isMine = message.from.id === view.me();
  const isBot = message.from.is_bot && !message.sender_chat;
  const kind = `${isMine ? "mine" : "theirs"} ${isBot ? "bot" : ""}`;
  const sender = message.sender_chat ? { name: message.sender_chat.title, colour: "#5b6b7c" } : view.face(message.from);
  const topic = view.topicOf(message);
  const showsName = view.isGroup && !isMine;
  return frame(message, kind,
    !isMine && avatar(sender.name, sender.colour, isBot ? "bot" : ""),
    node("div", { class: "stack" },
      node("div", { class: "bubble", colour: sender.colour },
        showsName && node("span", { class: "sender" }, sender.name),
        topic && node("span", { class: "via", "data-testid": "topic-of" }, `# ${topic}`),
        message.forward_origin && node("span", { class: "via", "data-testid": "forwarded" }, say("forwarded", first(message.forward_origin))),
        message.via_bot && node("span", { class: "via" }, `via @${message.via_bot.username}`),
        quote(message.reply_to_message, view),
        media(message),
        text(message, view),
        footer(message)),
      keyboard(message, view)),
    tools(message, isMine, view));
}

function frame(message, kind, ...children) {
  return node("article", {
    class: `message ${kind}`, "data-testid": "message", "data-message-id": message.message_id,
    "data-from": message.from.id,
  }, children);
}

function text(message, view) {
  const said = message.text ?? message.caption;
  const entities = message.entities || message.caption_entities;
  return said && node("div", { class: "text", "data-testid": "text" }, rich(said, entities, view.command));
}

function footer(message) {
  const date = new Date(message.date * 1000);
  return node("span", { class: "footer" },
    message.edit_date && node("span", { class: "edited" }, say("edited")),
    node("time", { datetime: date.toISOString() }, moment.time(date)));
}

function first(origin) {
  return origin.sender_user?.first_name || origin.sender_user_name || origin.chat?.title || origin.sender_chat?.title || "";
}

function quote(quoted, view) {
  if (!quoted || quoted.forum_topic_created) return null;
  const sender = view.face(quoted.from);
  const jump = () => view.jump(quoted.message_id);
  return node("button", { type: "button", class: "quote", colour: sender.colour, "data-testid": "quote", onclick: jump },
    node("b", {}, sender.name), node("span", {}, brief(quoted)));
}

export function brief(message) {
  if (message.text || message.caption) return (message.text || message.caption).slice(0, 120);
  if (message.photo) return say("picture");
  if (message.document) return message.document.file_name;
  if (message.location) return say("location");
  return message.contact ? say("contactCard") : say("voice");
}

function media(message) {
  if (message.photo) {
    const size = message.photo.at(-1);
    const source = `/sandbox/files/${encodeURIComponent(size.file_id)}`;
    const picture = { class: "photo", src: source, width: size.width, height: size.height, alt: message.caption || "" };
    return node("a", { href: source, target: "_blank", rel: "noopener" }, node("img", picture));
  }
  if (message.document) return attachment("file", message.document.file_name, bytes(message.document), message.document);
  if (message.voice) return attachment("voice", say("voice"), `${message.voice.duration}″`, message.voice);
  if (message.location) {
    const { latitude, longitude } = message.location;
    return attachment("pin", message.venue?.title || say("location"), `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`);
  }
  return message.contact && attachment("person", contactName(message.contact), message.contact.phone_number);
}

const contactName = (contact) => [contact.first_name, contact.last_name].filter(Boolean).join(" ");

function attachment(shape, title, detail, file) {
  const inner = [node("span", { class: "shape" }, icon(shape)),
    node("span", { class: "words" }, node("b", {}, title), node("small", {}, detail))];
  if (!file) return node("div", { class: "attachment" }, inner);
  const address = `/sandbox/files/${encodeURIComponent(file.file_id)}?download`;
  return node("a", { class: "attachment", href: address, download: title, "data-testid": "file" }, inner);
}

function bytes({ file_size: size }) {
  if (size < 1000) return `${size} B`;
  return size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

function keyboard(message, view) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return node("div", { class: "keyboard" }, rows.map((row) =>
    node("div", { class: "row" }, row.map((button) => inlineButton(button, message, view)))));
}

function inlineButton(button, message, view) {
  const address = button.url || button.web_app?.url;
  const start = address && view.startOf(address);
  if (start) {
    return node("button", { type: "button", class: "key", "data-testid": "button", onclick: () => view.start(start) }, `${button.text} ↗`);
  }
  if (address && /^https?:/i.test(address)) {
    return node("a", {
      class: "key", href: address, target: "_blank", rel: "noopener noreferrer", "data-testid": "button",
    }, `${button.text} ↗`);
  }
  const press = (event) => view.press(message, button, event.currentTarget);
  return node("button", { type: "button", class: "key", "data-testid": "button", onclick: press }, button.text);
}

function tools(message, isMine, view) {
  const tool = (key, act) => node("button", {
    type: "button", class: "tool", title: say(key), "aria-label": say(key), "data-testid": key, onclick: act,
  }, icon(key));
  const canEdit = isMine && message.text !== undefined;
  return node("div", { class: "message-tools" },
    tool("reply", () => view.reply(message)), canEdit && tool("edit", () => view.edit(message)));
}

function serviceText(message) {
  const joined = message.new_chat_members?.map((user) => user.first_name).join(", ");
  if (joined) return say("joined", joined);
  if (message.forum_topic_created) return say("topicBegun", message.forum_topic_created.name);
  if (message.left_chat_member) return say("left", message.left_chat_member.first_name);
  return message.migrate_to_chat_id || message.migrate_from_chat_id ? say("moved") : "";
}
