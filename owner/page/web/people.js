// Step 2, the people: which names are one friend, who agreed, the text that asks them, and who withdrew on Discord.

import { initialsOf } from "../../../playground/page/avatar.js";
import { element, icon, iconButton } from "../../../playground/page/element.js";
import { sentenceOf, t } from "./language.js";
import { note } from "./progress.js";
import { Region } from "./region.js";

/** @type {Consent[]} */
const CONSENTS = ["yes", "unknown", "no"];

/** @implements {StepPage} */
export class PeopleStep {
  #client;
  #regions;
  /** The friends that are chosen to be joined. @type {Set<string>} */
  #chosen = new Set();

  /** @param {import("./client.js").Client} client */
  constructor(client) {
    this.#client = client;
    this.#regions = [
      new Region(
        ({ people }) => [people.untied, people.friends.map(({ name }) => name)],
        ({ people }) => people.untied.length > 0 && this.#untied(people),
      ),
      new Region(
        ({ people }) => people.request,
        ({ people }) => asking(sentenceOf(people.request)),
      ),
      new Region(
        ({ people }) => [people.learnt_from, people.messages, people.agreed],
        ({ people }) => people.friends.length > 0 && sumOf(people),
      ),
      new Region(
        ({ people }) => [people.friends, people.problem, [...this.#chosen]],
        ({ people }) =>
          people.problem
            ? note(sentenceOf(people.problem), "bad")
            : people.friends.length
              ? this.#friends(people)
              : note(t("noPeople")),
      ),
    ];
    this.nodes = this.#regions.map((region) => region.node);
  }

  /** @param {ProjectState} state */
  update(state) {
    for (const region of this.#regions) region.update(state);
  }

  /** @param {PeopleState} people */
  #friends({ friends }) {
    const most = Math.max(...friends.map(({ messages }) => messages), 1);
    return element(
      "section",
      { class: "card friends" },
      element(
        "p",
        { class: "buttons" },
        this.#chosen.size > 1 ? this.#joining() : this.#everyone(),
        element("span", { class: "muted" }, t(this.#chosen.size ? "joinHint" : "everyoneAgreedHint")),
      ),
      element(
        "ul",
        {},
        friends.map((friend, at) => this.#row(friend, at, most)),
      ),
      element("p", { class: "muted" }, t("joinHint")),
    );
  }

  #everyone() {
    return element(
      "button",
      { type: "button", class: "press secondary", id: "everyone", onclick: () => this.#client.act("everyone_agreed") },
      icon("check"),
      t("everyoneAgreed"),
    );
  }

  /**
   * @param {Friend} friend
   * @param {number} at
   * @param {number} most
   */
  #row(friend, at, most) {
    const { name, aliases, messages, withdrew } = friend;
    return element(
      "li",
      { class: "friend-row" },
      element("input", {
        ...{ type: "checkbox", id: `join-${at}`, checked: this.#chosen.has(name), "aria-label": t("choose", { name }) },
        onchange: () => this.#toggle(name),
      }),
      element("span", { class: "avatar medium", "aria-hidden": "true", vars: { own: hueOf(name) } }, initialsOf(name)),
      element(
        "span",
        { class: "who" },
        element("strong", {}, name),
        aliases.map((other) =>
          element(
            "span",
            { class: "chip" },
            other,
            iconButton("close", t("split", { other, name }), () => this.#client.act("split_person", { other })),
          ),
        ),
        element("span", { class: "share", vars: { share: messages / most } }),
        element("small", {}, t("messageCount", { count: messages })),
      ),
      withdrew ? element("b", { class: "withdrew" }, t("withdrew")) : this.#consents(friend, at),
    );
  }

  /**
   * @param {Friend} friend
   * @param {number} at
   */
  #consents({ name, consent }, at) {
    /** @param {Consent} each */
    const choice = (each) =>
      element(
        "label",
        { class: `consent ${each}` },
        element("input", {
          ...{ type: "radio", class: "unseen", name: `consent-${at}`, id: `consent-${at}-${each}` },
          checked: each === consent,
          onchange: () => this.#client.act("consent", { name, consent: each }),
        }),
        t(`consent_${each}`),
      );
    return element(
      "span",
      { class: "consents", role: "radiogroup", "aria-label": t("agreedOf", { name }) },
      CONSENTS.map(choice),
    );
  }

  /** @param {string} name */
  #toggle(name) {
    if (!this.#chosen.delete(name)) this.#chosen.add(name);
    this.#client.dispatchEvent(new Event("state"));
  }

  #joining() {
    const names = [...this.#chosen];
    return element(
      "button",
      {
        ...{ type: "button", class: "press primary", id: "join" },
        onclick: async () => {
          if (await this.#client.act("join_people", { names })) this.#chosen.clear();
          this.#client.dispatchEvent(new Event("state"));
        },
      },
      t("join", { names: names.join(", ") }),
    );
  }

  /** @param {PeopleState} people */
  #untied({ untied, friends }) {
    return element(
      "section",
      { class: "card withdrawals" },
      element("h2", {}, icon("alert"), t("withdrawals", { count: untied.length })),
      element("p", { class: "muted" }, t("withdrawalsHint")),
      element(
        "ul",
        {},
        untied.map((id) => element("li", {}, element("code", {}, id), this.#whose(id, friends))),
      ),
    );
  }

  /**
   * @param {string} id
   * @param {Friend[]} friends
   */
  #whose(id, friends) {
    const select = element(
      "select",
      {
        ...{ id: `tie-${id}`, "aria-label": t("whoIs", { id }) },
        onchange: () => select.value && this.#client.act("tie_discord", { name: select.value, account: id }),
      },
      element("option", { value: "" }, t("whoIsThis")),
      friends.map(({ name }) => element("option", { value: name }, name)),
    );
    return select;
  }
}

/** @param {string} request */
function asking(request) {
  const text = element("textarea", { readonly: true, rows: 10, "aria-label": t("askTitle") }, request);
  const copy = element(
    "button",
    {
      ...{ type: "button", class: "press secondary" },
      onclick: async () => {
        await navigator.clipboard.writeText(request);
        copy.lastChild?.replaceWith(t("copied"));
      },
    },
    icon("copy"),
    t("copy"),
  );
  return element(
    "details",
    { class: "card asking" },
    element("summary", {}, t("askTitle")),
    element("p", { class: "muted" }, t("askHint")),
    text,
    copy,
  );
}

/** @param {PeopleState} people */
function sumOf({ friends, learnt_from: learnt, agreed, messages }) {
  const words = { agreed, all: friends.length, learnt, messages };
  return agreed ? note(t("learntFrom", words), "good") : note(t("nobodyAgreed"), "warn");
}

/** @param {string} name */
function hueOf(name) {
  const sum = [...name].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 3600, 7);
  return `oklch(0.7 0.13 ${sum / 10})`;
}
