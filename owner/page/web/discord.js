// Step 6, Discord: the token, the way into a server, and a bot that goes on when this page is closed.

import { element, icon } from "../../../playground/page/element.js";
import { sentenceOf, t } from "./language.js";
import { portalPicture } from "./portal.js";
import { note } from "./progress.js";
import { Region } from "./region.js";

const PORTAL = "https://discord.com/developers/applications";

/** @implements {StepPage} */
export class DiscordStep {
  #client;
  #regions;

  /** @param {import("./client.js").Client} client */
  constructor(client) {
    this.#client = client;
    this.#regions = [
      new Region(
        ({ discord }) => [discord.bot?.name, discord.has_token, discord.problem],
        ({ discord }) => this.#token(discord),
      ),
      new Region(
        ({ discord }) => discord.bot,
        ({ discord }) => discord.bot !== null && this.#invite(discord.bot),
      ),
      new Region(
        ({ discord, listen }) => [discord, listen.bundle],
        (state) => state.discord.has_token && this.#run(state),
      ),
    ];
    this.nodes = this.#regions.map((region) => region.node);
    void client.act("look_again");
  }

  /** @param {ProjectState} state */
  update(state) {
    for (const region of this.#regions) region.update(state);
  }

  /** @param {DiscordState} discord */
  #token({ bot, has_token: isKept, problem }) {
    if (isKept)
      return element(
        "section",
        { class: "card" },
        element("h2", {}, t("tokenTitle")),
        note(bot ? t("tokenKept", { name: bot.name }) : t("tokenIsKept"), "good"),
        problem && note(sentenceOf(problem), "bad"),
        element(
          "p",
          { class: "buttons" },
          problem && this.#button("tryAgain", "play", "look_again", true),
          this.#button("otherToken", "close", "forget_token", false),
        ),
      );
    const input = element("input", {
      ...{ type: "password", id: "token", autocomplete: "off", spellcheck: "false", required: true },
      "aria-label": t("tokenTitle"),
      placeholder: t("tokenPlace"),
    });
    return element(
      "section",
      { class: "card" },
      element("h2", {}, t("tokenTitle")),
      element(
        "ol",
        { class: "how-to" },
        element("li", {}, link(PORTAL, t("portal")), t("tokenNew")),
        element("li", {}, t("tokenReset")),
        element("li", {}, t("tokenPaste")),
      ),
      element(
        "form",
        {
          class: "row",
          onsubmit: (event) => {
            event.preventDefault();
            void this.#client.act("token", { token: input.value }).then((went) => went && (input.value = ""));
          },
        },
        input,
        element("button", { class: "press primary" }, t("checkToken")),
      ),
      element("p", { class: "muted" }, t("tokenSafe")),
    );
  }

  /** @param {Bot} bot */
  #invite({ is_public: isPublic, invite, servers }) {
    return element(
      "section",
      { class: "card" },
      element("h2", {}, t("inviteTitle")),
      isPublic ? note(t("isPublic"), "warn") : note(t("isPrivate"), "good"),
      isPublic && [
        portalPicture(),
        element("p", { class: "muted" }, t("publicHint")),
        element(
          "button",
          { type: "button", class: "press secondary", onclick: () => this.#client.act("look_again") },
          t("lookAgain"),
        ),
      ],
      element("p", {}, t("inviteHint")),
      element(
        "a",
        {
          class: `press ${isPublic ? "secondary" : "primary"}`,
          href: invite,
          target: "_blank",
          rel: "noopener noreferrer",
        },
        t("invite"),
        icon("out"),
      ),
      servers.length > 0 && element("p", { class: "muted" }, t("isOn", { servers: servers.join(", ") })),
    );
  }

  /** @param {ProjectState} state */
  #run({ discord, listen }) {
    const { run, fault, is_kept_running: isKept, said } = discord;
    const isOn = run === "running";
    const startOrStop = isOn
      ? this.#button("stop", "stop", "stop_bot", false)
      : this.#button("start", "play", "start_bot", true);
    const keepOrNot = isKept
      ? this.#button("serviceStop", "stop", "remove_service", false)
      : this.#button("serviceStart", "check", "install_service", false);
    return element(
      "section",
      { class: "card" },
      element("h2", {}, t("runTitle")),
      !listen.bundle && note(t("noBundleYet"), "warn"),
      fault && note(sentenceOf(fault), "bad"),
      (isOn || isKept) && note(t(isKept ? "serviceOn" : "botOn"), "good"),
      element("p", { class: "buttons" }, !isKept && startOrStop, keepOrNot),
      element("p", { class: "muted" }, t("serviceHint")),
      said.length > 0 && element("details", {}, element("summary", {}, t("log")), element("pre", {}, said.join("\n"))),
    );
  }

  /**
   * @param {"stop" | "start" | "serviceStop" | "serviceStart" | "tryAgain" | "otherToken"} text
   * @param {string} sign
   * @param {string} action
   * @param {boolean} first
   */
  #button(text, sign, action, first) {
    return element(
      "button",
      {
        ...{ type: "button", id: action, class: `press ${first ? "primary" : "secondary"}` },
        onclick: () => this.#client.act(action),
      },
      icon(sign),
      t(text),
    );
  }
}

/**
 * @param {string} href
 * @param {string} text
 */
const link = (href, text) => element("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
