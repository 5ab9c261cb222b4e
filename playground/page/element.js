// Small builders of DOM nodes. Text always becomes a text node, so nothing a person or the bot writes is ever read as
// HTML. Knows nothing of chats.

/**
 * Make a node: `on…` are listeners, `class` the class, `vars` CSS variables, everything else attributes (false and
 * null leave it out).
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) set(node, key, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (key === "class") node.className = value;
  else if (key === "vars") Object.entries(value).forEach(([name, text]) => node.style.setProperty(`--${name}`, text));
  else node.setAttribute(key, value === true ? "" : value);
}

/** An icon from the symbols in index.html; decoration only, its button carries the label. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A button that shows only an icon; `label` is read aloud and shown on hover. */
export function iconButton(name, label, onclick, properties = {}) {
  return element(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...properties },
    icon(name),
  );
}

/** The address if the page may follow or load it (http, https, or this server), else null. */
export function safeUrl(address) {
  try {
    const url = new URL(address, location.origin);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
