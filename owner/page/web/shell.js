// The frame around the steps: which there are, how far each is, the way back and on, and the other language.
// Knows no step from inside.

import { byId, element, icon } from "../../../playground/page/element.js";
import { nextLocale, t, textIn } from "./language.js";
import { Region } from "./region.js";

/** @typedef {import("./client.js").Client} Client */

export class Shell {
  #client;
  #steps;
  #names;
  #swap;
  /** @type {StepName} */
  #name;
  /** Whether the step is the reader's choice, or the state's that was told first. */
  #isChosen = false;
  /** @type {StepPage | null} */
  #page = null;
  /** @type {Region[]} */
  #regions = [];

  /**
   * @param {Client} client
   * @param {Record<StepName, new (client: Client) => StepPage>} steps
   * @param {() => void} swap changes the language
   */
  constructor(client, steps, swap) {
    this.#client = client;
    this.#steps = steps;
    this.#names = /** @type {StepName[]} */ (Object.keys(steps));
    this.#name = this.#names[0];
    this.#swap = swap;
  }

  /**
   * Show a step anew; one that there is not is the first that is not done.
   *
   * @param {string} name
   */
  show(name) {
    const known = this.#names.find((each) => each === name);
    this.#isChosen = known !== undefined || this.#client.state !== null;
    this.#name = known ?? this.#firstOpen();
    this.#page = new this.#steps[this.#name](this.#client);
    this.#regions = [
      new Region(
        ({ steps }) => steps,
        (state) => this.#list(state),
        { class: "steps" },
      ),
      new Region(
        ({ steps }) => steps[this.#name].may_go_on,
        () => this.#ways(),
        { class: "ways" },
      ),
    ];
    byId("rail").replaceChildren(this.#brand(), this.#regions[0].node);
    byId("step").replaceChildren(
      element("header", {}, this.#count(), element("h1", {}, t(`${this.#name}Title`))),
      element("p", { class: "lead" }, t(`${this.#name}Lead`)),
      ...this.#page.nodes,
      this.#regions[1].node,
    );
    byId("step").scrollTop = 0;
    document.title = `${t(`${this.#name}Title`)} · ${t("brand")}`;
    this.update();
  }

  /** Show the state as it is now. */
  update() {
    const { state } = this.#client;
    if (state === null) return;
    if (!this.#isChosen) {
      this.show("");
      return;
    }
    for (const region of this.#regions) region.update(state);
    this.#page?.update(state);
  }

  #firstOpen() {
    const { state } = this.#client;
    return this.#names.find((name) => state?.steps[name].status !== "done" && !OPTIONAL.has(name)) ?? this.#names[0];
  }

  #brand() {
    const label = `${t("chooseLanguage")}: ${textIn(nextLocale(), "language")}`;
    return element(
      "div",
      { class: "brand" },
      element("span", { class: "avatar robot", "aria-hidden": "true" }, element("span", { class: "face" })),
      element("span", { class: "label" }, element("strong", {}, t("brand")), element("small", {}, t("here"))),
      element(
        "button",
        {
          ...{ type: "button", class: "language", title: label, "aria-label": label, lang: nextLocale() },
          onclick: this.#swap,
        },
        textIn(nextLocale(), "languageShort"),
      ),
    );
  }

  /** @param {ProjectState} state */
  #list({ steps }) {
    return element(
      "ol",
      {},
      this.#names.map((name, at) => {
        const { status } = steps[name];
        return element(
          "li",
          {},
          element(
            "a",
            { id: `to-${name}`, href: `#${name}`, class: status, "aria-current": name === this.#name && "step" },
            element("span", { class: "mark" }, status === "done" ? icon("check") : at + 1),
            element(
              "span",
              { class: "label" },
              element("strong", {}, t(name)),
              element("small", {}, t(status === "todo" && OPTIONAL.has(name) ? "optional" : status)),
            ),
          ),
        );
      }),
    );
  }

  #count() {
    const at = this.#names.indexOf(this.#name) + 1;
    return element("p", { class: "count" }, t("stepOf", { at, all: this.#names.length }));
  }

  #ways() {
    const at = this.#names.indexOf(this.#name);
    const [before, after] = [this.#names[at - 1], this.#names[at + 1]];
    const may = this.#client.state?.steps[this.#name].may_go_on;
    return element(
      "nav",
      { "aria-label": t("ways") },
      before && element("a", { class: "press secondary", href: `#${before}` }, icon("back"), t(before)),
      after &&
        element("a", { class: `press ${may ? "primary" : "secondary"} on`, href: `#${after}` }, t(after), icon("next")),
    );
  }
}

/** Steps that may be left out. @type {Set<StepName>} */
const OPTIONAL = new Set(["faces"]);
