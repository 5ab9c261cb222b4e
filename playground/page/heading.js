// The bar over the messages (room, topic, the two drawers' buttons), and the drawers themselves.
// Narrow: both sides slide in over the room. Wide: the left one always stands, the people can be hidden.

import { avatar } from "./avatar.js";
import { byId, element, focused, icon, iconButton } from "./element.js";
import { t } from "./language.js";

const PHONE = matchMedia("(max-width: 760px)");
const NARROW = matchMedia("(max-width: 1020px)");

export class Heading {
  #page;
  #bar = byId("heading");
  #left = byId("left");
  #people = byId("people");
  #scrim = byId("scrim");
  #open = { left: false, people: !NARROW.matches };

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    for (const kind of ["world", "messages"]) page.store.addEventListener(kind, () => this.render());
    page.store.addEventListener("selected", () => this.#chosen());
    page.addEventListener("language", () => this.render());
    this.#scrim.addEventListener("click", () => this.#close());
    document.addEventListener(
      "keydown",
      (event) =>
        event.key === "Escape" && !document.querySelector("dialog[open]") && !this.#scrim.hidden && this.#close(),
    );
    for (const query of [PHONE, NARROW])
      query.addEventListener("change", () => this.#set({ left: false, people: !NARROW.matches }));
    this.#set(this.#open);
  }

  render() {
    const { store } = this.#page;
    const channel = store.channel();
    if (!channel) return;
    const active = focused();
    const focus = active && this.#bar.contains(active) && active.className;
    const direct = channel.type === 1;
    const name = direct ? store.titleOf(channel) : channel.name;
    this.#bar.replaceChildren(
      iconButton("menu", t("openChannels"), () => this.#set({ left: true, people: false }), {
        class: `icon-button menu${store.unread.size ? " unread" : ""}`,
        "aria-expanded": String(this.#open.left),
      }),
      direct ? avatar(store.partner(channel), name, "small") : icon("hash"),
      element("h1", {}, name),
      channel.topic ? element("p", { class: "topic" }, channel.topic) : "",
      iconButton("people", t("togglePeople"), () => this.#set({ left: false, people: !this.#open.people }), {
        class: "icon-button toggle-people",
        "aria-expanded": String(this.#open.people),
      }),
    );
    if (focus) /** @type {HTMLElement | null} */ (this.#bar.querySelector(`.${focus.split(" ")[1]}`))?.focus();
  }

  #chosen() {
    if (PHONE.matches) this.#close();
    this.render();
  }

  #close() {
    this.#set({ left: false, people: false });
  }

  /** @param {{ left: boolean; people: boolean }} open */
  #set(open) {
    this.#open = open;
    document.body.classList.toggle("left-open", open.left);
    document.body.classList.toggle("people-open", open.people);
    this.#left.inert = PHONE.matches && !open.left;
    this.#people.inert = !open.people;
    this.#scrim.hidden = !(PHONE.matches && (open.left || open.people)) && !(NARROW.matches && open.people);
    this.render();
    if (PHONE.matches && open.left)
      /** @type {HTMLElement | null} */ (this.#left.querySelector("[aria-current]"))?.focus();
  }
}
