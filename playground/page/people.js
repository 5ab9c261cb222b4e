// The right side: who is here, the bot among them, with a dot for who is online. The invented friends always are.

import { avatar, colourOf } from "./avatar.js";
import { byId, element } from "./element.js";
import { t } from "./language.js";

export class People {
  #page;
  #side = byId("people");

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    for (const kind of ["world", "presence"]) page.store.addEventListener(kind, () => this.render());
    page.addEventListener("language", () => this.render());
  }

  render() {
    const { store } = this.#page;
    if (!store.guild) return;
    const users = [...store.members.values()].map((member) => member.user);
    const bots = store.bot && !store.members.has(store.bot.id) ? [store.bot, ...users] : users;
    /** @param {User} user */
    const awake = (user) => !user.bot || store.botOnline;
    this.#side.setAttribute("aria-label", t("togglePeople"));
    this.#side.replaceChildren(
      ...this.#group("online", bots.filter(awake)),
      ...this.#group(
        "offline",
        bots.filter((user) => !awake(user)),
      ),
    );
  }

  /**
   * @param {"online" | "offline"} key
   * @param {User[]} users
   */
  #group(key, users) {
    if (!users.length) return [];
    return [
      element("h2", {}, `${t(key)} — ${users.length}`),
      element(
        "ul",
        { class: key },
        users.map((user) => this.#person(user, key)),
      ),
    ];
  }

  /**
   * @param {User} user
   * @param {string} presence
   */
  #person(user, presence) {
    const { store } = this.#page;
    const name = store.nameOf(user);
    return element(
      "li",
      { class: "person" },
      element("span", { class: `presence ${presence}` }, avatar(user, name, "medium")),
      element("span", { class: "label name", vars: { own: colourOf(user) } }, name),
      user.bot && element("span", { class: "tag" }, t("app")),
      user.id === store.me.id && element("span", { class: "tag quiet" }, t("youAre")),
    );
  }
}
