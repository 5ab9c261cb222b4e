// The history of what was sent, newest last: ↑ in an empty input brings it back, ↓ goes forward again. Knows nothing of the
// DOM.

const MOST = 50;

export class History {
  /** @type {string[]} */
  #texts = [];
  #at = 0;

  /** @param {string} text */
  keep(text) {
    if (this.#texts.at(-1) !== text) this.#texts.push(text);
    this.#texts = this.#texts.slice(-MOST);
    this.#at = this.#texts.length;
  }

  /**
   * The text before, or null where the key is not meant for us: something of one's own stands in the input.
   *
   * @param {string} current
   */
  back(current) {
    if (!this.#ours(current) || this.#at === 0) return null;
    this.#at -= 1;
    return this.#texts[this.#at];
  }

  /** @param {string} current */
  forth(current) {
    if (!this.#ours(current) || this.#at >= this.#texts.length) return null;
    this.#at += 1;
    return this.#texts[this.#at] ?? "";
  }

  /** @param {string} current */
  #ours(current) {
    if (current === "") this.#at = this.#texts.length;
    return current === "" || current === this.#texts[this.#at];
  }
}
