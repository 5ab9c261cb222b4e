// How far a job is: its stages, the one that runs with a bar, and the time left. Knows nothing of the job.

import { element, icon } from "../../../playground/page/element.js";
import { duration, sentenceOf, t } from "./language.js";

/** @param {Job} job */
export function progressOf(job) {
  return element(
    "section",
    { class: "card job", "aria-live": "off" },
    element(
      "p",
      { class: "job-head" },
      element("strong", {}, t(job.state === "failed" ? "failedJob" : job.state)),
      job.state === "running" && job.left !== null && element("span", {}, t("left", { time: duration(job.left) })),
    ),
    job.problem && note(sentenceOf(job.problem), "bad"),
    element(
      "ol",
      { class: "stages" },
      job.stages.map((stage) => stageRow(stage, job.state)),
    ),
  );
}

/**
 * @param {Stage} stage
 * @param {Job["state"]} state
 */
function stageRow(stage, state) {
  const isDone = stage.state === "done";
  const isRunning = stage.state === "running" && state === "running";
  const name = sentenceOf(stage.name);
  return element(
    "li",
    { class: isDone ? "done" : isRunning ? "running" : "waiting" },
    element("span", { class: "mark" }, isDone && icon("check")),
    element("span", { class: "label" }, name),
    isRunning && element("progress", { max: 1, value: stage.share, "aria-label": name }),
  );
}

/**
 * A sentence that stands out.
 *
 * @param {Child} text
 * @param {"good" | "bad" | "warn" | "plain"} kind
 */
export function note(text, kind = "plain") {
  return element("p", { class: `note ${kind}` }, (kind === "bad" || kind === "warn") && icon("alert"), text);
}
