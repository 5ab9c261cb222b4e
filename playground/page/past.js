// What was sent before, newest last: ↑ in an empty input brings it back, ↓ goes forward again. Knows nothing of the
// DOM.

const MOST = 50;

export class Past {
  #texts = [];
  #at = 0;

  keep(text) {
    if (this.#texts.at(-1) !== text) this.#texts.push(text);
    this.#texts = this.#texts.slice(-MOST);
    this.#at = this.#texts.length;
  }

  /** The text before, or null where the key is not meant for us: something of one's own stands in the input. */
  back(current) {
    if (!this.#ours(current) || this.#at === 0) return null;
    this.#at -= 1;
    return this.#texts[this.#at];
  }

  forth(current) {
    if (!this.#ours(current) || this.#at >= this.#texts.length) return null;
    this.#at += 1;
    return this.#texts[this.#at] ?? "";
  }

  #ours(current) {
    if (current === "") this.#at = this.#texts.length;
    return current === "" || current === this.#texts[this.#at];
  }
}
