// The verbs of the page: what a viewer can do, put on the wire, with the attempt it begins. Views call these and
// listen to the store. Knows the protocol; knows nothing of how anything looks.

import { leafNamed, titleNamed } from "./commands.js";
import { choose, locale, t } from "./language.js";
import { pick } from "./picker.js";

const ANSWER_WITHIN = 3_000;

/** Events: "language" (another one was chosen), "used" (a command was sent), "sent" (a command or a message was). */
export class Page extends EventTarget {
  #socket;
  #nonce = 0;
  #waiting = new Map();

  /** What opens a select's list. */
  pick = pick;

  constructor(store, socket) {
    super();
    this.store = store;
    this.#socket = socket;
  }

  /** Put a text into the composer; set by the composition root, since the composer is made after the page. */
  fill = () => {};

  /** Take an event of the server that answers a question of ours; false where it is news for everybody. */
  answered(event) {
    const answer = this.#waiting.get(event.nonce);
    answer?.(event);
    return answer !== undefined;
  }

  /** What a line says so far: {leaf, texts, errors, extra}, or null where it names no command or nobody answers. */
  async read(line) {
    const answer = await this.#ask("read", { typed: line });
    return answer?.type === "reading" ? this.#reading(answer) : null;
  }

  /**
   * Run what was typed, a line or a form: {command, texts, values}. Resolves to {type: "accepted"}, to {type: "refused",
   * leaf, texts, errors, extra}, to {type: "failed", text}, or to null where there is no connection.
   */
  async command(typed) {
    const channelId = this.store.selected;
    const verdict = await this.#ask("command", { typed });
    if (verdict?.type === "refused") return { type: "refused", ...this.#reading(verdict) };
    if (verdict?.type !== "accepted") return verdict;
    const { nonce, command: name } = verdict;
    this.store.begin({ nonce, kind: "command", channelId, name, title: titleNamed(this.store.leaves, name) });
    for (const event of ["used", "sent"]) this.dispatchEvent(new Event(event));
    return verdict;
  }

  /** Ask the bot for suggestions for the option `focused`; resolves to none where it does not answer in time. */
  async autocomplete(typed, focused) {
    const answer = await this.#ask("autocomplete", { typed, focused });
    return answer?.choices ?? [];
  }

  /** Press a button, or choose `values` in a select. */
  press(message, component, values = null) {
    const nonce = this.#next();
    this.store.begin({
      nonce,
      kind: "press",
      channelId: message.channel_id,
      messageId: message.id,
      customId: component.custom_id,
    });
    const sent = this.#send({
      type: "press",
      nonce,
      channel_id: message.channel_id,
      locale: locale(),
      message_id: message.id,
      custom_id: component.custom_id,
      component_type: component.type,
      ...(values && { values }),
    });
    if (!sent) this.store.fail(nonce, null);
  }

  submitModal({ interaction_id: interactionId, modal, channelId }, components) {
    const nonce = this.#next();
    this.store.begin({ nonce, kind: "modal", channelId, title: modal.title });
    const sent = this.#send({
      type: "modal_submit",
      nonce,
      interaction_id: interactionId,
      custom_id: modal.custom_id,
      components,
    });
    if (!sent) this.store.fail(nonce, null);
  }

  /** Say something as a person; false where there is no connection. */
  say(content) {
    const sent = this.#send({ type: "message", ...this.#where(), content });
    if (sent) this.dispatchEvent(new Event("sent"));
    return sent;
  }

  /** Become another member. */
  be(userId) {
    this.#send({ type: "be", user_id: userId });
  }

  /** Turn the server's clock to the next event; false where there is no connection. */
  turn() {
    return this.#send({ type: "turn" });
  }

  speak(language) {
    choose(language);
    document.documentElement.lang = language;
    this.dispatchEvent(new Event("language"));
  }

  /**
   * Upload a file for an attachment option: {id, filename, size, content_type, url}. Raises where the server refuses
   * it.
   */
  upload = async (file) => {
    const body = new FormData();
    body.append("file", file);
    const response = await fetch("/page/upload", { method: "POST", body });
    if (!response.ok) throw new Error(`upload answered ${response.status}`);
    return response.json();
  };

  /** Send a question; resolves to the event that answers it, or to null where none comes in time. */
  #ask(type, question) {
    const nonce = this.#next();
    if (!this.#send({ type, nonce, ...this.#where(), ...question })) return Promise.resolve(null);
    const answer = new Promise((resolve) => {
      this.#waiting.set(nonce, resolve);
      setTimeout(resolve, ANSWER_WITHIN, null);
    });
    return answer.finally(() => this.#waiting.delete(nonce));
  }

  /** The server's reading with our command, and with its complaints in the chosen language. */
  #reading({ command, texts, errors, extra }) {
    const sentences = Object.entries(errors).map(([name, { key, values }]) => [name, t(key, values)]);
    const leaf = leafNamed(this.store.leaves, command);
    return { leaf, texts: new Map(Object.entries(texts)), errors: new Map(sentences), extra };
  }

  #where() {
    return { channel_id: this.store.selected, locale: locale() };
  }

  #next() {
    this.#nonce += 1;
    return `${Date.now()}${this.#nonce}`;
  }

  #send(object) {
    return this.#socket.send(object);
  }
}
