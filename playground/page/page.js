// The verbs of the page: what a viewer can do, put on the wire, with the attempt it begins. Views call these and
// listen to the store. Knows the protocol; knows nothing of how anything looks.

import { leafNamed, titleNamed } from "./commands.js";
import { choose, complaint, locale, localized } from "./language.js";
import { pick } from "./picker.js";

const ANSWER_WITHIN = 3_000;

/**
 * Events: "language" (another one was chosen), "used" (a command was sent), "sent" (a command or a message was),
 * "replying" (another message is replied to, or none any more), "sought" (a message is to be shown where it stands).
 */
export class Page extends EventTarget {
  #socket;
  #nonce = 0;
  /** @type {Map<string, (answer: Answer | null) => void>} */
  #waiting = new Map();
  /** @type {Message | null} */
  #replied = null;

  /** What opens a select's list. */
  pick = pick;

  /**
   * @param {Store} store
   * @param {import("./socket.js").Socket} socket
   */
  constructor(store, socket) {
    super();
    this.store = store;
    this.#socket = socket;
  }

  /**
   * Put a text into the composer; set by the composition root, since the composer is made after the page.
   *
   * @type {(text: string) => void}
   */
  fill = () => {};

  /**
   * Take an event of the server that answers a question of ours; false where it is news for everybody.
   *
   * @param {ServerEvent} event
   */
  answered(event) {
    const answer = "nonce" in event && event.nonce && this.#waiting.get(event.nonce);
    if (answer) answer(/** @type {Answer} */ (event));
    return Boolean(answer);
  }

  /**
   * What a line says so far: {leaf, texts, errors, extra}, or null where it names no command or nobody answers.
   *
   * @param {string} line
   */
  async read(line) {
    const answer = await this.#ask("read", { typed: line });
    return answer?.type === "reading" ? this.#reading(answer) : null;
  }

  /**
   * Run what was typed, a line or a form; resolves to null where there is no connection.
   *
   * @param {string | Form} typed
   * @returns {Promise<Verdict | null>}
   */
  async command(typed) {
    const channelId = this.store.selected;
    const verdict = await this.#ask("command", { typed });
    const reading = verdict?.type === "refused" ? this.#reading(verdict) : null;
    if (reading) return { type: "refused", ...reading };
    if (verdict?.type !== "accepted") return verdict?.type === "failed" ? verdict : null;
    const { nonce, command: name } = verdict;
    this.store.begin({
      nonce,
      kind: "command",
      channelId,
      name,
      title: titleNamed(this.store.leaves, this.store.menu, name),
    });
    for (const event of ["used", "sent"]) this.dispatchEvent(new Event(event));
    return verdict;
  }

  /**
   * Ask the bot for suggestions for the option `focused`; resolves to none where it does not answer in time.
   *
   * @param {string | Form} typed
   * @param {string} focused
   */
  async autocomplete(typed, focused) {
    const answer = await this.#ask("autocomplete", { typed, focused });
    return answer?.type === "choices" ? answer.choices : [];
  }

  /**
   * Choose a command in the context menu of a message.
   *
   * @param {Message} message
   * @param {Command} command
   */
  useOn(message, command) {
    const nonce = this.#next();
    const channelId = message.channel_id;
    this.store.begin({ nonce, kind: "command", channelId, name: command.name, title: localized(command, "name") });
    const sent = this.#send({
      type: "use_on",
      nonce,
      channel_id: channelId,
      locale: locale(),
      command_id: command.id,
      target_id: message.id,
    });
    if (!sent) this.store.fail(nonce, null);
  }

  /**
   * Press a button, or choose `values` in a select.
   *
   * @param {Message} message
   * @param {Component} component
   * @param {string[] | null} values
   */
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

  /**
   * @param {ModalEvent & { channelId: string }} opened
   * @param {object[]} components
   */
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

  /** The message that what is said next replies to, or null. */
  get replied() {
    return this.#replied;
  }

  /**
   * Let what is said next reply to a message; to none with null.
   *
   * @param {Message | null} message
   */
  replyTo(message) {
    this.#replied = message;
    this.dispatchEvent(new Event("replying"));
  }

  /**
   * Say something as a person; false where there is no connection.
   *
   * @param {string} content
   */
  say(content) {
    const reply = this.#replied && { replied: this.#replied.id };
    const sent = this.#send({ type: "message", ...this.#where(), content, ...reply });
    if (sent) {
      this.replyTo(null);
      this.dispatchEvent(new Event("sent"));
    }
    return sent;
  }

  /**
   * Become another member.
   *
   * @param {string} userId
   */
  be(userId) {
    this.#send({ type: "be", user_id: userId });
  }

  /** Turn the server's clock to the next event; false where there is no connection. */
  turn() {
    return this.#send({ type: "turn" });
  }

  /**
   * Show a message where it stands, or a channel where no message is named.
   *
   * @param {string} channelId
   * @param {string | undefined} messageId
   */
  goTo(channelId, messageId) {
    if (channelId !== this.store.selected) this.store.select(channelId);
    if (messageId) this.dispatchEvent(new CustomEvent("sought", { detail: messageId }));
  }

  /** @param {string} language */
  speak(language) {
    choose(language);
    document.documentElement.lang = language;
    this.dispatchEvent(new Event("language"));
  }

  /**
   * Upload a file for an attachment option: {id, filename, size, content_type, url}. Raises where the server refuses
   * it.
   *
   * @type {Upload}
   */
  upload = async (file) => {
    const body = new FormData();
    body.append("file", file);
    const response = await fetch("/page/upload", { method: "POST", body });
    if (!response.ok) throw new Error(`upload answered ${response.status}`);
    return response.json();
  };

  /**
   * Send a question; resolves to the event that answers it, or to null where none comes in time.
   *
   * @param {string} type
   * @param {object} question
   * @returns {Promise<Answer | null>}
   */
  #ask(type, question) {
    const nonce = this.#next();
    if (!this.#send({ type, nonce, ...this.#where(), ...question })) return Promise.resolve(null);
    /** @type {Promise<Answer | null>} */
    const answer = new Promise((resolve) => {
      this.#waiting.set(nonce, resolve);
      setTimeout(resolve, ANSWER_WITHIN, null);
    });
    return answer.finally(() => this.#waiting.delete(nonce));
  }

  /**
   * The server's reading with our command, and with its complaints in the chosen language; null where the command is
   * none of ours any more.
   *
   * @param {ReadingEvent} answer
   * @returns {Reading | null}
   */
  #reading({ command, texts, errors, extra }) {
    const leaf = leafNamed(this.store.leaves, command);
    const sentences = new Map(Object.entries(errors).map(([name, { key, values }]) => [name, complaint(key, values)]));
    return leaf ? { leaf, texts: new Map(Object.entries(texts)), errors: sentences, extra } : null;
  }

  #where() {
    return { channel_id: this.store.selected, locale: locale() };
  }

  #next() {
    this.#nonce += 1;
    return `${Date.now()}${this.#nonce}`;
  }

  /** @param {object} object */
  #send(object) {
    return this.#socket.send(object);
  }
}
