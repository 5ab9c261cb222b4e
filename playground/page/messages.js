// The message list of the chosen channel: grouping, day separators, what is still awaited, and staying at the newest
// message; a newcomer begins at the top, with what is said about this place. Rows are kept while what they show is
// unchanged, so focus, opened spoilers and playing sound survive news elsewhere.

import { avatar, colourOf } from "./avatar.js";
import { byId, element, focused, icon } from "./element.js";
import { locale, t } from "./language.js";
import { above, failure, messageRow, thinking, usedText } from "./message.js";
import { day, daysAgo, now } from "./time.js";
import { isNewcomer, welcome } from "./welcome.js";

const GROUP_FOR = 7 * 60_000;
const PAGE_LENGTH = 120;
const NEAR = 80;

export class Messages {
  #page;
  #list = byId("messages");
  #scroll = byId("scroll");
  #newest = byId("newest");
  /** @type {Map<string, { signature: unknown[], node: HTMLElement }>} */
  #kept = new Map();
  #length = PAGE_LENGTH;
  #pinned = true;
  /** Whether the beginning is shown, until something is said or the viewer scrolls. */
  #atStart = isNewcomer();
  /** Where the list stood when it was last looked at: {top, height, room}. */
  #stood = { top: 0, height: 0, room: 0 };

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    const { store } = page;
    store.addEventListener("world", () => this.#open());
    store.addEventListener("selected", () => {
      this.#atStart = false;
      this.#open();
    });
    store.addEventListener("messages", (event) =>
      this.#told(/** @type {CustomEvent<Message | undefined>} */ (event).detail),
    );
    for (const kind of ["commands", "presence"]) store.addEventListener(kind, () => this.render());
    page.addEventListener("language", () => this.render());
    this.#scroll.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#newest.addEventListener("click", () => this.#pin());
    page.addEventListener("sent", () => this.#pin());
    page.addEventListener("sought", (event) => this.#seek(/** @type {CustomEvent<string>} */ (event).detail));
    // Pictures that load, the keyboard that opens, the composer that grows: the newest message stays in sight.
    const keep = new ResizeObserver(() => this.#grew());
    keep.observe(this.#list);
    keep.observe(this.#scroll);
  }

  #open() {
    this.#length = PAGE_LENGTH;
    this.#pinned = true;
    this.render();
  }

  /** @param {Message | undefined} message */
  #told(message) {
    if (message?.channel_id === this.#page.store.selected) this.#atStart = false;
    this.render();
  }

  render() {
    const channel = this.#page.store.channel();
    if (!channel) return;
    const focus = this.#focus();
    this.#place(this.#items(channel));
    if (focus) /** @type {HTMLElement | null} */ (this.#list.querySelector(focus))?.focus({ preventScroll: true });
    if (this.#pinned) this.#toEnd();
    this.#newest.replaceChildren(icon("down"), t("newest"));
    this.#newest.hidden = this.#pinned;
  }

  /**
   * What to show, in order.
   *
   * @param {Channel} channel
   */
  #items(channel) {
    const { store } = this.#page;
    const all = store.inChannel(channel.id);
    const shown = all.slice(-this.#length);
    const top =
      shown.length < all.length
        ? { key: "earlier", parts: [], make: () => this.#earlier() }
        : {
            key: "welcome",
            parts: [channel, store.leaves, store.bot, store.me],
            make: () => welcome(this.#page, channel),
          };
    return [
      top,
      ...shown.flatMap((message, at) => this.#rows(message, shown[at - 1])),
      ...store.attempts.inChannel(channel.id).map((one) => this.#attempt(one)),
    ];
  }

  /**
   * @param {Message} message
   * @param {Message | undefined} previous
   */
  #rows(message, previous) {
    const { store } = this.#page;
    const when = new Date(message.timestamp);
    const newDay = !previous || daysAgo(when, new Date(previous.timestamp)) !== 0;
    const continued = !newDay && continues(message, previous);
    const attempts = store.attempts.onMessage(message.id);
    const row = {
      key: message.id,
      parts: [message, continued, store.me, store.members, store.leaves, store.menu, ...attempts],
      make: () => messageRow(message, this.#page, { continued, attempts }),
    };
    return newDay ? [separator(when), row] : [row];
  }

  /** @param {Attempt} one */
  #attempt(one) {
    return { key: `attempt ${one.nonce}`, parts: [one], make: () => attemptRow(one, this.#page) };
  }

  #earlier() {
    const more = () => {
      const fromEnd = this.#scroll.scrollHeight - this.#scroll.scrollTop;
      this.#length += PAGE_LENGTH;
      this.#pinned = false;
      this.render();
      this.#scroll.scrollTop = this.#scroll.scrollHeight - fromEnd;
    };
    return element("button", { type: "button", class: "earlier", onclick: more }, t("earlier"));
  }

  /** @param {Item[]} items */
  #place(items) {
    /** @type {Map<string, { signature: unknown[], node: HTMLElement }>} */
    const kept = new Map();
    const shown = [locale(), day(now())];
    const nodes = items.map(({ key, parts, make }) => {
      const signature = [...shown, ...parts];
      const old = this.#kept.get(key);
      const same =
        old && old.signature.length === signature.length && old.signature.every((part, at) => part === signature[at]);
      const node = same ? old.node : make();
      kept.set(key, { signature, node });
      return node;
    });
    this.#kept = kept;
    /** @type {Set<Element>} */
    const wanted = new Set(nodes);
    [...this.#list.children].forEach((child) => wanted.has(child) || child.remove());
    nodes.forEach(
      (node, at) => this.#list.children[at] === node || this.#list.insertBefore(node, this.#list.children[at] ?? null),
    );
  }

  /** A selector that finds the focused button again after its row was drawn anew. */
  #focus() {
    const active = focused();
    const row = active && this.#list.contains(active) && active.closest("[data-id]");
    return row && active.dataset.customId
      ? `[data-id="${row.getAttribute("data-id")}"] [data-custom-id="${CSS.escape(active.dataset.customId)}"]`
      : null;
  }

  /**
   * Only a person's own scroll takes the list off its end: upwards, while nothing grew or shrank. What a picture, the
   * keyboard or a new row moves is no scroll of theirs.
   */
  #scrolled() {
    const before = this.#stood;
    const { top, height, room } = this.#look();
    if (top !== before.top) this.#atStart = false;
    if (height - top - room < NEAR) this.#pinned = true;
    else if (top < before.top && height === before.height && room === before.room) this.#pinned = false;
    this.#newest.hidden = this.#pinned;
  }

  #grew() {
    if (this.#pinned) this.#toEnd();
    else this.#look();
  }

  #look() {
    const { scrollTop: top, scrollHeight: height, clientHeight: room } = this.#scroll;
    this.#stood = { top, height, room };
    return this.#stood;
  }

  #pin() {
    this.#pinned = true;
    this.#atStart = false;
    this.#newest.hidden = true;
    this.#toEnd();
  }

  /** @param {string} id */
  #seek(id) {
    const all = this.#page.store.inChannel(this.#page.store.selected);
    const at = all.findIndex((message) => message.id === id);
    if (at < 0) return;
    this.#pinned = this.#atStart = false;
    this.#length = Math.max(this.#length, all.length - at);
    this.render();
    const row = this.#list.querySelector(`[data-id="${CSS.escape(id)}"]`);
    row?.scrollIntoView({ block: "center" });
    row?.animate([{ background: "var(--lifted)" }, {}], 2_000);
    this.#look();
  }

  #toEnd() {
    const atStart = this.#atStart && this.#page.store.greeting[locale()];
    this.#scroll.scrollTop = atStart ? 0 : this.#scroll.scrollHeight;
    this.#look();
  }
}

/**
 * @param {Message} message
 * @param {Message} previous
 */
function continues(message, previous) {
  const plain = !message.interaction_metadata?.name && !message.interaction && message.type !== 19;
  const close = Date.parse(message.timestamp) - Date.parse(previous.timestamp) < GROUP_FOR;
  return plain && close && previous.author.id === message.author.id && (previous.flags & 64) === (message.flags & 64);
}

/** @param {Date} when */
const separator = (when) => ({
  key: `day ${when.toDateString()}`,
  parts: [],
  make: () => element("div", { class: "day", role: "separator" }, element("span", {}, day(when))),
});

/**
 * A command on its way, or one that failed: seen only here, never part of the channel.
 *
 * @param {Attempt} one
 * @param {Page} page
 */
function attemptRow(one, page) {
  const { store } = page;
  const author = store.bot ?? store.me;
  const name = store.nameOf(author);
  const dismiss = element(
    "button",
    { type: "button", class: "plain", onclick: () => store.forget(one.nonce) },
    t("dismiss"),
  );
  const failed = [
    failure(one.text ?? t("noAnswer")),
    element("footer", { class: "only-you" }, icon("eye"), t("ephemeral"), " · ", dismiss),
  ];
  const context = one.name && above(store.me, page, usedText(store.me, one.name, page));
  return element(
    "article",
    { class: `message attempt${one.state === "failed" ? " ephemeral" : ""}` },
    context,
    avatar(author, name),
    element(
      "div",
      { class: "body" },
      element(
        "header",
        {},
        element("strong", { class: "name", vars: { own: colourOf(author) } }, name),
        author.bot && element("span", { class: "tag" }, t("app")),
      ),
      one.state === "failed" ? failed : thinking(t("sending", { command: one.title ?? "" })),
    ),
  );
}
