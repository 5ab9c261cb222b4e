// The input under the messages: plain text, or a command that is completed and filled in. Enter sends, unless a
// Korean syllable is still being composed. Knows nothing of the wire; sending is the page's.

import { describe, isGroup, leafNamed, plainTitleOf, recognise, search, titleOf } from "./commands.js";
import { Completion } from "./completion.js";
import { byId, element, iconButton } from "./element.js";
import { Fields } from "./fields.js";
import { History } from "./history.js";
import { localized, t } from "./language.js";
import { signature } from "./signature.js";

const LONGEST = 2000;
const COMMAND_BEGUN = /^\/[^\n]*$/;

export class Composer {
  #page;
  #completion = new Completion();
  /** @type {Fields | null} */
  #fields = null;
  #history = new History();
  /** @type {Map<string, string>} */
  #drafts = new Map();
  #room = "";
  /**
   * What the server last read in the line.
   *
   * @type {Reading | null}
   */
  #reading = null;
  #sending = false;
  #note = element("p", { class: "note", role: "alert", hidden: true });
  #replying = element("p", { class: "replying", role: "status", hidden: true });
  #text = element("textarea", {
    rows: 1,
    role: "combobox",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "send",
  });
  #slot = element("div", { class: "slot" }, this.#text);
  #slash = iconButton("slash", "", () => this.fill("/"), { class: "icon-button slash" });
  #send = iconButton("send", "", () => this.#submit(), { class: "icon-button send" });

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    const box = element("div", { class: "box" }, this.#slash, this.#slot, this.#send);
    const root = byId("composer");
    root.append(this.#completion.node, this.#note, this.#replying, box);
    this.#listen(root);
  }

  /** @param {HTMLElement} root */
  #listen(root) {
    const { store } = this.#page;
    this.#text.addEventListener("input", () => this.#changed());
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener(
      "focusout",
      ({ relatedTarget }) => root.contains(/** @type {Node | null} */ (relatedTarget)) || this.#completion.hide(),
    );
    root.addEventListener("paste", (event) => this.#take(event, event.clipboardData));
    root.addEventListener("dragover", (event) => event.preventDefault());
    root.addEventListener("drop", (event) => this.#take(event, event.dataTransfer));
    for (const kind of ["world", "selected"]) store.addEventListener(kind, () => this.#enter());
    store.addEventListener("refused", (event) => this.#say(/** @type {CustomEvent<string>} */ (event).detail));
    this.#page.addEventListener("language", () => this.#relabel());
    this.#page.addEventListener("replying", () => this.#showReplied());
  }

  /**
   * Put a text into the input, as if typed.
   *
   * @param {string} text
   */
  fill(text) {
    this.#toText(text);
    this.#changed();
  }

  #enter() {
    const { store } = this.#page;
    if (this.#room !== store.selected) {
      this.#page.replyTo(null);
      if (this.#room) this.#drafts.set(this.#room, this.#fields?.typed() ?? this.#text.value);
      this.#room = store.selected;
      this.#toText(this.#drafts.get(this.#room) ?? "", matchMedia("(hover: hover)").matches);
    }
    this.#relabel();
  }

  #relabel() {
    const { store } = this.#page;
    const channel = store.channel();
    if (!channel) return;
    this.#text.placeholder = t("placeholder", { room: store.titleOf(channel) });
    this.#text.setAttribute("aria-label", this.#text.placeholder);
    name(this.#slash, t("openCommands"));
    name(this.#send, t("send"));
    this.#showReplied(false);
    if (this.#fields) this.#refresh(this.#fields);
  }

  /**
   * Draw the fields anew: in another language, or for a command that was registered again.
   *
   * @param {Fields} fields
   */
  #refresh(fields) {
    const focus = this.#slot.contains(document.activeElement);
    const leaf = leafNamed(this.#page.store.offered(), plainTitleOf(fields.leaf).slice(1));
    if (leaf) this.#toFields(leaf, fields.texts(), { focus });
    else this.#toText(fields.typed(), focus);
  }

  /** @param {string} text */
  #toText(text, focus = true) {
    this.#fields = null;
    this.#completion.hide();
    this.#say("");
    this.#text.value = text;
    this.#slot.replaceChildren(this.#text);
    this.#fit();
    if (focus) this.#text.focus();
  }

  /**
   * @param {Leaf} leaf
   * @param {Map<string, string>} texts
   * @param {{ errors?: Map<string, string>, complain?: boolean, focus?: boolean }} how
   */
  #toFields(leaf, texts, { errors = new Map(), complain = false, focus = true } = {}) {
    this.#completion.hide();
    this.#say("");
    const fields = new Fields(leaf, texts, this.#page, this.#completion, {
      send: (form, text) => this.#run(form, text),
      leave: (text) => this.fill(text),
    });
    this.#fields = fields;
    this.#slot.replaceChildren(fields.node);
    if (focus) fields.focus(errors, complain);
    return fields;
  }

  #changed() {
    this.#say("");
    this.#fit();
    this.#send.classList.toggle("ready", Boolean(this.#text.value.trim()));
    if (COMMAND_BEGUN.test(this.#text.value)) this.#complete(this.#text.value);
    else this.#completion.hide();
  }

  /**
   * A name half typed shows the commands that fit; a whole name and a space shows what it wants.
   *
   * @param {string} text
   */
  #complete(text) {
    const leaves = this.#page.store.offered();
    const named = recognise(leaves, text);
    if (named?.begun) return this.#explain(named.leaf, text);
    const found = search(leaves, text);
    const items = found.map((leaf) => ({
      label: titleOf(leaf),
      detail: describe(leaf),
      aside: wants(leaf),
      pick: () => this.#toFields(leaf, new Map()),
    }));
    return this.#completion.show(this.#text, { items, active: items.length ? 0 : -1, empty: t("noCommands") });
  }

  /**
   * What the named command wants, and what of it the server found in the line.
   *
   * @param {Leaf} leaf
   * @param {string} line
   */
  async #explain(leaf, line) {
    this.#showSignature(leaf, line);
    const reading = await this.#page.read(line);
    if (this.#text.value !== line || this.#fields || !this.#completion.open) return;
    this.#reading = reading;
    this.#showSignature(leaf, line);
  }

  /**
   * Tab turns the line into fields; without a keyboard a tap does.
   *
   * @param {Leaf} leaf
   * @param {string} line
   */
  #showSignature(leaf, line) {
    const some = leaf.options.length > 0;
    const tap = some && matchMedia("(hover: none)").matches;
    const fill = { label: t("fill"), pick: () => this.#fillIn(leaf, line) };
    const reading = this.#reading?.leaf === leaf ? this.#reading : null;
    this.#completion.show(this.#text, {
      heading: signature(leaf, reading?.texts ?? new Map()),
      items: tap ? [fill] : [],
      keys: some ? `Tab: ${t("fill")}` : "Enter",
    });
  }

  /**
   * Turn the line into fields. What is typed until the server has read it goes on in the field with the cursor.
   *
   * @param {Leaf} leaf
   * @param {string} line
   */
  async #fillIn(leaf, line) {
    const named = recognise([leaf], line.trim());
    if (!named?.rest.trim()) {
      this.#toFields(leaf, new Map());
      return;
    }
    const reading = await this.#page.read(line);
    if (!reading || this.#fields || !this.#text.value.startsWith(line)) return;
    const more = this.#text.value.slice(line.length);
    const fields = this.#toFields(reading.leaf, reading.texts, { errors: reading.errors });
    if (more) fields.write(more);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey && this.#whole()) return this.#enterKey(event);
    if (this.#completion.key(event)) return;
    if (event.key === "Escape" && this.#page.replied) return this.#page.replyTo(null);
    if (event.key === "Tab" && !event.shiftKey && this.#completion.open) this.#tab(event);
    else if (event.key === "Enter" && !event.shiftKey) this.#enterKey(event);
    else if (event.key === "ArrowUp") this.#recall(event, this.#history.back(this.#text.value));
    else if (event.key === "ArrowDown") this.#recall(event, this.#history.forth(this.#text.value));
  }

  /** Whether the input holds a command that has no fields to show, and no other was chosen from the popup. */
  #whole() {
    const leaf = recognise(this.#page.store.offered(), this.#text.value.trim())?.leaf;
    const chosen = this.#completion.active;
    return leaf?.options.length === 0 && (!chosen || chosen.label === titleOf(leaf));
  }

  /** @param {KeyboardEvent} event */
  #tab(event) {
    const leaf = recognise(this.#page.store.offered(), this.#text.value.trim())?.leaf;
    if (!leaf?.options.length) return;
    event.preventDefault();
    this.#fillIn(leaf, this.#text.value);
  }

  /** @param {KeyboardEvent} event */
  #enterKey(event) {
    event.preventDefault();
    this.#submit();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string | null} text
   */
  #recall(event, text) {
    if (text === null) return;
    event.preventDefault();
    this.#toText(text);
  }

  #submit() {
    if (this.#fields) return this.#fields.send();
    const text = this.#text.value.trim();
    if (!text) return this.#text.focus();
    return text.startsWith("/") ? this.#submitTyped(text) : this.#submitText(text);
  }

  /** @param {string} line */
  async #submitTyped(line) {
    if (!recognise(this.#page.store.offered(), line)) return this.#unknown(line);
    const verdict = await this.#run(line, line);
    if (verdict?.type !== "refused") return;
    const { leaf, texts, errors, extra } = verdict;
    this.#toFields(leaf, texts, { errors, complain: true });
    if (extra) this.#say(`${t("tooMany")}: ${extra}`);
  }

  /** @param {string} text */
  #unknown(text) {
    this.#completion.hide();
    const { leaves } = this.#page.store;
    const [first, second] = text.split(/\s+/);
    const command = second && isGroup(leaves, first) ? `${first} ${second}` : first;
    this.#say(t(recognise(leaves, text) ? "elsewhere" : "noCommand", { command }));
  }

  /** @param {string} text */
  #submitText(text) {
    if (text.length > LONGEST) return this.#say(t("tooLongMessage", { length: text.length }));
    return this.#page.say(text) ? this.#sent(text) : this.#say(t("notSent"));
  }

  /**
   * Send a command, a line or a form, which is `text` as one line; resolves to the server's verdict.
   *
   * @param {string | Form} typed
   * @param {string} text
   */
  async #run(typed, text) {
    if (this.#sending) return null;
    const [room, before] = [this.#room, this.#text.value];
    this.#sending = true;
    const verdict = await this.#page.command(typed);
    this.#sending = false;
    if (room !== this.#room) {
      if (verdict?.type === "accepted") this.#drafts.delete(room);
      return null;
    }
    const now = this.#fields ? before : this.#text.value;
    if (verdict?.type === "accepted") this.#sent(text, now.startsWith(before) ? now.slice(before.length) : "");
    else if (verdict?.type !== "refused") this.#say(verdict?.text ?? t("notSent"));
    return verdict;
  }

  /**
   * It went: make room for the next, which may have been begun meanwhile.
   *
   * @param {string} text
   */
  #sent(text, begun = "") {
    this.#history.keep(text);
    this.#toText(begun);
    if (begun) this.#changed();
    else this.#send.classList.remove("ready");
  }

  /**
   * Files pasted or dropped go to the command's file option, if it has one.
   *
   * @param {Event} event
   * @param {DataTransfer | null} data
   */
  #take(event, data) {
    const file = data?.files[0];
    if (file && this.#fields?.take(file)) event.preventDefault();
    else if (file) event.preventDefault();
  }

  /** Say to whom the next message replies, with a way out. */
  #showReplied(focus = true) {
    const { replied, store } = this.#page;
    this.#replying.hidden = !replied;
    if (!replied) return;
    const cancel = () => this.#page.replyTo(null);
    this.#replying.replaceChildren(
      t("replying", { who: store.nameOf(replied.author) }),
      element("button", { type: "button", class: "plain", onclick: cancel }, t("cancel")),
    );
    if (focus && !this.#fields) this.#text.focus();
  }

  /** @param {string} text */
  #say(text) {
    this.#note.textContent = text;
    this.#note.hidden = !text;
  }

  #fit() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${Math.min(this.#text.scrollHeight, 200)}px`;
  }
}

/** @param {Leaf} leaf */
const wants = (leaf) =>
  leaf.options
    .filter((option) => option.required)
    .map((option) => localized(option, "name"))
    .join(" ");

/**
 * @param {HTMLElement} button
 * @param {string} label
 */
function name(button, label) {
  button.title = label;
  button.setAttribute("aria-label", label);
}
