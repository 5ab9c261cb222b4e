// The list that a select menu opens: one or several options, by mouse, touch or keyboard. A popover at its button.
// Knows nothing of messages or the wire.

import { element } from "./element.js";
import { t } from "./language.js";

/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Open under `anchor`; `done(values)` is called once with what was picked. `one` is the select component
 * (min_values, max_values).
 *
 * @param {HTMLElement} anchor
 * @param {Component} one
 * @param {SelectOption[]} options
 * @param {(values: string[]) => void} done
 */
export function pick(anchor, one, options, done) {
  const most = one.max_values ?? 1;
  const chosen = new Set(options.filter((option) => option.default).map((option) => option.value));
  const finish = () => {
    list.hidePopover();
    done([...chosen]);
  };
  /**
   * @param {SelectOption} option
   * @param {HTMLElement} node
   */
  const choose = (option, node) => {
    if (most === 1) chosen.clear();
    if (!chosen.delete(option.value) && chosen.size < most) chosen.add(option.value);
    node.setAttribute("aria-selected", String(chosen.has(option.value)));
    if (most === 1) finish();
  };
  const items = options.map((option) => item(option, chosen, choose));
  const close =
    most > 1 &&
    element(
      "button",
      { type: "button", class: "press primary", onclick: () => chosen.size >= (one.min_values ?? 1) && finish() },
      t("done"),
    );
  const list = element(
    "div",
    { class: "picker", popover: "auto", onkeydown: (event) => walk(event, items) },
    element(
      "div",
      { role: "listbox", "aria-label": one.placeholder ?? t("chooseOne"), "aria-multiselectable": most > 1 && "true" },
      items,
    ),
    close,
  );
  show(list, anchor, items);
}

/**
 * @param {SelectOption} option
 * @param {Set<string>} chosen
 * @param {(option: SelectOption, node: HTMLElement) => void} choose
 */
function item(option, chosen, choose) {
  const emoji =
    option.emoji && element("span", { class: "emoji" }, option.emoji.id ? `:${option.emoji.name}:` : option.emoji.name);
  const text = element("span", {}, option.label, option.description && element("small", {}, option.description));
  return element(
    "button",
    {
      type: "button",
      role: "option",
      class: "choice",
      "aria-selected": String(chosen.has(option.value)),
      onclick: (event) => choose(option, event.currentTarget),
    },
    emoji,
    text,
  );
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} items
 */
function walk(event, items) {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const at = items.findIndex((item) => item === document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} anchor
 * @param {HTMLElement[]} items
 */
function show(list, anchor, items) {
  document.body.append(list);
  list.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    list.remove();
    if (document.activeElement === document.body) anchor.focus();
  });
  list.showPopover();
  place(list, anchor.getBoundingClientRect());
  (items.find((one) => one.getAttribute("aria-selected") === "true") ?? items[0])?.focus();
}

/**
 * @param {HTMLElement} list
 * @param {DOMRect} anchor
 */
function place(list, { left, top, bottom, width }) {
  list.style.minWidth = `${width}px`;
  const { width: own, height } = list.getBoundingClientRect();
  const below = bottom + height + 8 < innerHeight || top < height;
  list.style.left = `${Math.max(8, Math.min(left, innerWidth - own - 8))}px`;
  list.style.top = `${below ? Math.min(bottom + 4, innerHeight - height - 8) : top - height - 4}px`;
}
