// The corner that says who the viewer is: another friend can be chosen, and the other language.

import { avatar, colourOf } from "./avatar.js";
import { byId, element, icon, iconButton } from "./element.js";
import { nextLocale, t, textIn } from "./language.js";

export class Identity {
  #page;
  #corner = byId("identity");

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    page.store.addEventListener("world", () => this.render());
    page.addEventListener("language", () => this.render());
  }

  render() {
    const { store } = this.#page;
    if (!store.me) return;
    const name = store.nameOf(store.me);
    this.#corner.replaceChildren(
      element(
        "button",
        {
          type: "button",
          class: "me",
          title: t("be"),
          "aria-label": `${name}. ${t("be")}`,
          "aria-haspopup": "dialog",
          onclick: () => this.#choose(),
        },
        avatar(store.me, name, "medium"),
        element("span", { class: "label" }, element("strong", {}, name), element("small", {}, t("be"))),
        icon("swap"),
      ),
      this.#languages(),
    );
  }

  #languages() {
    const other = nextLocale();
    const label = `${t("chooseLanguage")}: ${textIn(other, "language")}`;
    return element(
      "button",
      {
        type: "button",
        class: "language",
        title: label,
        "aria-label": label,
        lang: other,
        onclick: () => this.#page.speak(other),
      },
      textIn(other, "languageShort"),
    );
  }

  #choose() {
    const { store } = this.#page;
    const people = [...store.members.values()].map((member) => member.user).filter((user) => !user.bot);
    /** @param {User} user */
    const be = (user) => {
      dialog.close();
      if (user.id !== store.me.id) this.#page.be(user.id);
    };
    const dialog = element(
      "dialog",
      { class: "modal small", "aria-labelledby": "be-title", onclose: () => dialog.remove() },
      element(
        "header",
        {},
        element("h2", { id: "be-title" }, t("beTitle")),
        iconButton("close", t("close"), () => dialog.close()),
      ),
      element(
        "div",
        { class: "modal-body friends" },
        people.map((user) => this.#friend(user, be)),
      ),
    );
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.showModal();
  }

  /**
   * @param {User} user
   * @param {(user: User) => void} be
   */
  #friend(user, be) {
    const { store } = this.#page;
    const name = store.nameOf(user);
    const role = store.roleOf(user);
    return element(
      "button",
      { type: "button", class: "friend", "aria-pressed": String(user.id === store.me.id), onclick: () => be(user) },
      avatar(user, name),
      element("span", { class: "name", vars: { own: colourOf(user) } }, name),
      role && element("span", { class: "tag quiet" }, role.name),
    );
  }
}
