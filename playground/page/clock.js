// The playground's clock beside the heading: what day it is there, and the button that turns it to the next event.
// Shown only where the server lets its clock be turned; what the events are, the server's label says.

import { byId, element } from "./element.js";
import { locale, t } from "./language.js";
import { clock, full, now, shortDay } from "./time.js";

const TICK = 10_000;

export class Clock {
  #page;
  #place = byId("clock");
  #turning = false;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    page.store.addEventListener("clock", () => this.#told());
    page.addEventListener("language", () => this.render());
    setInterval(() => this.#turning || this.render(), TICK);
  }

  #told() {
    this.#turning = false;
    this.render();
  }

  render() {
    const { label } = this.#page.store;
    this.#place.hidden = label === null;
    if (label === null) return;
    const focused = this.#place.contains(document.activeElement);
    const moment = now();
    const button = element(
      "button",
      { type: "button", class: "press secondary turn", disabled: this.#turning, onclick: () => this.#turn() },
      "⏩ ",
      element("span", {}, label[locale()] ?? t("tomorrow")),
    );
    this.#place.replaceChildren(
      element(
        "time",
        { datetime: moment.toISOString(), title: full(moment) },
        shortDay(moment),
        element("span", { class: "hour" }, ` ${clock(moment)}`),
      ),
      button,
    );
    if (focused) button.focus();
  }

  #turn() {
    this.#turning = this.#page.turn();
    this.render();
  }
}
