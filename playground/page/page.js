// The verbs of the page: what a viewer can do, put on the wire, with the attempt it begins. Views call these and
// listen to the store. Knows the protocol; knows nothing of how anything looks.

import { payload, plainTitleOf, titleOf } from "./commands.js";
import { choose, locale } from "./language.js";
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
    store.addEventListener("choices", ({ detail }) => this.#waiting.get(detail.nonce)?.(detail.choices));
  }

  /** Put a text into the composer; set by the composition root, since the composer is made after the page. */
  fill = () => {};

  /** Send a command; false where there is no connection. */
  command(leaf, values) {
    const nonce = this.#next();
    const sent = this.#send({ type: "command", nonce, ...this.#where(), ...payload(leaf, values) });
    if (sent)
      this.store.begin({
        nonce,
        kind: "command",
        channelId: this.store.selected,
        name: plainTitleOf(leaf).slice(1),
        title: titleOf(leaf),
      });
    if (sent) for (const event of ["used", "sent"]) this.dispatchEvent(new Event(event));
    return sent;
  }

  /** Ask the bot for suggestions; resolves to its choices, and to none where it does not answer in time. */
  autocomplete(leaf, values, focused) {
    const nonce = this.#next();
    const answer = new Promise((resolve) => {
      this.#waiting.set(nonce, resolve);
      setTimeout(resolve, ANSWER_WITHIN, []);
    });
    this.#send({ type: "autocomplete", nonce, ...this.#where(), ...payload(leaf, values, focused) });
    return answer.finally(() => this.#waiting.delete(nonce));
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
