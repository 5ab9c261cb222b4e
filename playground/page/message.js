// One message as a row: who, when, what was asked, text, files, embeds, components, and whether only the viewer sees
// it. Knows nothing of the list it stands in, but for whether it continues the row above.

import { avatar, colourOf } from "./avatar.js";
import { titleNamed } from "./commands.js";
import { rows } from "./components.js";
import { element, icon, iconButton } from "./element.js";
import { embed } from "./embed.js";
import { localized, t } from "./language.js";
import { attachment, isMedia } from "./media.js";
import { line, prose } from "./prose.js";
import { clock, full, stamp } from "./time.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
/** The choice in a message's menu that is no command. */
const REPLY = "reply";

/**
 * `continued`: by the same person shortly after, shown without avatar and name; `attempts`: presses on it that wait
 * or failed.
 *
 * @param {Message} message
 * @param {Page} page
 * @param {{ continued: boolean, attempts: Attempt[] }} how
 */
export function messageRow(message, page, { continued, attempts }) {
  const { store } = page;
  const name = store.nameOf(message.author);
  const kinds = [
    "message",
    continued && "continued",
    ephemeral(message) && "ephemeral",
    callsMe(message, store) && "calls-me",
    message.mention_everyone && "pings",
  ];
  const menu = contextMenu(message, page);
  return element(
    "article",
    {
      class: kinds.filter(Boolean).join(" "),
      oncontextmenu: menu && ((event) => openInstead(event, menu)),
      "data-id": message.id,
      "aria-label": `${name}, ${stamp(new Date(message.timestamp))}`,
    },
    context(message, page),
    continued ? time(message, "gutter", clock) : avatar(message.author, name),
    element(
      "div",
      { class: "body" },
      !continued && heading(message, name),
      content(message, page, name),
      extras(message, page, attempts),
    ),
    menu,
  );
}

/**
 * The button that opens the context menu of a message, its commands and the reply; for the keyboard and for fingers too.
 *
 * @param {Message} message
 * @param {Page} page
 */
function contextMenu(message, page) {
  const commands = page.store.offeredOnMessages();
  const reply = ephemeral(message) ? [] : [{ label: t("reply"), value: REPLY }];
  const options = [...commands.map((command) => ({ label: localized(command, "name"), value: command.id })), ...reply];
  if (!options.length) return null;
  const one = { type: 3, custom_id: "", placeholder: t("apps") };
  /** @param {string[]} ids */
  const use = ([id]) => {
    if (id === REPLY) page.replyTo(message);
    commands.filter((command) => command.id === id).forEach((each) => page.useOn(message, each));
  };
  const look = { class: "icon-button message-menu", "aria-haspopup": "listbox" };
  const menu = iconButton("dots", t("apps"), () => page.pick(menu, one, options, use), look);
  return menu;
}

/**
 * A right click opens our menu in the place of the browser's, but over what has one of its own: a link, a picture, text
 * that is selected.
 *
 * @param {MouseEvent} event
 * @param {HTMLElement} menu
 */
function openInstead(event, menu) {
  const over = /** @type {Element} */ (event.target);
  if (over.closest("a, img, video, audio, input, textarea") || !getSelection()?.isCollapsed) return;
  event.preventDefault();
  menu.click();
}

/** @param {Message} message */
export const ephemeral = (message) => Boolean(message.flags & EPHEMERAL);

/**
 * @param {Message} message
 * @param {Store} store
 */
const callsMe = (message, store) =>
  message.mention_everyone || (message.mentions ?? []).some((user) => user.id === store.me.id);

/**
 * @param {Message} message
 * @param {string} kind
 * @param {(when: Date) => string} format
 */
const time = (message, kind, format) => {
  const when = new Date(message.timestamp);
  return element("time", { class: kind, datetime: message.timestamp, title: full(when) }, format(when));
};

/**
 * @param {Message} message
 * @param {string} name
 */
function heading(message, name) {
  return element(
    "header",
    {},
    element("strong", { class: "name", vars: { own: colourOf(message.author) } }, name),
    message.author.bot && element("span", { class: "tag" }, t("app")),
    time(message, "when", stamp),
  );
}

/**
 * The line above: which command was used by whom, or which message is replied to.
 *
 * @param {Message} message
 * @param {Page} page
 */
function context(message, page) {
  const asked = message.interaction_metadata ?? message.interaction;
  const command = message.interaction?.name ?? message.interaction_metadata?.name;
  if (asked && command) return above(asked.user, page, usedText(asked.user, command, page));
  const referred = message.message_reference?.message_id;
  const replied =
    message.referenced_message ?? page.store.inChannel(message.channel_id).find((one) => one.id === referred);
  if (message.type === 19 && !replied) return element("div", { class: "context" }, t("deleted"));
  return replied
    ? above(replied.author, page, [
        element("strong", {}, page.store.nameOf(replied.author)),
        " ",
        element("span", { class: "preview" }, line(replied.content.split("\n")[0], page)),
      ])
    : null;
}

/**
 * The line above a message: a small avatar and a text.
 *
 * @param {User} user
 * @param {Page} page
 * @param {Child} text
 */
export function above(user, page, text) {
  const small = avatar(user, page.store.nameOf(user), "small");
  return element("div", { class: "context" }, small, element("span", { class: "context-text" }, text));
}

/**
 * "윤혜 님이 /say 사용", with the name and the command standing out.
 *
 * @param {User} user
 * @param {string} command
 * @param {Page} page
 */
export function usedText(user, command, page) {
  const shown = titleNamed(page.store.leaves, page.store.menu, command);
  const parts = t("used").split(/(\{who\}|\{command\})/);
  /** @type {Record<string, () => HTMLElement>} */
  const filled = {
    "{who}": () => element("strong", {}, page.store.nameOf(user)),
    "{command}": () => element("span", { class: "mention" }, shown),
  };
  return parts.map((part) => filled[part]?.() ?? part);
}

/**
 * @param {Message} message
 * @param {Page} page
 * @param {string} name
 */
function content(message, page, name) {
  if (message.flags & LOADING) return thinking(t("thinking", { who: name }));
  const edited =
    message.edited_timestamp &&
    element("span", { class: "edited", title: full(new Date(message.edited_timestamp)) }, t("edited"));
  if (!message.content) return edited;
  const text = prose(message.content, page);
  if (edited) (text.lastElementChild?.matches("p, small") ? text.lastElementChild : text).append(" ", edited);
  return text;
}

/**
 * Three dots that breathe, and what is awaited.
 *
 * @param {Child} text
 */
export function thinking(text) {
  return element(
    "p",
    { class: "thinking", role: "status" },
    element("span", { class: "dots", "aria-hidden": "true" }, element("i"), element("i"), element("i")),
    text,
  );
}

/**
 * @param {Message} message
 * @param {Page} page
 * @param {Attempt[]} attempts
 */
function extras(message, page, attempts) {
  const files = message.attachments ?? [];
  const named = new Set(
    (message.embeds ?? [])
      .flatMap((one) => [one.image?.url, one.thumbnail?.url])
      .map((url) => url?.replace("attachment://", "")),
  );
  const loose = files.filter((file) => !named.has(file.filename) && !named.has(file.url));
  return [
    // Pictures first, and below them what is only to be fetched, in whatever order they came.
    [loose.filter(isMedia), loose.filter((file) => !isMedia(file))].map(
      (some) => some.length > 0 && element("div", { class: "attachments" }, some.map(attachment)),
    ),
    (message.embeds ?? []).map((one) => embed(one, page, files)),
    rows(message, page, attempts),
    attempts.filter((one) => one.state === "failed").map((one) => failure(one.text ?? t("failed"))),
    reactions(message),
    ephemeral(message) && onlyYou(message, page),
  ];
}

/** @param {Message} message */
function reactions(message) {
  if (!message.reactions?.length) return null;
  const each = message.reactions.map(({ emoji, count }) =>
    element("span", { class: "reaction" }, emoji.id ? `:${emoji.name}:` : emoji.name, element("b", {}, count)),
  );
  return element("div", { class: "reactions" }, each);
}

/**
 * A red line: what went wrong.
 *
 * @param {Child} text
 */
export const failure = (text) => element("p", { class: "failure", role: "alert" }, icon("alert"), text);

/**
 * @param {Message} message
 * @param {Page} page
 */
function onlyYou(message, page) {
  const dismiss = () => page.store.remove(message.channel_id, message.id);
  return element(
    "footer",
    { class: "only-you" },
    icon("eye"),
    t("ephemeral"),
    " · ",
    element("button", { type: "button", class: "plain", onclick: dismiss }, t("dismiss")),
  );
}
