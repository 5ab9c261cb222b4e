// A command being filled in: its name, a field for every required option, and the optional ones to add.
// Hands over what was typed, for the server to parse; knows nothing of the wire.

import { TYPE, describe, plainTitleOf, retype, titleOf } from "./commands.js";
import { element } from "./element.js";
import { Field } from "./field.js";
import { localized, t } from "./language.js";
import { isClosed, suggest } from "./suggestions.js";

/** `events`: {send(form, text), leave(text)}; `completion` is the popup shared with the plain input. */
export class Fields {
  #page;
  #completion;
  #events;
  #fields = new Map();
  #turn = 0;
  #waits = false;
  #name;
  #more = element("span", { class: "more" });

  /**
   * @param {Leaf} leaf
   * @param {Map<string, string>} texts
   * @param {Page} page
   * @param {import("./completion.js").Completion} completion
   * @param {{ send: (form: Form, text: string) => Promise<Verdict | null>; leave: (text: string) => void }} events
   */
  constructor(leaf, texts, page, completion, events) {
    this.leaf = leaf;
    this.#page = page;
    this.#completion = completion;
    this.#events = events;
    this.#name = element(
      "span",
      {
        class: "command-name",
        tabindex: 0,
        role: "textbox",
        "aria-readonly": "true",
        "aria-label": `${titleOf(leaf)}: ${describe(leaf)}`,
      },
      titleOf(leaf),
    );
    this.node = element(
      "div",
      {
        class: "fields-row",
        role: "group",
        "aria-label": titleOf(leaf),
        onkeydown: (event) => this.#key(event),
      },
      this.#name,
      this.#more,
    );
    leaf.options
      .filter((option) => option.required || texts.get(option.name))
      .forEach((option) => this.#add(option, texts.get(option.name) ?? ""));
    this.#offer();
  }

  /** Put the cursor where something is wrong (`errors`: sentences by option) or missing; say so if `complain`. */
  focus(errors = new Map(), complain = false) {
    const fields = [...this.#fields.values()];
    const wrong = fields.find((field) => errors.has(field.option.name)) ?? fields.find((field) => field.lacking);
    if (complain && wrong) wrong.complain(errors.get(wrong.option.name) ?? "");
    (wrong ?? fields.at(-1))?.input.focus();
    if (!fields.length) this.#name.focus();
  }

  /**
   * Go on writing where the cursor stands: what came by key before the fields stood here.
   *
   * @param {string} text
   */
  write(text) {
    const field = [...this.#fields.values()].find((one) => one.input === document.activeElement);
    field?.write(field.text + text);
  }

  /** Send it; what the server will not take is said at each field. */
  async send() {
    if (this.#waits) return;
    this.#waits = true;
    // Who presses Enter while a file is on its way means it with the file.
    await Promise.all([...this.#fields.values()].map((field) => field.ready));
    this.#waits = false;
    const verdict = await this.#events.send(this.#form(), this.typed());
    if (verdict?.type !== "refused") return;
    for (const [name, error] of verdict.errors) this.#fields.get(name)?.complain(error);
    this.focus(verdict.errors);
  }

  /** The same command as plain text. */
  typed() {
    return retype(this.leaf, this.texts());
  }

  /**
   * Take files that were dropped or pasted; true where an option wanted one.
   *
   * @param {File} file
   */
  take(file) {
    const option = this.leaf.options.find((one) => one.type === TYPE.attachment && !this.#fields.get(one.name)?.value);
    if (!option) return false;
    const field = this.#fields.get(option.name) ?? this.#add(option, "");
    field.take(file, this.#page.upload);
    return true;
  }

  /** What stands in the fields, by option. */
  texts() {
    return new Map([...this.#fields].map(([name, field]) => [name, field.text]));
  }

  /** What is sent: the texts, and the values behind those that were picked or uploaded. */
  #form() {
    const values = [...this.#fields]
      .map(([name, field]) => [name, field.value])
      .filter(([, value]) => value !== undefined);
    const command = plainTitleOf(this.leaf).slice(1);
    return { command, texts: Object.fromEntries(this.texts()), values: Object.fromEntries(values) };
  }

  /**
   * @param {CommandOption} option
   * @param {string} text
   */
  #add(option, text) {
    const field = new Field(option, text, this.#page.upload);
    field.addEventListener("focus", () => this.#suggest(field));
    field.addEventListener("change", () => this.#suggest(field));
    field.addEventListener("remove", () => this.#drop(field));
    this.#fields.set(option.name, field);
    this.#more.before(field.node);
    this.#offer();
    return field;
  }

  /** @param {Field} field */
  #drop(field) {
    this.#fields.delete(field.option.name);
    field.node.remove();
    this.#offer();
    this.focus();
  }

  #offer() {
    const left = this.leaf.options.filter((option) => !this.#fields.has(option.name));
    this.#more.replaceChildren(
      ...left.map((option) => {
        const name = localized(option, "name");
        const label = t("addOption", { name });
        return element(
          "button",
          {
            type: "button",
            class: "add",
            title: localized(option, "description"),
            "aria-label": label,
            onclick: () => this.#add(option, "").input.focus(),
          },
          `+ ${name}`,
        );
      }),
    );
  }

  /** @param {Field} field */
  async #suggest(field) {
    const turn = (this.#turn += 1);
    this.#show(field, []);
    /** @param {CommandOption} option */
    const ask = (option) => this.#page.autocomplete(this.#form(), option.name);
    const found = await suggest(field.option, field.text, this.#page.store, ask);
    if (turn === this.#turn && field.node.contains(document.activeElement)) this.#show(field, found);
  }

  /**
   * @param {Field} field
   * @param {Suggestion[]} found
   */
  #show(field, found) {
    const { option } = field;
    /** @param {Suggestion} one */
    const pick = (one) => {
      field.pick(one.label, one.value);
      this.#completion.hide();
      this.focus();
    };
    const exact = found.some((one) => one.label.toLowerCase() === field.text.toLowerCase());
    this.#completion.show(field.input, {
      heading: explain(option),
      keys: t("fieldKeys"),
      active: isClosed(option) && field.text && !exact && found.length ? 0 : -1,
      items: found.map((one) => ({
        label: one.label,
        detail: one.detail,
        pick: () => pick(one),
      })),
    });
  }

  /** @param {KeyboardEvent & { target: HTMLElement }} event */
  #key(event) {
    if (event.isComposing || event.keyCode === 229 || event.target.closest("button")) return;
    if (event.key === "Escape") return this.#leave(event, "");
    if (this.#completion.key(event)) return;
    if (event.key === "Enter") this.#stop(event, () => this.send());
    else if (event.key === "Tab" && !event.shiftKey) this.#next(event);
    else if (event.key === "Backspace" && !(/** @type {HTMLInputElement} */ (event.target).value)) this.#back(event);
  }

  /**
   * Tab after the last filled field offers the next optional one; after an empty one it goes on as everywhere.
   *
   * @param {KeyboardEvent} event
   */
  #next(event) {
    const last = [...this.#fields.values()].at(-1);
    const option = this.leaf.options.find((one) => !this.#fields.has(one.name));
    if (option && last?.input === event.target && last.text)
      this.#stop(event, () => this.#add(option, "").input.focus());
  }

  /**
   * @param {KeyboardEvent} event
   * @param {() => void} act
   */
  #stop(event, act) {
    event.preventDefault();
    act();
  }

  /**
   * Backspace in an empty field: an optional one goes, else the command becomes text again.
   *
   * @param {KeyboardEvent} event
   */
  #back(event) {
    const field = [...this.#fields.values()].find((one) => one.input === event.target);
    if (field && !field.option.required) this.#stop(event, () => this.#drop(field));
    else this.#leave(event, titleOf(this.leaf));
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} text
   */
  #leave(event, text) {
    event.preventDefault();
    this.#turn += 1;
    this.#events.leave(text);
  }
}

/** @param {CommandOption} option */
function explain(option) {
  const aside = [limitsOf(option), !option.required && t("optional")].filter(Boolean).join(" · ");
  return [
    element("strong", {}, localized(option, "name")),
    element("span", {}, localized(option, "description")),
    aside && element("span", { class: "aside" }, aside),
  ];
}

/**
 * What an option asks for, in a few words: "1~50", "3글자 이상"; empty where anything goes.
 *
 * @param {CommandOption} option
 */
function limitsOf(option) {
  const { min_value: min, max_value: max } = option;
  if (min !== undefined && max !== undefined) return t("range", { min: `${min}`.replace("-", "−"), max });
  if (min !== undefined) return t("atLeast", { min });
  if (max !== undefined) return t("atMost", { max });
  if (option.max_length !== undefined) return t("too_long", { limit: option.max_length });
  return "";
}
