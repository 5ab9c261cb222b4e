// Shows a parsed message: Markdown nodes in, DOM nodes out, with the names of people and channels looked up.
// Builds elements and text nodes only.

import { leafNamed, titleOf } from "./commands.js";
import { element, safeUrl } from "./element.js";
import { t } from "./language.js";
import { inline, parse } from "./markdown.js";
import { discordTime } from "./time.js";

/** Discord's address of a message, or of a channel. */
const PLACE = /^https:\/\/(?:\w+\.)?discord\.com\/channels\/[^/]+\/(\d+)(?:\/(\d+))?$/;

/** Below those of the page itself. */
const HEADINGS = /** @type {const} */ (["h3", "h4", "h5"]);

/**
 * `page` gives the store (names) and `page.fill(text)` (what a click on a command does).
 *
 * @param {string} text
 * @param {Page} page
 * @param {Properties} properties
 */
export function prose(text, page, properties = {}) {
  const jumbo = /^(?:\p{RGI_Emoji}|\s){1,27}$/v.test(text) ? " jumbo" : "";
  return element("div", { ...properties, class: `prose${jumbo}` }, show(parse(text), page));
}

/**
 * One line without blocks, for names, titles and previews.
 *
 * @param {string} text
 * @param {Page} page
 */
export const line = (text, page) => show(inline(text), page);

/**
 * @param {MarkdownNode[]} nodes
 * @param {Page} page
 */
const show = (nodes, page) =>
  nodes.map((node) => {
    const draw = /** @type {(node: MarkdownNode, page: Page) => Node} */ (SHOW[node.type]);
    return draw(node, page);
  });

/**
 * @param {keyof HTMLElementTagNameMap} tag
 * @returns {(node: Around, page: Page) => Node}
 */
const around = (tag) => (node, page) => element(tag, {}, show(node.children, page));

/**
 * @param {string} text
 * @param {() => void} [onclick]
 */
const mention = (text, onclick) =>
  element(onclick ? "button" : "span", { class: "mention", type: onclick && "button", onclick }, text);

/** @type {{ [Type in keyof MarkdownParts]: (node: MarkdownParts[Type], page: Page) => Node }} */
const SHOW = {
  text: ({ text }) => document.createTextNode(text),
  paragraph: around("p"),
  strong: around("strong"),
  em: around("em"),
  underline: around("u"),
  strike: around("s"),
  small: around("small"),
  quote: around("blockquote"),
  heading: (node, page) => element(HEADINGS[node.level - 1], {}, show(node.children, page)),
  item: (node, page) =>
    element(
      "div",
      { class: "item", vars: { depth: node.depth } },
      element("span", {}, node.mark),
      element("div", {}, show(node.children, page)),
    ),
  code: ({ text }) => element("code", {}, text),
  fence: ({ text, language }) => fence(text, language),
  spoiler: (node, page) => spoiler(show(node.children, page)),
  link: (node, page) => jump(node.url, show(node.children, page), page) ?? link(node.url, show(node.children, page)),
  user: ({ id }, page) => mention(`@${userName(id, page.store)}`),
  role: ({ id }, page) => mention(`@${page.store.guild.roles?.find((role) => role.id === id)?.name ?? id}`),
  channel: ({ id }, page) => channel(id, page),
  command: ({ name }, page) => command(name, page),
  emoji: ({ name }) => element("span", { class: "emoji" }, `:${name}:`),
  time: ({ seconds, style }) => element("time", { class: "moment" }, discordTime(seconds, style)),
  everyone: ({ text }) => element("span", { class: "everyone" }, text),
};

/**
 * @param {string} id
 * @param {Store} store
 */
function userName(id, store) {
  const member = store.members.get(id);
  return member ? store.nameOf(member.user) : id;
}

/**
 * @param {string} id
 * @param {Page} page
 */
function channel(id, page) {
  const known = page.store.channels.get(id);
  return known ? mention(page.store.titleOf(known), () => page.store.select(id)) : mention(`#${id}`);
}

/**
 * @param {string} name
 * @param {Page} page
 */
function command(name, page) {
  const leaf = leafNamed(page.store.leaves, name);
  return leaf ? mention(titleOf(leaf), () => page.fill(`${titleOf(leaf)} `)) : mention(`/${name}`);
}

/**
 * A link to a message that is here, which the page itself goes to, as Discord's client does; null for any other.
 *
 * @param {string} address
 * @param {Child} children
 * @param {Page} page
 */
function jump(address, children, page) {
  const [, channelId, messageId] = PLACE.exec(address) ?? [];
  if (!page.store.channels.has(channelId)) return null;
  /** @param {Event} event */
  const onclick = (event) => {
    event.preventDefault();
    page.goTo(channelId, messageId);
  };
  return element("a", { href: address, onclick }, children);
}

/**
 * A link that leaves the page, or plain text where its address is not one to follow.
 *
 * @param {string} address
 * @param {Child} children
 */
export function link(address, children) {
  const href = safeUrl(address);
  return href
    ? element("a", { href, target: "_blank", rel: "noopener noreferrer" }, children)
    : element("span", {}, children);
}

/** @param {Child} children */
function spoiler(children) {
  const inside = element("span", {}, children);
  inside.inert = true;
  const open = () => {
    node.classList.add("open");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("aria-label");
    inside.inert = false;
  };
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => ["Enter", " "].includes(event.key) && open();
  const node = element(
    "span",
    { class: "spoiler", role: "button", tabindex: 0, "aria-label": t("spoiler"), onclick: open, onkeydown },
    inside,
  );
  return node;
}

/**
 * @param {string} text
 * @param {string} language
 */
function fence(text, language) {
  const label = element("span", { "aria-live": "polite" }, t("copy"));
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    label.textContent = t("copied");
  };
  const button = element("button", { type: "button", class: "copy", onclick: copy }, label);
  return element(
    "div",
    { class: "fence" },
    element("pre", { tabindex: 0, "aria-label": language || false }, element("code", {}, text)),
    button,
  );
}
