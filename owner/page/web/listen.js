// Step 5, listening: the chat page with the bot that was just trained, right here or in a tab of its own.

import { element, icon } from "../../../playground/page/element.js";
import { t } from "./language.js";
import { note } from "./progress.js";
import { Region } from "./region.js";

/** @implements {StepPage} */
export class ListenStep {
  #client;
  #region;

  /** @param {import("./client.js").Client} client */
  constructor(client) {
    this.#client = client;
    this.#region = new Region(
      ({ listen }) => listen,
      ({ listen }) => this.#content(listen),
    );
    this.nodes = [this.#region.node];
  }

  /** @param {ProjectState} state */
  update(state) {
    this.#region.update(state);
  }

  /** @param {ListenState} listen */
  #content({ url, bundle }) {
    if (!bundle) return note(t("noBundleYet"), "warn");
    if (url === null)
      return element(
        "button",
        { type: "button", id: "listen", class: "press large primary", onclick: () => this.#client.act("listen") },
        icon("play"),
        t("openChat"),
      );
    return [
      element(
        "p",
        { class: "buttons" },
        element(
          "a",
          { class: "press secondary", href: url, target: "_blank", rel: "noopener" },
          t("ownTab"),
          icon("out"),
        ),
        element(
          "button",
          { type: "button", class: "press secondary", onclick: () => this.#client.act("stop_listening") },
          icon("stop"),
          t("closeChat"),
        ),
      ),
      element("iframe", { class: "chat", src: url, title: t("chatHere"), allow: "clipboard-write" }),
    ];
  }
}
