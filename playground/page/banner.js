// The line at the top when something is not as it should be: no connection, or no bot.

import { byId, element } from "./element.js";
import { t } from "./language.js";

export class Banner {
  #page;
  #socket;
  #line = byId("banner");
  /** @type {ConnectionState & { until: number }} */
  #state = { state: "connecting", until: 0 };
  #seen = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;

  /**
   * @param {Page} page
   * @param {import("./socket.js").Socket} socket
   */
  constructor(page, socket) {
    this.#page = page;
    this.#socket = socket;
    socket.addEventListener("state", (event) =>
      this.#changed(/** @type {CustomEvent<ConnectionState>} */ (event).detail),
    );
    for (const kind of ["world", "presence"]) page.store.addEventListener(kind, () => this.render());
    page.addEventListener("language", () => this.render());
  }

  /** @param {ConnectionState} detail */
  #changed(detail) {
    clearInterval(this.#ticking);
    this.#state = { ...detail, until: Date.now() + (detail.wait ?? 0) };
    if (detail.state === "lost") this.#ticking = setInterval(() => this.render(), 1000);
    this.#seen ||= detail.state !== "connecting";
    this.render();
  }

  render() {
    const parts = this.#parts();
    this.#line.hidden = parts === null;
    document.body.classList.toggle("cut-off", this.#state.state !== "open");
    if (parts) this.#line.replaceChildren(...parts);
  }

  #parts() {
    const { store } = this.#page;
    const retry = element(
      "button",
      { type: "button", class: "plain", onclick: () => this.#socket.retry() },
      t("retry"),
    );
    if (this.#state.state === "lost")
      return [t("lost", { seconds: Math.max(1, Math.ceil((this.#state.until - Date.now()) / 1000)) }), " ", retry];
    if (this.#state.state === "connecting") return this.#seen ? [t("connecting")] : null;
    if (!store.guild || store.botOnline) return null;
    return [t(store.bot ? "botOffline" : "noBot")];
  }
}
