// What the viewer has asked the bot and has not been answered yet: commands, presses and submitted forms. An attempt
// waits, then it is answered (and forgotten) or has failed (and stays until dismissed). Knows nothing of the DOM.

/**
 * A press may rightly be answered by nothing visible: after Discord's three seconds it is forgotten. A command is
 * not.
 */
const PATIENCE = { press: 3_500, modal: 15_000, command: 15_000 };

export class Attempts {
  /** @type {Attempt[]} */
  #all = [];
  #changed;

  /**
   * `changed()` is called whenever an attempt fails or is forgotten by the clock.
   *
   * @param {() => void} changed
   */
  constructor(changed) {
    this.#changed = changed;
  }

  /**
   * Begin one: {nonce, kind: "command" | "press" | "modal", channelId, name?, messageId?, customId?}.
   *
   * @param {Asked} attempt
   */
  begin(attempt) {
    this.#all.push({ ...attempt, state: "waiting", at: new Date().toISOString() });
    setTimeout(() => this.#expire(attempt.nonce), PATIENCE[attempt.kind]);
  }

  /**
   * @param {string | undefined} nonce
   * @param {string | null} text
   */
  fail(nonce, text) {
    this.#all = this.#all.map((one) => (one.nonce === nonce ? { ...one, state: "failed", text } : one));
  }

  /**
   * It was answered: by a message or a form that carries its nonce.
   *
   * @param {string | undefined} nonce
   */
  forget(nonce) {
    this.#all = this.#all.filter((one) => one.nonce !== nonce);
  }

  /** The connection broke: nobody will answer what was waiting. */
  forgetWaiting() {
    this.#all = this.#all.filter((one) => one.state !== "waiting");
  }

  forgetAll() {
    this.#all = [];
  }

  /**
   * An edited or deleted message answers the presses on it.
   *
   * @param {string} messageId
   */
  forgetOn(messageId) {
    this.#all = this.#all.filter((one) => one.messageId !== messageId);
  }

  /**
   * The channel of an attempt, or undefined where it is not ours.
   *
   * @param {string | undefined} nonce
   */
  channelOf(nonce) {
    return this.#all.find((one) => one.nonce === nonce)?.channelId;
  }

  /**
   * Commands and forms to show at the end of a channel.
   *
   * @param {string} channelId
   */
  inChannel(channelId) {
    return this.#all.filter((one) => one.channelId === channelId && one.kind !== "press");
  }

  /**
   * Presses to show on a message.
   *
   * @param {string} messageId
   */
  onMessage(messageId) {
    return this.#all.filter((one) => one.messageId === messageId && one.kind === "press");
  }

  /** @param {string | undefined} nonce */
  #expire(nonce) {
    const late = this.#all.find((one) => one.nonce === nonce && one.state === "waiting");
    if (!late) return;
    if (late.kind === "press") this.forget(nonce);
    else this.fail(nonce, null);
    this.#changed();
  }
}
