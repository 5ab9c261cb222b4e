// A command being filled in: its name, a field for every required option, and the optional ones to add.
// Hands over values that were checked; knows nothing of the wire.

import { TYPE, describe, titleOf } from "./commands.js";
import { element } from "./element.js";
import { Field } from "./field.js";
import { localized, t } from "./language.js";
import { isClosed, suggest } from "./suggestions.js";
import { check, retype } from "./typed.js";
import { limitsOf } from "./values.js";

/** `events`: {send(leaf, values, text), leave(text)}; `completion` is the popup shared with the plain input. */
export class Fields {
  #page;
  #completion;
  #events;
  #fields = new Map();
  #turn = 0;
  #name;
  #more = element("span", { class: "more" });

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
      { class: "fields-row", role: "group", "aria-label": titleOf(leaf), onkeydown: (event) => this.#key(event) },
      this.#name,
      this.#more,
    );
    leaf.options
      .filter((option) => option.required || texts.get(option.name))
      .forEach((option) => this.#add(option, texts.get(option.name) ?? ""));
    this.#offer();
  }

  /** Put the cursor where something is missing, and say what is wrong if `complain`. */
  focus(complain = false) {
    const { errors } = this.#collect();
    const missing = [...this.#fields.values()].find((field) => errors.has(field.option.name));
    if (complain && missing) missing.complain(errors.get(missing.option.name));
    (missing ?? [...this.#fields.values()].at(-1))?.input.focus();
    if (!this.#fields.size) this.#name.focus();
  }

  /** Send if every value is right. */
  send() {
    const { values, errors } = this.#collect();
    for (const [name, error] of errors) this.#fields.get(name)?.complain(error);
    if (errors.size) this.#fields.get([...errors.keys()][0])?.input.focus();
    else this.#events.send(this.leaf, values, this.typed());
  }

  /** The same command as plain text. */
  typed() {
    return retype(this.leaf, this.#texts());
  }

  /** Take files that were dropped or pasted; true where an option wanted one. */
  take(file) {
    const option = this.leaf.options.find((one) => one.type === TYPE.attachment && !this.#fields.get(one.name)?.value);
    if (!option) return false;
    const field = this.#fields.get(option.name) ?? this.#add(option, "");
    field.take(file, this.#page.upload);
    return true;
  }

  #texts() {
    return new Map([...this.#fields].map(([name, field]) => [name, field.text]));
  }

  #collect() {
    const { values, errors } = check(this.leaf, this.#texts(), this.#page.store);
    for (const [name, field] of this.#fields) {
      if (field.value === undefined) continue;
      values.set(name, field.value);
      errors.delete(name);
    }
    return { values, errors };
  }

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

  async #suggest(field) {
    const turn = (this.#turn += 1);
    this.#show(field, []);
    const found = await suggest(field.option, field.text, this.#page.store, () => this.#ask(field.option));
    if (turn === this.#turn && field.node.contains(document.activeElement)) this.#show(field, found);
  }

  #ask(option) {
    const texts = this.#texts();
    const { values } = this.#collect();
    values.set(option.name, texts.get(option.name) ?? "");
    return this.#page.autocomplete(this.leaf, values, option.name);
  }

  #show(field, found) {
    const { option } = field;
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
      items: found.map((one) => ({ label: one.label, detail: one.detail, pick: () => pick(one) })),
    });
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229 || event.target.closest("button")) return;
    if (event.key === "Escape") return this.#leave(event, "");
    if (this.#completion.key(event)) return;
    if (event.key === "Enter") this.#stop(event, () => this.send());
    else if (event.key === "Tab" && !event.shiftKey) this.#next(event);
    else if (event.key === "Backspace" && !event.target.value) this.#back(event);
  }

  /** Tab after the last filled field offers the next optional one; after an empty one it goes on as everywhere. */
  #next(event) {
    const last = [...this.#fields.values()].at(-1);
    const option = this.leaf.options.find((one) => !this.#fields.has(one.name));
    if (option && last?.input === event.target && last.text)
      this.#stop(event, () => this.#add(option, "").input.focus());
  }

  #stop(event, act) {
    event.preventDefault();
    act();
  }

  /** Backspace in an empty field: an optional one goes, else the command becomes text again. */
  #back(event) {
    const field = [...this.#fields.values()].find((one) => one.input === event.target);
    if (field && !field.option.required) this.#stop(event, () => this.#drop(field));
    else this.#leave(event, titleOf(this.leaf));
  }

  #leave(event, text) {
    event.preventDefault();
    this.#turn += 1;
    this.#events.leave(text);
  }
}

function explain(option) {
  const aside = [limitsOf(option), !option.required && t("optional")].filter(Boolean).join(" · ");
  return [
    element("strong", {}, localized(option, "name")),
    element("span", {}, localized(option, "description")),
    aside && element("span", { class: "aside" }, aside),
  ];
}
