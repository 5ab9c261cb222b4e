// The composition root: makes every part once and shows the step that the address names. Nothing is decided here.

import { byId } from "../../../playground/page/element.js";
import { Banner } from "./banner.js";
import { ChatStep } from "./chat.js";
import { Client } from "./client.js";
import { DiscordStep } from "./discord.js";
import { FacesStep } from "./faces.js";
import { LearnStep } from "./learn.js";
import { ListenStep } from "./listen.js";
import { choose, locale, nextLocale } from "./language.js";
import { PeopleStep } from "./people.js";
import { Shell } from "./shell.js";

const STEPS = {
  chat: ChatStep,
  people: PeopleStep,
  learn: LearnStep,
  faces: FacesStep,
  listen: ListenStep,
  discord: DiscordStep,
};

const client = new Client();
new Banner(client);
const shell = new Shell(client, STEPS, () => {
  choose(nextLocale());
  show();
});

function show() {
  document.documentElement.lang = locale();
  shell.show(location.hash.slice(1));
}

window.addEventListener("hashchange", () => {
  show();
  byId("step").focus({ preventScroll: true });
});
client.addEventListener("state", () => shell.update());
// A file that misses the place for it must not take the page's place.
for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
show();
client.connect();
