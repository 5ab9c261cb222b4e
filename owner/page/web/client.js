// The client of the page's server: the state as it was told last, what is pressed, and files on their way there.
// Knows nothing of what the state means.

import { focused } from "../../../playground/page/element.js";
import { Socket } from "../../../playground/page/socket.js";
import { sentenceOf, t } from "./language.js";

/** The status with which an address is refused that is of an earlier start. */
const OUTDATED = 403;
/** What is done when all files of a kind are there. @type {Record<string, string>} */
const FOLLOWS = { chat: "read_chat", photos: "prepare" };

/**
 * Events: "state" (another state was told), "connection" (detail: ConnectionState), "problem" (detail: {text}).
 */
export class Client extends EventTarget {
  /** @type {ProjectState | null} */
  state = null;
  /** Files on their way, in the order in which they were dropped. @type {Sending[]} */
  sending = [];
  #socket;

  constructor() {
    super();
    const { host, pathname } = location;
    this.#socket = new Socket(`ws://${host}${pathname}socket`);
    this.#socket.addEventListener("event", (event) => {
      this.state = /** @type {CustomEvent<ProjectState>} */ (event).detail;
      this.dispatchEvent(new Event("state"));
    });
    this.#socket.addEventListener("state", (event) => {
      const detail = /** @type {CustomEvent<ConnectionState>} */ (event).detail;
      this.#tell("connection", detail);
      if (detail.state === "lost") void this.#askWhetherOutdated();
    });
  }

  connect() {
    this.#socket.connect();
  }

  retry() {
    this.#socket.retry();
  }

  /** A Dantok that was started again lets in nobody but its new page: that is said, and nothing is tried any more. */
  async #askWhetherOutdated() {
    const answer = await fetch(location.pathname).catch(() => null);
    if (answer?.status !== OUTDATED) return;
    this.#socket.stop();
    this.dispatchEvent(new Event("outdated"));
  }

  /**
   * Do what was pressed; whatever is wrong is shown.
   *
   * @param {string} action
   * @param {object} given
   * @returns {Promise<boolean>} whether it went well
   */
  async act(action, given = {}) {
    const pressed = focused();
    pressed?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`do/${action}`, { method: "POST", body: JSON.stringify(given) });
      if (answer.ok) return true;
      this.complain(await whyNot(answer));
    } catch {
      this.complain(t("unreachable"));
    } finally {
      pressed?.removeAttribute("aria-busy");
    }
    return false;
  }

  /**
   * Send files of a kind, one after the other.
   *
   * @param {string} kind
   * @param {File[]} files
   */
  async send(kind, files) {
    const sending = files.map((file) => ({ kind, name: file.name, size: file.size, sent: 0, file }));
    this.sending.push(...sending);
    this.dispatchEvent(new Event("state"));
    for (const each of sending) {
      await this.#put(each);
      this.sending = this.sending.filter((other) => other !== each);
      this.dispatchEvent(new Event("state"));
    }
    await this.act(FOLLOWS[kind]);
  }

  /** @param {string} text */
  complain(text) {
    this.#tell("problem", { text });
  }

  /**
   * @param {Sending} sending
   * @returns {Promise<void>}
   */
  #put(sending) {
    // fetch tells nothing of how much of a body has gone.
    const request = new XMLHttpRequest();
    const done = new Promise((resolve) => request.addEventListener("loadend", resolve));
    request.upload.addEventListener("progress", ({ loaded }) => {
      sending.sent = loaded;
      this.dispatchEvent(new Event("state"));
    });
    request.open("PUT", `files/${sending.kind}/${encodeURIComponent(sending.name)}`);
    request.send(sending.file);
    return done.then(() => {
      if (request.status === 409) this.complain(sentenceOf(JSON.parse(request.responseText)));
      else if (request.status !== 200) this.complain(t("uploadBroken", { name: sending.name }));
    });
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
 * Why an action was refused.
 *
 * @param {Response} answer
 */
async function whyNot(answer) {
  if (answer.status === 409) return sentenceOf(await answer.json());
  return t(answer.status === OUTDATED ? "outdated" : "failed");
}
