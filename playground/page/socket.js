// The line to the server: one WebSocket that comes back by itself, waiting longer after every failure.
// Knows nothing of what the messages mean.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

/**
 * Events: "event" (detail: a parsed object from the server) and "state" (detail: {state: "open" | "connecting" |
 * "lost", wait}).
 */
export class Socket extends EventTarget {
  #address;
  /** @type {WebSocket | null} */
  #socket = null;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} address */
  constructor(address) {
    super();
    this.#address = address;
    window.addEventListener("online", () => this.retry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.retry());
  }

  connect() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell("state", { state: "connecting" });
    const socket = new WebSocket(this.#address);
    socket.addEventListener("open", () => this.#opened());
    socket.addEventListener("message", ({ data }) => this.#tell("event", JSON.parse(data)));
    socket.addEventListener("close", () => this.#lost());
    this.#socket = socket;
  }

  /** Do not wait any longer; does nothing while the line stands or is being made. */
  retry() {
    if (this.#timer !== undefined) this.connect();
  }

  /** Try no more. */
  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /**
   * Send an object; false where there is no connection and nothing was sent.
   *
   * @param {object} object
   */
  send(object) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(object, wellFormed));
    return true;
  }

  #opened() {
    this.#failures = 0;
    this.#tell("state", { state: "open" });
  }

  #lost() {
    // The random part keeps many open pages from knocking at the same moment.
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures) * (0.8 + 0.4 * Math.random());
    this.#failures += 1;
    this.#timer = setTimeout(() => this.connect(), wait);
    this.#tell("state", { state: "lost", wait });
  }

  /**
   * @param {string} type
   * @param {unknown} detail
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * Half an emoji, as a cut may leave, is no character and goes nowhere: U+FFFD takes its place.
 *
 * @param {string} _
 * @param {unknown} value
 */
const wellFormed = (_, value) => (typeof value === "string" ? value.toWellFormed() : value);
