// The playground's clock beside the heading: what day it is there, and the button that turns it to the next event.
// Shown only where the server lets its clock be turned; what the events are, the server's label says. Where something
// is then said in another channel, a button leads there.

import { byId, element } from "./element.js";
import { locale, t } from "./language.js";
import { clock, full, now, shortDay } from "./time.js";

const TICK = 10_000;

export class Clock {
  #page;
  #place = byId("clock");
  #turning = false;
  /** Whether what is said now is said because this viewer turned the clock. */
  #turned = false;
  /** The channel in which something was said then. */
  #elsewhere = "";

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    page.store.addEventListener("clock", () => this.#told());
    page.store.addEventListener("messages", (event) =>
      this.#said(/** @type {CustomEvent<Message | undefined>} */ (event).detail),
    );
    page.store.addEventListener("selected", () => this.#leave());
    page.addEventListener("sent", () => this.#leave());
    page.addEventListener("language", () => this.render());
    setInterval(() => this.#turning || this.render(), TICK);
  }

  #told() {
    this.#turning = false;
    this.render();
  }

  /** @param {Message | undefined} message */
  #said(message) {
    const { store } = this.#page;
    if (!message || !this.#turned || message.channel_id === store.selected) return;
    this.#elsewhere = message.channel_id;
    this.render();
  }

  #leave() {
    this.#turned = false;
    this.#elsewhere = "";
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
      this.#link(),
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

  /** What leads to where something was said, or nothing. */
  #link() {
    const { store } = this.#page;
    const channel = store.channels.get(this.#elsewhere);
    if (!channel) return "";
    return element(
      "button",
      { type: "button", class: "press primary elsewhere", onclick: () => store.select(channel.id) },
      t("saidIn", { room: store.titleOf(channel) }),
    );
  }

  #turn() {
    this.#turning = this.#page.turn();
    this.#turned = this.#turning;
    this.#elsewhere = "";
    this.render();
  }
}
