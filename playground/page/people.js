// The right side: who is here, the bot among them, by the roles that are shown apart and then by who is online. The
// invented friends always are.

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
    const apart = bots.filter((user) => awake(user) && store.roleOf(user));
    const roles = [...new Set(apart.map((user) => store.roleOf(user)))];
    this.#side.setAttribute("aria-label", t("togglePeople"));
    this.#side.replaceChildren(
      ...roles.flatMap((role) =>
        this.#group(
          role?.name ?? "",
          "online",
          apart.filter((user) => store.roleOf(user) === role),
        ),
      ),
      ...this.#group(
        t("online"),
        "online",
        bots.filter((user) => awake(user) && !apart.includes(user)),
      ),
      ...this.#group(
        t("offline"),
        "offline",
        bots.filter((user) => !awake(user)),
      ),
    );
  }

  /**
   * @param {string} title
   * @param {"online" | "offline"} presence
   * @param {User[]} users
   */
  #group(title, presence, users) {
    if (!users.length) return [];
    return [
      element("h2", {}, `${title} — ${users.length}`),
      element(
        "ul",
        { class: presence },
        users.map((user) => this.#person(user, presence)),
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
