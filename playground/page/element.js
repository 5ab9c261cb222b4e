// Small builders of DOM nodes. Text always becomes a text node, so nothing a person or the bot writes is ever read as
// HTML. Knows nothing of chats.

/**
 * Make a node: `on…` are listeners, `class` the class, `vars` CSS variables, everything else attributes (false and
 * null leave it out).
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Properties} properties
 * @param {Child[]} children
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) set(node, key, value);
  append(node, children);
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {readonly Child[]} children
 */
export function append(node, children) {
  for (const child of children) {
    if (child instanceof Node) node.append(child);
    else if (typeof child === "string" || typeof child === "number") node.append(String(child));
    else if (child) append(node, child);
  }
}

/** The element that has the keyboard, or null. */
export const focused = () => (document.activeElement instanceof HTMLElement ? document.activeElement : null);

/**
 * The node of that id in index.html.
 *
 * @param {string} id
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`index.html has no #${id}`);
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {string} key
 * @param {unknown} value
 */
function set(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") node.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
  else if (key === "class") node.className = String(value);
  else if (key === "vars") Object.entries(value).forEach(([name, text]) => node.style.setProperty(`--${name}`, text));
  else node.setAttribute(key, value === true ? "" : String(value));
}

/**
 * An icon from the symbols in index.html; decoration only, its button carries the label.
 *
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/**
 * A button that shows only an icon; `label` is read aloud and shown on hover.
 *
 * @param {string} name
 * @param {string} label
 * @param {() => void} onclick
 * @param {Properties} properties
 */
export function iconButton(name, label, onclick, properties = {}) {
  return element(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...properties },
    icon(name),
  );
}

/**
 * The address if the page may follow or load it (http, https, or this server), else null.
 *
 * @param {string | undefined} address
 */
export function safeUrl(address) {
  if (!address) return null;
  try {
    const url = new URL(address, location.origin);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
