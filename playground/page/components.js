// The rows under a message: buttons and select menus, and how they look while an answer is awaited.
// What a press does is `page.press`; knows nothing of the wire.

import { element, icon, safeUrl } from "./element.js";
import { t } from "./language.js";
import { choicesFor } from "./suggestions.js";

const STRING_SELECT = 3;
/** @type {Record<number, string>} */
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };
/**
 * Component type → option type whose members a select of that kind offers (user, role, mentionable, channel).
 *
 * @type {Record<number, number>}
 */
const SELECTS = { 5: 6, 6: 8, 7: 9, 8: 7 };

/**
 * All component rows of a message; `attempts` are the presses on it that wait.
 *
 * @param {Message} message
 * @param {Page} page
 * @param {Attempt[]} attempts
 */
export function rows(message, page, attempts) {
  const waiting = new Set(attempts.filter((one) => one.state === "waiting").map((one) => one.customId));
  return (message.components ?? []).map((row) =>
    element(
      "div",
      { class: "row" },
      (row.components ?? []).map((one) => component(one, message, page, waiting)),
    ),
  );
}

/**
 * @param {Component} one
 * @param {Message} message
 * @param {Page} page
 * @param {Set<string | undefined>} waiting
 */
function component(one, message, page, waiting) {
  const busy = waiting.has(one.custom_id);
  if (one.type === 2) return one.style === 5 ? linkButton(one) : button(one, message, page, busy);
  return one.type === STRING_SELECT || one.type in SELECTS ? select(one, message, page, busy) : null;
}

/** @param {Component} one */
const face = (one) => [emoji(one.emoji), one.label && element("span", {}, one.label)];

/**
 * A Unicode emoji, or the name of a custom one.
 *
 * @param {Emoji | undefined} given
 */
function emoji(given) {
  if (!given) return null;
  return element("span", { class: "emoji" }, given.id ? `:${given.name}:` : given.name);
}

/**
 * @param {Component} one
 * @param {Message} message
 * @param {Page} page
 * @param {boolean} busy
 */
function button(one, message, page, busy) {
  // A waiting button is not `disabled`: it would lose the keyboard's focus.
  const press = () => busy || page.press(message, one);
  return element(
    "button",
    {
      type: "button",
      class: `press ${STYLES[one.style ?? 0] ?? "secondary"}${busy ? " busy" : ""}`,
      disabled: one.disabled,
      "aria-busy": busy && "true",
      "aria-disabled": busy && "true",
      "aria-label": one.label ? false : one.emoji?.name,
      "data-custom-id": one.custom_id,
      onclick: press,
    },
    face(one),
  );
}

/** @param {Component} one */
function linkButton(one) {
  const href = one.disabled ? null : safeUrl(one.url);
  return element(
    "a",
    { class: "press link", href, target: "_blank", rel: "noopener noreferrer", "aria-disabled": !href && "true" },
    face(one),
    icon("out"),
  );
}

/**
 * The options of a select as {label, description, value, default, emoji}.
 *
 * @param {Component} one
 * @param {Store} store
 * @returns {SelectOption[]}
 */
export function optionsOf(one, store) {
  if (one.type === STRING_SELECT) return one.options ?? [];
  return choicesFor({ type: SELECTS[one.type] }, store).map(({ label, value }) => ({ label, value: String(value) }));
}

/**
 * @param {Component} one
 * @param {Message} message
 * @param {Page} page
 * @param {boolean} busy
 */
function select(one, message, page, busy) {
  const options = optionsOf(one, page.store);
  const chosen = options
    .filter((option) => option.default)
    .map((option) => option.label)
    .join(", ");
  /** @param {{ currentTarget: HTMLElement }} event */
  const open = (event) =>
    busy || page.pick(event.currentTarget, one, options, (values) => page.press(message, one, values));
  return element(
    "button",
    {
      type: "button",
      class: `select${busy ? " busy" : ""}`,
      disabled: one.disabled,
      "aria-busy": busy && "true",
      "aria-haspopup": "listbox",
      "data-custom-id": one.custom_id,
      onclick: open,
    },
    element("span", { class: chosen ? "" : "muted" }, chosen || one.placeholder || t("chooseOne")),
    icon("chevron"),
  );
}
