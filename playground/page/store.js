// What the page knows: the world as the server told it, and what only this viewer has chosen (channel, unread dots).
// Views listen to its events and read; only `apply` and the few verbs below change it. Knows nothing of the DOM or
// the wire.

import { Attempts } from "./attempts.js";
import { leavesOf, menuOf, offeredIn } from "./commands.js";
import { turnTo } from "./time.js";

/** Events: "world", "selected", "messages", "commands", "presence", "modal", "clock". */
export class Store extends EventTarget {
  /** Null until the server has told the world, like `me`: before that nothing is drawn. */
  guild = /** @type {Guild} */ (/** @type {unknown} */ (null));
  me = /** @type {User} */ (/** @type {unknown} */ (null));
  /** @type {Map<string, Channel>} */
  channels = new Map();
  /** @type {Map<string, Member>} */
  members = new Map();
  /** @type {Map<string, Message[]>} */
  messages = new Map();
  /** @type {Leaf[]} */
  leaves = [];
  /**
   * The commands of the context menu of messages.
   *
   * @type {Command[]}
   */
  menu = [];
  /** @type {User | null} */
  bot = null;
  botOnline = false;
  /**
   * What the server's clock can be turned to, by locale; null where it cannot be turned.
   *
   * @type {Translations | null}
   */
  label = null;
  /**
   * What is said first about this place, by locale.
   *
   * @type {Translations}
   */
  greeting = {};
  /**
   * What a newcomer may type where any text will do.
   *
   * @type {string[]}
   */
  words = [];
  selected = "";
  /** @type {Set<string>} */
  unread = new Set();
  attempts = new Attempts(() => this.#tell("messages"));

  /**
   * Take in one event of the server.
   *
   * @param {ServerEvent} event
   */
  apply(event) {
    const take = /** @type {((event: ServerEvent) => void) | undefined} */ (this.#taking[event.type]);
    take?.(event);
  }

  /** @type {{ [Type in ServerEvent["type"]]?: (event: Extract<ServerEvent, { type: Type }>) => void }} */
  #taking = {
    world: (event) => this.#world(event),
    commands: ({ commands }) => this.#commands(commands),
    presence: ({ bot_online: online }) => this.#presence(online),
    message: ({ message }) => this.#message(message),
    message_update: ({ message }) => this.#update(message),
    message_delete: ({ id, channel_id: channelId }) => this.remove(channelId, id),
    acknowledged: ({ nonce }) => this.forget(nonce),
    modal: (event) => this.#modal(event),
    clock: (event) => this.#clock(event),
    failed: ({ nonce, text }) => (nonce ? this.fail(nonce, text) : this.#tell("refused", text)),
  };

  /** @param {WorldEvent} event */
  #world(event) {
    if (this.me && this.me.id !== event.me.id) this.attempts.forgetAll();
    else this.attempts.forgetWaiting();
    this.guild = event.guild;
    this.me = event.me;
    this.bot = event.bot;
    this.botOnline = event.bot_online ?? event.bot !== null;
    this.members = new Map(event.members.map((member) => [member.user.id, member]));
    this.channels = new Map([...event.guild.channels, ...event.dm_channels].map((channel) => [channel.id, channel]));
    this.messages = new Map(Object.entries(event.messages));
    this.greeting = event.greeting;
    this.words = event.words;
    this.leaves = leavesOf(event.commands);
    this.menu = menuOf(event.commands);
    this.unread = new Set([...this.unread].filter((id) => this.channels.has(id)));
    if (!this.channels.has(this.selected)) this.selected = this.textChannels()[0]?.id ?? "";
    this.#tell("world");
  }

  /** @param {Command[]} commands */
  #commands(commands) {
    this.leaves = leavesOf(commands);
    this.menu = menuOf(commands);
    this.#tell("commands");
  }

  /** @param {boolean} online */
  #presence(online) {
    this.botOnline = online;
    this.#tell("presence");
  }

  /** @param {Message} message */
  #message(message) {
    this.attempts.forget(message.nonce);
    const others = this.inChannel(message.channel_id).filter((one) => one.id !== message.id);
    this.messages.set(message.channel_id, [...others, message]);
    if (message.channel_id !== this.selected && message.author.id !== this.me.id) this.unread.add(message.channel_id);
    this.#tell("messages", message);
  }

  /** @param {Message} message */
  #update(message) {
    this.attempts.forgetOn(message.id);
    /** @param {Message} one */
    const merge = (one) => (one.id === message.id ? { ...one, ...message } : one);
    this.messages.set(message.channel_id, this.inChannel(message.channel_id).map(merge));
    this.#tell("messages", message);
  }

  /** @param {ModalEvent} event */
  #modal(event) {
    const channelId = this.attempts.channelOf(event.nonce) ?? this.selected;
    this.forget(event.nonce);
    this.#tell("modal", { ...event, channelId });
  }

  /** @param {ClockEvent} event */
  #clock({ now, label }) {
    turnTo(new Date(now));
    this.label = label;
    this.#tell("clock");
    this.#tell("messages");
  }

  /**
   * Take a message off the list: deleted for all, or dismissed here.
   *
   * @param {string} channelId
   * @param {string} id
   */
  remove(channelId, id) {
    this.attempts.forgetOn(id);
    this.messages.set(
      channelId,
      this.inChannel(channelId).filter((one) => one.id !== id),
    );
    this.#tell("messages");
  }

  /** @param {string} channelId */
  select(channelId) {
    this.selected = channelId;
    this.unread.delete(channelId);
    this.#tell("selected");
  }

  /** @param {Asked} attempt */
  begin(attempt) {
    this.attempts.begin(attempt);
    this.#tell("messages");
  }

  /**
   * @param {string | undefined} nonce
   * @param {string | null} text
   */
  fail(nonce, text) {
    this.attempts.fail(nonce, text);
    this.#tell("messages");
  }

  /** @param {string | undefined} nonce */
  forget(nonce) {
    this.attempts.forget(nonce);
    this.#tell("messages");
  }

  /** @param {string} channelId */
  inChannel(channelId) {
    return this.messages.get(channelId) ?? [];
  }

  channel() {
    return this.channels.get(this.selected) ?? null;
  }

  /** The commands that may be used in the selected channel. */
  offered() {
    const channel = this.channel();
    return this.leaves.filter((leaf) => channel && offeredIn(leaf.command, channel));
  }

  /** The commands that the context menu of a message in the selected channel has. */
  offeredOnMessages() {
    const channel = this.channel();
    return this.menu.filter((command) => channel && offeredIn(command, channel));
  }

  textChannels() {
    return [...this.channels.values()].filter((channel) => channel.type === 0);
  }

  directChannels() {
    return [...this.channels.values()].filter((channel) => channel.type === 1);
  }

  /**
   * The name a user goes by here: the nickname, the display name, the username.
   *
   * @param {User} user
   */
  nameOf(user) {
    return this.members.get(user.id)?.nick ?? user.global_name ?? user.username;
  }

  /**
   * The highest role of a user that is shown apart from the others, if there is one.
   *
   * @param {User} user
   */
  roleOf(user) {
    const own = this.members.get(user.id)?.roles ?? [];
    const apart = (this.guild.roles ?? []).filter((role) => role.hoist && own.includes(role.id));
    return apart.sort((one, other) => other.position - one.position)[0] ?? null;
  }

  /**
   * What to call a channel: "#잡담", or the other person's name.
   *
   * @param {Channel} channel
   */
  titleOf(channel) {
    return channel.type === 1 ? this.nameOf(this.partner(channel)) : `#${channel.name}`;
  }

  /**
   * The other person of a direct channel; where Discord lists only the viewer, it is the bot's own view of the
   * channel.
   *
   * @param {Channel} channel
   */
  partner(channel) {
    return channel.recipients.find((user) => user.id !== this.me.id) ?? this.bot ?? channel.recipients[0];
  }

  /**
   * @param {string} type
   * @param {unknown} [detail]
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
