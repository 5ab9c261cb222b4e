// One option of a command as a chip with an input: a text, or a file that is uploaded at once.
// Knows nothing of the command it belongs to.

import { TYPE } from "./commands.js";
import { element } from "./element.js";
import { localized, t } from "./language.js";

const KEYBOARDS = { [TYPE.integer]: "numeric", [TYPE.number]: "decimal" };

/**
 * Events: "change" (the text changed), "focus", "remove". Read `text`, and `value` where one was picked or uploaded.
 */
export class Field extends EventTarget {
  /** @type {{ text: string, value: Value | undefined } | null} */
  #picked = null;
  /**
   * Done when no file is on its way any more.
   *
   * @type {Promise<void>}
   */
  ready = Promise.resolve();

  /**
   * @param {CommandOption} option
   * @param {string} text
   * @param {Upload} upload
   */
  constructor(option, text, upload) {
    super();
    this.option = option;
    this.input = this.#input(text);
    this.error = element("span", { class: "field-error", role: "alert", id: `error-${option.name}` });
    this.node = element(
      "label",
      { class: `field${option.required ? "" : " optional"}` },
      element("span", { class: "field-name" }, localized(option, "name")),
      this.input,
      option.type === TYPE.attachment && this.#file(upload),
      !option.required && this.#remove(),
      this.error,
    );
    this.#fit();
  }

  get text() {
    return this.input.value;
  }

  /** The value behind the text where it was picked or uploaded and not edited since; else undefined. */
  get value() {
    return this.#picked?.text === this.text ? this.#picked.value : undefined;
  }

  /** Whether something must still be done here. */
  get lacking() {
    return (this.option.required && !this.text) || this.node.classList.contains("wrong");
  }

  /**
   * Put a text in, as if typed.
   *
   * @param {string} text
   */
  write(text) {
    this.input.value = text;
    this.#changed();
  }

  /**
   * @param {string} text
   * @param {Value | undefined} value
   */
  pick(text, value) {
    this.#picked = { text, value };
    this.input.value = text;
    this.complain("");
    this.#fit();
  }

  /** @param {string} error */
  complain(error) {
    this.error.textContent = error;
    this.node.classList.toggle("wrong", Boolean(error));
    this.input.setAttribute("aria-invalid", String(Boolean(error)));
  }

  /**
   * Upload a file into this field (attachment options only).
   *
   * @param {File} file
   * @param {Upload} upload
   */
  take(file, upload) {
    this.ready = this.#upload(file, upload);
  }

  /**
   * @param {File} file
   * @param {Upload} upload
   */
  async #upload(file, upload) {
    this.complain("");
    this.pick(t("uploading"), undefined);
    try {
      const { id, filename } = await upload(file);
      this.pick(filename, id);
    } catch {
      this.pick("", undefined);
      this.complain(t("uploadFailed"));
    }
    this.#tell("change");
  }

  /** @param {string} text */
  #input(text) {
    return element("input", {
      type: "text",
      class: "field-input",
      value: text,
      autocomplete: "off",
      spellcheck: "false",
      role: "combobox",
      "aria-expanded": "false",
      inputmode: KEYBOARDS[this.option.type],
      "aria-label": localized(this.option, "name"),
      "aria-describedby": `error-${this.option.name}`,
      readonly: this.option.type === TYPE.attachment,
      oninput: () => this.#changed(),
      onfocus: () => this.#tell("focus"),
    });
  }

  /** @param {Upload} upload */
  #file(upload) {
    const choose = element("input", {
      type: "file",
      class: "unseen",
      tabindex: -1,
      "aria-label": t("pickFile"),
      onchange: () => choose.files?.[0] && this.take(choose.files[0], upload),
    });
    const open = element("button", { type: "button", class: "plain", onclick: () => choose.click() }, t("pickFile"));
    return [open, choose];
  }

  #remove() {
    const label = t("removeOption", { name: localized(this.option, "name") });
    return element(
      "button",
      {
        type: "button",
        class: "field-remove",
        tabindex: -1,
        "aria-label": label,
        title: label,
        onclick: () => this.#tell("remove"),
      },
      "×",
    );
  }

  #changed() {
    this.complain("");
    this.#fit();
    this.#tell("change");
  }

  /** As wide as the text: Hangul and emoji take two columns. */
  #fit() {
    const columns = [...this.text].reduce((sum, letter) => sum + (letter > "\u{10ff}" ? 2 : 1), 0);
    this.input.style.width = `${Math.min(40, Math.max(4, columns + 1))}ch`;
  }

  /** @param {string} type */
  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
