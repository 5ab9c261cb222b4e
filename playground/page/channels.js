// The left side: the rail with the server and direct messages, and the list of channels with unread dots.

import { avatar, initialsOf } from "./avatar.js";
import { byId, element, focused, icon } from "./element.js";
import { t } from "./language.js";

export class Channels {
  #page;
  #rail = byId("rail");
  #list = byId("channels");

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    for (const kind of ["world", "selected", "messages", "presence"])
      page.store.addEventListener(kind, () => this.render());
    page.addEventListener("language", () => this.render());
  }

  render() {
    const { store } = this.#page;
    if (!store.guild) return;
    this.#keepFocus(() => {
      this.#rail.setAttribute("aria-label", t("server"));
      this.#rail.replaceChildren(
        ...this.#direct().map((channel) => this.#railDirect(channel)),
        element("hr"),
        this.#server(),
      );
      this.#list.setAttribute("aria-label", t("channels"));
      this.#list.replaceChildren(
        element("h1", { class: "guild" }, store.guild.name),
        element("h2", {}, t("channels")),
        element(
          "ul",
          {},
          store.textChannels().map((channel) => this.#row(channel)),
        ),
        this.#direct().length ? element("h2", {}, t("direct")) : "",
        element(
          "ul",
          {},
          this.#direct().map((channel) => this.#row(channel)),
        ),
      );
    });
    this.#title();
  }

  #direct() {
    return this.#page.store.directChannels();
  }

  /** @param {Channel} channel */
  #select(channel) {
    this.#page.store.select(channel.id);
  }

  /** @param {Channel} channel */
  #railDirect(channel) {
    const { store } = this.#page;
    const name = store.titleOf(channel);
    return this.#knob(
      avatar(store.partner(channel), name, "knob"),
      name,
      channel,
      store.selected === channel.id,
      store.unread.has(channel.id),
    );
  }

  #server() {
    const { store } = this.#page;
    const texts = store.textChannels();
    const here = texts.some((channel) => channel.id === store.selected);
    const unread = !here && texts.some((channel) => store.unread.has(channel.id));
    return this.#knob(
      element("span", { class: "server" }, initialsOf(store.guild.name)),
      store.guild.name,
      texts[0],
      here,
      unread,
    );
  }

  /**
   * @param {HTMLElement} face
   * @param {string} name
   * @param {Channel} channel
   * @param {boolean} here
   * @param {boolean} unread
   */
  #knob(face, name, channel, here, unread) {
    const label = unread ? `${name}, ${t("unread")}` : name;
    return element(
      "button",
      {
        type: "button",
        class: `rail-button${unread ? " unread" : ""}`,
        title: name,
        "aria-label": label,
        "aria-current": here && "page",
        "data-focus": `rail ${channel?.id}`,
        onclick: () => channel && this.#select(channel),
      },
      face,
    );
  }

  /** @param {Channel} channel */
  #row(channel) {
    const { store } = this.#page;
    const direct = channel.type === 1;
    const name = direct ? store.titleOf(channel) : channel.name;
    const unread = store.unread.has(channel.id);
    return element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: `channel${unread ? " unread" : ""}`,
          "aria-current": channel.id === store.selected && "page",
          "data-focus": `list ${channel.id}`,
          onclick: () => this.#select(channel),
        },
        direct ? avatar(store.partner(channel), name, "small") : icon("hash"),
        element("span", { class: "label" }, name),
        unread && element("span", { class: "dot", role: "img", "aria-label": t("unread") }),
      ),
    );
  }

  /**
   * The list is drawn anew on every message; the keyboard stays where it was.
   *
   * @param {() => void} draw
   */
  #keepFocus(draw) {
    const focus = focused()?.dataset.focus;
    draw();
    if (focus)
      /** @type {HTMLElement | null} */ (document.querySelector(`[data-focus="${CSS.escape(focus)}"]`))?.focus();
  }

  #title() {
    const { store } = this.#page;
    const channel = store.channel();
    const room = channel ? store.titleOf(channel) : "";
    document.title = `${store.unread.size ? "• " : ""}${room} · ${t("title")}`;
  }
}
