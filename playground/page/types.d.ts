// The shapes that go over the wire and through the page, for the type check; never loaded by a browser. Only what the
// page reads is named. Source: Discord's reference.

type Page = import("./page.js").Page;
type Store = import("./store.js").Store;
type Field = import("./field.js").Field;

/** Texts by locale. */
type Translations = Record<string, string>;
type Translated = {
  name: string;
  description?: string;
  name_localizations?: Translations | null;
  description_localizations?: Translations | null;
};

type User = {
  id: string;
  username: string;
  global_name?: string | null;
  bot?: boolean;
  accent_color?: number | null;
};
type Member = { user: User; nick?: string | null; roles: string[] };
type Role = { id: string; name: string; hoist: boolean; position: number };
type Channel = {
  id: string;
  type: number;
  name: string;
  guild_id?: string;
  topic?: string | null;
  recipients: User[];
};
type Guild = { id: string; name: string; roles?: Role[]; channels: Channel[] };
type Emoji = { id?: string | null; name: string };

type Attachment = {
  id: string;
  filename: string;
  size: number;
  content_type?: string;
  url: string;
  description?: string;
  width?: number;
  height?: number;
};
/** A picture of an embed. */
type Media = { url: string; description?: string; width?: number; height?: number };
type Embed = {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  timestamp?: string;
  author?: { name: string; url?: string; icon_url?: string };
  footer?: { text: string; icon_url?: string };
  image?: Media;
  thumbnail?: Media;
  fields?: { name: string; value: string; inline?: boolean }[];
};

type SelectOption = { label: string; value: string; description?: string; default?: boolean; emoji?: Emoji };
/** Any component of a message or a modal; which parts there are depends on `type`. */
type Component = {
  type: number;
  id?: number;
  custom_id: string;
  style?: number;
  label?: string;
  description?: string;
  content?: string;
  emoji?: Emoji;
  url?: string;
  disabled?: boolean;
  placeholder?: string;
  required?: boolean;
  value?: string;
  min_length?: number;
  max_length?: number;
  min_values?: number;
  max_values?: number;
  options?: SelectOption[];
  component?: Component;
  components?: Component[];
};
type Modal = { title: string; custom_id: string; components: Component[] };

type Message = {
  id: string;
  type: number;
  channel_id: string;
  author: User;
  content: string;
  timestamp: string;
  edited_timestamp?: string | null;
  flags: number;
  nonce?: string;
  mentions?: User[];
  mention_everyone?: boolean;
  attachments?: Attachment[];
  embeds?: Embed[];
  components?: Component[];
  reactions?: { emoji: Emoji; count: number }[];
  interaction?: { name: string; user: User };
  interaction_metadata?: { name?: string; user: User };
  message_reference?: { message_id?: string };
  referenced_message?: Message | null;
};

type Choice = Translated & { value: string | number };
type CommandOption = Translated & {
  type: number;
  required?: boolean;
  autocomplete?: boolean;
  choices?: Choice[];
  options?: CommandOption[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
};
type Command = Translated & {
  id: string;
  type?: number;
  guild_id?: string;
  contexts?: number[] | null;
  dm_permission?: boolean;
  options?: CommandOption[];
};

/** A command or subcommand that can be run; `path` leads from the command to it, required options come first. */
type Leaf = { command: Command; path: (Command | CommandOption)[]; options: CommandOption[] };
/** The value behind a text that was picked from a list or uploaded. */
type Value = string | number | boolean;
/** What may be picked for an option. */
type Suggestion = { label: string; detail?: string | null; value: Value };
/** A command that was filled in, as the server takes it. */
type Form = { command: string; texts: Record<string, string>; values: Record<string, Value> };
/** A command as the server parsed it: texts and complaints by option, and text for which no option is left. */
type Reading = { leaf: Leaf; texts: Map<string, string>; errors: Map<string, string>; extra: string };
type Verdict = { type: "accepted" } | ({ type: "refused" } & Reading) | { type: "failed"; text: string };

/** What the viewer asked the bot and was not answered yet. */
type Asked = {
  nonce: string;
  kind: "command" | "press" | "modal";
  channelId: string;
  name?: string;
  title?: string;
  messageId?: string;
  customId?: string;
};
type Attempt = Asked & { state: "waiting" | "failed"; at: string; text?: string | null };

type WorldEvent = {
  type: "world";
  guild: Guild;
  dm_channels: Channel[];
  members: Member[];
  me: User;
  bot: User | null;
  bot_online?: boolean;
  greeting: Translations;
  words: string[];
  commands: Command[];
  messages: Record<string, Message[]>;
};
type ModalEvent = { type: "modal"; nonce: string; interaction_id: string; modal: Modal };
type ClockEvent = { type: "clock"; now: string; label: Translations };
/** What the server tells everybody; the answers below it, whoever asked. */
type ServerEvent =
  | WorldEvent
  | { type: "commands"; commands: Command[] }
  | { type: "presence"; bot_online: boolean }
  | { type: "message"; message: Message }
  | { type: "message_update"; message: Message }
  | { type: "message_delete"; id: string; channel_id: string }
  | { type: "acknowledged"; nonce: string }
  | ModalEvent
  | ClockEvent
  | Answer;
type ReadingEvent = {
  type: "reading" | "refused";
  nonce: string;
  command: string;
  texts: Record<string, string>;
  errors: Record<string, { key: string; values: Record<string, unknown> }>;
  extra: string;
};
type Answer =
  | ReadingEvent
  | { type: "accepted"; nonce: string; command: string }
  | { type: "choices"; nonce: string; choices: Choice[] }
  | { type: "failed"; nonce: string | null; text: string };

/** A connection: open, being made, or lost and tried again in `wait` milliseconds. */
type ConnectionState = { state: "open" | "connecting" | "lost"; wait?: number };

/** The parts of a message's Markdown, by type. */
type MarkdownParts = {
  text: { text: string };
  code: { text: string };
  everyone: { text: string };
  fence: { text: string; language: string };
  paragraph: Around;
  strong: Around;
  em: Around;
  underline: Around;
  strike: Around;
  small: Around;
  quote: Around;
  spoiler: Around;
  heading: Around & { level: number };
  item: Around & { mark: string; depth: number };
  link: Around & { url: string };
  user: { id: string };
  role: { id: string };
  channel: { id: string };
  command: { name: string };
  emoji: { name: string };
  time: { seconds: number; style?: string };
};
type Around = { children: MarkdownNode[] };
type MarkdownNode = { [Type in keyof MarkdownParts]: { type: Type } & MarkdownParts[Type] }[keyof MarkdownParts];
/** How a piece of text that fits the pattern becomes a node. */
type MarkdownRule = [RegExp, (match: RegExpExecArray, depth: number) => MarkdownNode];

/** What may stand inside a DOM node: nothing where it is absent. */
type Child = Node | string | number | false | null | undefined | "" | readonly Child[];

/** What a DOM node is made with: `on…` listeners, `class`, `vars` (CSS variables), and attributes. */
type Properties = {
  [attribute: string]: unknown;
  vars?: Record<string, string | number>;
  onclick?: (event: MouseEvent & { currentTarget: HTMLElement }) => unknown;
  oncontextmenu?: ((event: MouseEvent) => unknown) | null;
  onkeydown?: (event: KeyboardEvent & { target: HTMLElement }) => unknown;
  onpointerdown?: (event: PointerEvent) => unknown;
  onsubmit?: (event: SubmitEvent) => unknown;
};
type Upload = (file: File) => Promise<{ id: string; filename: string }>;
/** A row of the message list: what it shows is compared part by part, and made anew where one changed. */
type Item = { key: string; parts: readonly unknown[]; make: () => HTMLElement };
/** An item of the popup over the input, and what taking it does. */
type CompletionItem = { label: string; detail?: string | null; aside?: string; pick: () => unknown };
type CompletionContent = {
  heading?: Child;
  items?: CompletionItem[];
  active?: number;
  keys?: string;
  empty?: string | null;
};
