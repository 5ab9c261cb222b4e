// Step 1, the chat: exports are dropped here, and what was read in them stands in a table.

import { element, icon, iconButton } from "../../../playground/page/element.js";
import { dropPlace, onTheirWay } from "./drop.js";
import { number, sentenceOf, size, t } from "./language.js";
import { note, progressOf } from "./progress.js";
import { Region } from "./region.js";

const APPS = /** @type {const} */ (["windows", "macos", "android", "iphone", "whatsapp", "telegram"]);

/** @implements {StepPage} */
export class ChatStep {
  #client;
  #place;
  #files;
  #report;

  /** @param {import("./client.js").Client} client */
  constructor(client) {
    this.#client = client;
    this.#place = dropPlace(client, "chat", {
      title: t("dropChat"),
      hint: t("dropChatHint"),
      accept: ".txt,.csv,.zip,.json",
    });
    this.#files = new Region(
      ({ chat }) => [chat.files, client.sending.map(({ name, sent }) => [name, sent])],
      ({ chat }) => this.#list(chat.files),
    );
    this.#report = new Region(
      ({ chat, people }) => [chat.job, chat.report, people.friends.map(({ name }) => name)],
      ({ chat, people }) => [
        chat.job && (chat.job.state === "running" || chat.job.state === "failed") && progressOf(chat.job),
        chat.report && tableOf(chat.report, people.friends),
      ],
    );
    this.nodes = [this.#place, howTo(), this.#files.node, this.#report.node];
  }

  /** @param {ProjectState} state */
  update(state) {
    // What was asked for has come: more of it needs less room.
    this.#place.classList.toggle("compact", state.chat.files.length > 0);
    this.#files.update(state);
    this.#report.update(state);
  }

  /** @param {DroppedFile[]} files */
  #list(files) {
    const rows = files.map(({ name, size: bytes }) =>
      element(
        "li",
        { class: "file" },
        icon("file"),
        element("span", { class: "label" }, name),
        element("small", { class: "muted" }, size(bytes)),
        iconButton("close", t("removeFile", { name }), () => this.#client.act("remove_chat", { name })),
      ),
    );
    const all = [...rows, ...onTheirWay(this.#client, "chat")];
    return all.length > 0 && element("ul", { class: "files" }, all);
  }
}

function howTo() {
  return element(
    "details",
    { class: "card how" },
    element("summary", {}, t("howToExport")),
    element(
      "dl",
      {},
      APPS.map((app) => [element("dt", {}, t(`on_${app}`)), element("dd", {}, t(`export_${app}`))]),
    ),
  );
}

/**
 * @param {ChatReport} report
 * @param {Friend[]} friends
 */
function tableOf(report, friends) {
  const { repeated = 0, ...others } = report.not_messages;
  return [
    element(
      "section",
      { class: "card figures", "aria-label": t("whatWasRead") },
      figure(report.messages, t("messages")),
      figure(report.people, t("people_count")),
      figure(report.days, t("days")),
      figure(report.sessions, t("conversations")),
    ),
    element(
      "p",
      { class: "muted" },
      report.first && report.last && t("fromTo", { ...span(report) }),
      friends.length > 0 && ` · ${friends.map(({ name }) => name).join(", ")}`,
    ),
    report.warnings.map((warning) => note(sentenceOf(warning), "warn")),
    element(
      "div",
      { class: "tables" },
      countsOf(t("personalData"), report.words, report.removed, t("personalDataNone")),
      countsOf(
        t("leftOut"),
        report.words,
        { ...others, ...report.dropped, left_out: report.left_out },
        t("leftOutNone"),
      ),
    ),
    element("p", { class: "muted" }, repeated ? t("thereTwice", { count: repeated }) : t("nothingTwice")),
    element("p", { class: "muted" }, t("readAs", { formats: formatsOf(report) })),
  ];
}

/** @param {ChatReport} report */
const span = ({ first, last }) => ({ first: first?.slice(0, 10), last: last?.slice(0, 10) });

/** @param {ChatReport} report */
const formatsOf = ({ files }) => [...new Set(files.map((file) => file.format))].join(", ");

/**
 * @param {number} value
 * @param {string} name
 */
function figure(value, name) {
  return element("p", {}, element("strong", {}, number(value)), element("span", {}, name));
}

/**
 * A table of how many of what, the most first.
 *
 * @param {string} title
 * @param {Record<string, Worded>} words
 * @param {Record<string, number>} counts
 * @param {string} none
 */
function countsOf(title, words, counts, none) {
  const rows = Object.entries(counts)
    .filter(([, count]) => count)
    .sort(([, one], [, other]) => other - one);
  const all = rows.reduce((sum, [, count]) => sum + count, 0);
  return element(
    "section",
    { class: "card counts" },
    element("h2", {}, title, rows.length > 0 && element("b", {}, number(all))),
    rows.length > 0
      ? element(
          "table",
          {},
          element(
            "tbody",
            {},
            rows.map(([name, count]) =>
              element(
                "tr",
                {},
                element("th", { scope: "row" }, sentenceOf(words[name])),
                element("td", {}, number(count)),
              ),
            ),
          ),
        )
      : element("p", { class: "muted" }, none),
  );
}
