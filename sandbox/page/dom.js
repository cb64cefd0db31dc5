// Building DOM nodes. Text only ever becomes text nodes: nothing here parses markup.

export function node(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "colour") element.style.setProperty("--colour", value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SHAPES = {
  send: "M3 11.5 20.5 4 14 20.5l-2.6-6.4z",
  reply: "M10 7 4.5 12 10 17M5 12h8c4 0 6 2 6.5 5.5",
  edit: "m5 16.5-.8 3.3 3.3-.8L18.6 8 16 5.4zM14 7.5l2.6 2.6",
  close: "m6.5 6.5 11 11m0-11-11 11",
  attach: "m8 12.5 6-6a3.2 3.2 0 0 1 4.6 4.6l-8 8a5 5 0 0 1-7.1-7.1l7.6-7.5",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  pin: "M12 21c4.5-5 6.5-8.300 6.500-11.200a6.500 6.500 0 1 0-13 0C5.500 12.700 7.500 16 12 21zM12 12a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20c.8-3.600 3.700-5.500 7.500-5.500s6.700 1.900 7.500 5.500",
  voice: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zM6 11.500a6 6 0 0 0 12 0M12 17.500V21",
  code: "m8.500 7-5 5 5 5M15.500 7l5 5-5 5",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

// A family name says little among colleagues; Chinese avatars show the last two characters.
export function avatar(name, colour, kind = "") {
  const letters = /^[\p{Script=Han}]+$/u.test(name) ? name.slice(-2) : name.slice(0, 1);
  return node("span", { class: `avatar ${kind}`, colour, "aria-hidden": "true" }, letters);
}
