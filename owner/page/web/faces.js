// Step 4, the faces: photos are dropped, each face is labelled by a click or a key, the helper fills in the rest.

import { element, icon } from "../../../playground/page/element.js";
import { dropPlace, onTheirWay } from "./drop.js";
import { sentenceOf, t } from "./language.js";
import { note, progressOf } from "./progress.js";
import { Region } from "./region.js";

/** The keys that label the face that has the keyboard. @type {Record<string, Label>} */
const KEYS = { 1: 1, 2: -1, 3: 0 };
/** What a click makes of a label. @type {Record<string, Label>} */
const NEXT = { 0: 1, 1: -1, "-1": 0 };

/** @implements {StepPage} */
export class FacesStep {
  #client;
  #place;
  #regions;
  /** @type {Map<string, HTMLElement>} */
  #tiles = new Map();
  #said = element("p", { class: "muted" });

  /** @param {import("./client.js").Client} client */
  constructor(client) {
    this.#client = client;
    this.#regions = [
      new Region(
        () => client.sending.map(({ name, sent }) => [name, sent]),
        () => element("ul", { class: "files" }, onTheirWay(client, "photos")),
      ),
      new Region(
        ({ faces }) => [faces.jobs, faces.photos, faces.sheet.length],
        ({ faces }) => [this.#stand(faces), faces.jobs.map(progressOf)],
      ),
      new Region(
        ({ faces }) => [faces.attribute, faces.sheet.map(([name]) => name)],
        ({ faces }) => faces.sheet.length > 0 && this.#sheet(faces),
      ),
      new Region(
        ({ faces }) => [faces.sheet.length > 0, faces.jobs.map(({ state }) => state), faces.is_trained],
        ({ faces }) => faces.sheet.length > 0 && this.#buttons(faces),
      ),
    ];
    this.#place = dropPlace(client, "photos", {
      title: t("dropPhotos"),
      hint: t("dropPhotosHint"),
      accept: "image/*,.zip",
    });
    this.nodes = [note(t("withoutPhotos")), this.#place, ...this.#regions.map((region) => region.node)];
  }

  /** @param {ProjectState} state */
  update(state) {
    this.#place.classList.toggle("compact", state.faces.sheet.length > 0);
    for (const region of this.#regions) region.update(state);
    // The pictures stay: only what is said of each changes.
    for (const face of state.faces.sheet) mark(this.#tiles.get(face[0]), face);
    const said = state.faces.sheet.filter(([, label]) => label).length;
    this.#said.textContent = t("sheetHint", { said, all: state.faces.sheet.length });
  }

  /** @param {FacesState} faces */
  #sheet({ attribute, attributes, sheet }) {
    const select = element(
      "select",
      { id: "attribute", onchange: () => this.#client.act("choose_attribute", { attribute: select.value }) },
      attributes.map(([each, words]) =>
        element("option", { value: each, selected: each === attribute }, sentenceOf(words)),
      ),
    );
    this.#tiles = new Map(sheet.map(([name], at) => [name, this.#tile(name, at, sheet.length)]));
    return element(
      "section",
      { class: "card sheet" },
      element("label", { class: "question" }, element("span", {}, t("isThere")), select),
      this.#said,
      element(
        "ul",
        {},
        [...this.#tiles.values()].map((tile) => element("li", {}, tile)),
      ),
    );
  }

  /**
   * @param {string} name
   * @param {number} at
   * @param {number} all
   */
  #tile(name, at, all) {
    return element(
      "button",
      {
        ...{ type: "button", id: `face-${at}`, class: "tile" },
        /** @param {MouseEvent & { currentTarget: HTMLElement }} event */
        onclick: ({ currentTarget }) => this.#label(name, NEXT[currentTarget.dataset.said ?? "0"]),
        /** @param {KeyboardEvent} event */
        onkeydown: (event) => this.#key(event, name, at, all),
      },
      element("img", { src: `documents/face-${encodeURIComponent(name)}`, alt: "", loading: "lazy" }),
      element("span"),
    );
  }

  /**
   * @param {KeyboardEvent} event
   * @param {string} name
   * @param {number} at
   * @param {number} all
   */
  #key(event, name, at, all) {
    const label = KEYS[event.key];
    const step = label === undefined ? { ArrowRight: 1, ArrowLeft: -1 }[event.key] : 1;
    if (step === undefined) return;
    event.preventDefault();
    if (label !== undefined) this.#label(name, label);
    document.getElementById(`face-${Math.min(all - 1, Math.max(0, at + step))}`)?.focus();
  }

  /**
   * @param {string} face
   * @param {Label} label
   */
  #label(face, label) {
    return this.#client.act("label_face", { face, label });
  }

  /** @param {FacesState} faces */
  #stand({ jobs, photos, sheet }) {
    const isLooking = !sheet.length && jobs.some(({ state }) => state === "running");
    const stand = isLooking ? t("photosLooked", { photos }) : t("photosKept", { photos, kept: sheet.length });
    const remove = () => confirm(t("removePhotosAsk")) && void this.#client.act("remove_photos");
    return (
      photos > 0 && [
        element("p", { class: "muted" }, stand),
        element(
          "p",
          {},
          element(
            "button",
            { type: "button", id: "remove_photos", class: "press secondary", onclick: remove },
            t("removePhotos"),
          ),
        ),
      ]
    );
  }

  /** @param {FacesState} faces */
  #buttons({ jobs, is_trained: trained }) {
    /**
     * @param {string} kind
     * @param {string} action
     * @param {Child[]} content
     */
    const button = (kind, action, ...content) =>
      element(
        "button",
        { type: "button", id: action, class: `press large ${kind}`, onclick: () => this.#client.act(action) },
        content,
      );
    if (jobs.some(({ state }) => state === "running"))
      return button("secondary", "stop_faces", icon("stop"), t("stop"));
    return element(
      "p",
      { class: "buttons" },
      button("secondary", "fill_labels", t("fillLabels")),
      button("primary", "train_faces", icon("play"), t(trained ? "learnAnew" : "trainFaces")),
    );
  }
}

/**
 * Show on a tile what is said of the face, or guessed.
 *
 * @param {HTMLElement | undefined} tile
 * @param {Face} face
 */
function mark(tile, [, label, guess]) {
  if (tile === undefined || tile.dataset.seen === `${label} ${guess}`) return;
  const shown = label || guess;
  const word = t(shown > 0 ? "label_yes" : shown < 0 ? "label_no" : "label_unknown");
  Object.assign(tile.dataset, { seen: `${label} ${guess}`, said: label, label: shown, guessed: label === 0 });
  tile.setAttribute("aria-label", t("faceIs", { number: Number(tile.id.slice(5)) + 1, word }));
  if (tile.lastChild) tile.lastChild.textContent = word;
}
