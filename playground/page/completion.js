// The popup over the input: a heading, a list to choose from by arrow keys or mouse, and a line of keys.
// A listbox whose focus stays in the input (aria-activedescendant). Knows nothing of commands.

import { append, element } from "./element.js";
import { t } from "./language.js";

export class Completion {
  #box = element("div", { class: "completion", hidden: true });
  /** @type {CompletionItem[]} */
  #items = [];
  /** @type {HTMLElement[]} */
  #nodes = [];
  #active = -1;
  /** @type {HTMLElement | null} */
  #input = null;

  get node() {
    return this.#box;
  }

  get open() {
    return !this.#box.hidden;
  }

  /** The item that Enter would take, or null. */
  get active() {
    return this.open ? (this.#items[this.#active] ?? null) : null;
  }

  /**
   * Show for `input`. `items`: {label, detail?, aside?, pick}; `active`: the index chosen at first, -1 for none.
   *
   * @param {HTMLElement} input
   * @param {CompletionContent} content
   */
  show(input, { heading = null, items = [], active = -1, keys = t("keys"), empty = null }) {
    this.#items = items;
    this.#nodes = items.map((item, at) => this.#option(item, at));
    const list = element(
      "div",
      { role: "listbox", id: "suggestions", class: "suggestions", "aria-label": t("commands") },
      this.#nodes,
    );
    this.#box.replaceChildren();
    append(this.#box, [
      heading && element("div", { class: "completion-heading" }, heading),
      items.length ? list : empty && element("p", { class: "muted" }, empty),
      element("div", { class: "keys", "aria-hidden": "true" }, keys),
    ]);
    this.#box.hidden = false;
    this.#attach(input);
    this.#mark(active);
  }

  hide() {
    this.#box.hidden = true;
    this.#items = [];
    this.#input?.setAttribute("aria-expanded", "false");
    this.#input?.removeAttribute("aria-activedescendant");
  }

  /**
   * Take an arrow key, Enter, Tab or Escape; true where it was for the popup.
   *
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (!this.open) return false;
    const act = this.#keys[event.key];
    if (!act || event.shiftKey || !act()) return false;
    event.preventDefault();
    return true;
  }

  /** @type {Record<string, () => boolean>} */
  #keys = {
    ArrowDown: () => this.#move(1),
    ArrowUp: () => this.#move(-1),
    Enter: () => this.#take(),
    Tab: () => this.#take(),
    Escape: () => {
      this.hide();
      return true;
    },
  };

  /** @param {number} step */
  #move(step) {
    const count = this.#items.length;
    if (count) this.#mark(this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count);
    return count > 0;
  }

  #take() {
    const item = this.active;
    item?.pick();
    return item !== null;
  }

  /**
   * @param {CompletionItem} item
   * @param {number} at
   */
  #option({ label, detail, aside, pick }, at) {
    // The input keeps the focus: a press on the list must not take it away.
    return element(
      "div",
      {
        role: "option",
        id: `suggestion-${at}`,
        class: "suggestion",
        "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(),
        onpointermove: () => this.#mark(at),
        onclick: pick,
      },
      element("span", { class: "suggestion-label" }, label),
      detail && element("span", { class: "muted" }, detail),
      aside && element("span", { class: "aside" }, aside),
    );
  }

  /** @param {HTMLElement} input */
  #attach(input) {
    this.#input = input;
    input.setAttribute("aria-controls", "suggestions");
    input.setAttribute("aria-expanded", String(this.#items.length > 0));
  }

  /** @param {number} active */
  #mark(active) {
    this.#nodes[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = active;
    const node = this.#nodes[active];
    node?.setAttribute("aria-selected", "true");
    node?.scrollIntoView({ block: "nearest" });
    if (node) this.#input?.setAttribute("aria-activedescendant", node.id);
    else this.#input?.removeAttribute("aria-activedescendant");
  }
}
