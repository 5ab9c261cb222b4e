// What is said over every step: that the line to the server is cut, and what could not be done.

import { byId, element, icon, iconButton } from "../../../playground/page/element.js";
import { t } from "./language.js";

const LONG_ENOUGH = 15_000;

export class Banner {
  #client;
  #line = byId("banner");
  #problem = byId("problem");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import("./client.js").Client} client */
  constructor(client) {
    this.#client = client;
    client.addEventListener("connection", (event) =>
      this.#connected(/** @type {CustomEvent<ConnectionState>} */ (event).detail),
    );
    client.addEventListener("outdated", () => this.#line.replaceChildren(t("outdated")));
    client.addEventListener("problem", (event) => this.#complain(/** @type {CustomEvent} */ (event).detail.text));
  }

  /** @param {ConnectionState} state */
  #connected({ state }) {
    const isLost = state === "lost";
    document.body.classList.toggle("cut-off", isLost);
    this.#line.hidden = !isLost;
    if (!isLost) return;
    const retry = element(
      "button",
      { type: "button", class: "plain", onclick: () => this.#client.retry() },
      t("retry"),
    );
    this.#line.replaceChildren(t("lost"), " ", retry);
  }

  /** @param {string} text */
  #complain(text) {
    clearTimeout(this.#timer);
    this.#problem.hidden = false;
    this.#problem.replaceChildren(
      icon("alert"),
      element("p", {}, text),
      iconButton("close", t("close"), () => (this.#problem.hidden = true)),
    );
    this.#timer = setTimeout(() => (this.#problem.hidden = true), LONG_ENOUGH);
  }
}
