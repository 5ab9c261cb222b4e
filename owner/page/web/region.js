// A part of the page that is built again when what it shows has changed, and keeps the keyboard where it was.
// Knows nothing of what it shows.

import { element, focused } from "../../../playground/page/element.js";

export class Region {
  #select;
  #build;
  #shown = "";

  /**
   * @param {(state: ProjectState) => unknown} select what of the state it shows
   * @param {(state: ProjectState) => Child} build its content
   * @param {Properties} properties of its node
   */
  constructor(select, build, properties = {}) {
    this.#select = select;
    this.#build = build;
    this.node = element("div", properties);
  }

  /** @param {ProjectState} state */
  update(state) {
    const shown = JSON.stringify(this.#select(state) ?? null);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const id = this.node.contains(focused()) ? focused()?.id : "";
    this.node.replaceChildren(element("div", { class: "stack" }, this.#build(state)));
    if (id) document.getElementById(id)?.focus();
  }
}
