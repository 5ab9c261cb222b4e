// The composition root: makes every part once and ties the wire to the store. Nothing is decided here.

import { Banner } from "./banner.js";
import { Channels } from "./channels.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { Heading } from "./heading.js";
import { Identity } from "./identity.js";
import { locale } from "./language.js";
import { Messages } from "./messages.js";
import { openModal } from "./modal.js";
import { Page } from "./page.js";
import { People } from "./people.js";
import { Socket } from "./socket.js";
import { Store } from "./store.js";
import { Hint } from "./welcome.js";

// The search says which server is shown, where there are several.
const socket = new Socket(
  `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/page/socket${location.search}`,
);
const store = new Store();
const page = new Page(store, socket);
for (const Part of [Channels, People, Identity, Heading, Clock, Messages, Hint]) new Part(page);
const composer = new Composer(page);
page.fill = (text) => composer.fill(text);
new Banner(page, socket);

store.addEventListener("modal", (event) => {
  const { detail } = /** @type {CustomEvent<ModalEvent & { channelId: string }>} */ (event);
  openModal(detail.modal, page, (components) => page.submitModal(detail, components));
});
socket.addEventListener("event", (event) => {
  const { detail } = /** @type {CustomEvent<ServerEvent>} */ (event);
  if (!page.answered(detail)) store.apply(detail);
});
document.documentElement.lang = locale();
socket.connect();
