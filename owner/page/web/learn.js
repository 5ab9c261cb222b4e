// Step 3, learning: one button, how far it is, what it says meanwhile, and at the end what it is worth.

import { element, icon } from "../../../playground/page/element.js";
import { sentenceOf, t } from "./language.js";
import { note, progressOf } from "./progress.js";
import { Region } from "./region.js";

/** @implements {StepPage} */
export class LearnStep {
  #client;
  #regions;

  /** @param {import("./client.js").Client} client */
  constructor(client) {
    this.#client = client;
    this.#regions = [
      new Region(
        ({ learn, people, chat }) => [learn.job?.state, learn.is_stale, people.learnt_from, chat.report === null],
        (state) => this.#start(state),
      ),
      new Region(
        ({ learn }) => [learn.job?.state, learn.gives_away, learn.leaks_accepted],
        ({ learn }) => this.#leaks(learn),
      ),
      new Region(
        ({ learn }) => learn.job,
        ({ learn }) => learn.job && learn.job.state !== "done" && progressOf(learn.job),
      ),
      new Region(
        ({ learn }) => [learn.verdict, learn.card],
        ({ learn }) => resultOf(learn),
      ),
      new Region(
        ({ learn }) => [learn.epoch, learn.samples],
        ({ learn }) => learn.samples.length > 0 && samplesOf(learn),
      ),
    ];
    this.nodes = this.#regions.map((region) => region.node);
  }

  /** @param {ProjectState} state */
  update(state) {
    for (const region of this.#regions) region.update(state);
  }

  /** @param {ProjectState} state */
  #start({ learn, people, chat }) {
    const state = learn.job?.state;
    if (chat.report === null) return note(t("noChatYet"), "warn");
    if (people.learnt_from === 0) return note(t("nobodyAgreedYet"), "warn");
    if (state === "running") return this.#button("stop", "stop", "secondary", "stop_learning");
    if (state === "stopped" || state === "failed")
      return element(
        "p",
        { class: "buttons" },
        this.#button("goOn", "play", "primary", "learn"),
        this.#button("learnAnew", "play", "secondary", "learn_anew"),
      );
    if (state === "done")
      return [
        learn.is_stale && note(t("stale"), "warn"),
        this.#button("learnAnew", "play", learn.is_stale ? "primary" : "secondary", "learn_anew"),
      ];
    return this.#button("learnNow", "play", "primary", "learn");
  }

  /** @param {LearnState} learn */
  #leaks({ job, gives_away: givesAway, leaks_accepted: accepted }) {
    if (!givesAway || job?.state === "running") return null;
    if (accepted) return note(t("leaksAccepted"), "warn");
    return [note(t("givesAway"), "bad"), this.#button("acceptLeaks", "alert", "danger", "accept_leaks")];
  }

  /**
   * @param {"acceptLeaks" | "stop" | "goOn" | "learnAnew" | "learnNow"} text
   * @param {string} sign
   * @param {string} kind
   * @param {string} action
   */
  #button(text, sign, kind, action) {
    return element(
      "button",
      { type: "button", id: action, class: `press large ${kind}`, onclick: () => this.#client.act(action) },
      icon(sign),
      t(text),
    );
  }
}

/** @param {LearnState} learn */
function resultOf({ verdict, card }) {
  if (verdict === null) return null;
  return element(
    "section",
    { class: "card verdict" },
    element("h2", {}, t("verdict")),
    element("p", {}, sentenceOf(verdict)),
    card && [
      element(
        "a",
        { class: "press secondary", href: `documents/${card}`, target: "_blank", rel: "noopener" },
        t("openCard"),
        icon("out"),
      ),
      element("iframe", { class: "quality", src: `documents/${card}`, title: t("card"), loading: "lazy" }),
    ],
  );
}

/** @param {LearnState} learn */
function samplesOf({ epoch, samples }) {
  return element(
    "section",
    { class: "card samples" },
    element("h2", {}, t("samples"), element("small", { class: "muted" }, t("epoch", { number: epoch }))),
    element(
      "div",
      { class: "sample" },
      samples.map((line) => element("p", { class: "bubble" }, line)),
    ),
  );
}
