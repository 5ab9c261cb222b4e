// The shapes of the state that the server tells, for the type check; never loaded by a browser. What is shared with the
// chat page (Child, Properties, ConnectionState) stands in playground/page/types.d.ts.

type StepName = "chat" | "people" | "learn" | "faces" | "listen" | "discord";
type StepStatus = "todo" | "busy" | "problem" | "done";

/** A sentence in every language of the page. */
type Worded = Record<string, string>;

type Stage = { name: Worded; state: "waiting" | "running" | "done"; share: number };
/** `left` in seconds, where it can be known. */
type Job = {
  state: "running" | "stopped" | "failed" | "done";
  stages: Stage[];
  left: number | null;
  problem: Worded | null;
};

type DroppedFile = { name: string; size: number };
/** A file on its way; both sizes in bytes. */
type Sending = DroppedFile & { kind: string; sent: number; file: File };
/** What was read in all exports: training.text.corpus.report. */
type ChatReport = {
  messages: number;
  people: number;
  first: string | null;
  last: string | null;
  days: number;
  sessions: number;
  kept: number;
  left_out: number;
  lines: number;
  not_messages: Record<string, number>;
  removed: Record<string, number>;
  dropped: Record<string, number>;
  files: { format: string }[];
  warnings: Worded[];
  /** What is counted above, by its name there. */
  words: Record<string, Worded>;
};

type Consent = "unknown" | "yes" | "no";
type Friend = { name: string; aliases: string[]; messages: number; consent: Consent; withdrew: boolean };
/** A face on the sheet: its name, what the owner says of the attribute, and what the helper guesses. */
type Face = [name: string, label: Label, guess: Label];
type Label = -1 | 0 | 1;

type ChatState = { files: DroppedFile[]; report: ChatReport | null; job: Job | null };
/** `untied` are the Discord ids of those who withdrew and are nobody's here yet. */
type PeopleState = {
  friends: Friend[];
  untied: string[];
  learnt_from: number;
  agreed: number;
  messages: number;
  request: Worded;
  problem: Worded | null;
};
type LearnState = {
  job: Job | null;
  epoch: number;
  samples: string[];
  verdict: Worded | null;
  card: string | null;
  is_stale: boolean;
  /** Whether something came out that must not, and whether the owner took that on. */
  gives_away: boolean;
  leaks_accepted: boolean;
};
type FacesState = {
  photos: number;
  jobs: Job[];
  attribute: string;
  attributes: [name: string, words: Worded][];
  sheet: Face[];
  is_trained: boolean;
};
type ListenState = { url: string | null; bundle: boolean };
type Bot = { name: string; is_public: boolean; servers: string[]; invite: string };
type DiscordState = {
  has_token: boolean;
  bot: Bot | null;
  run: "none" | "running" | "done" | "stopped" | "failed";
  /** Why Discord could not be asked, and why the bot ended. */
  problem: Worded | null;
  fault: Worded | null;
  is_kept_running: boolean;
  said: string[];
};

type ProjectState = {
  type: "state";
  steps: Record<StepName, { status: StepStatus; may_go_on: boolean }>;
  chat: ChatState;
  people: PeopleState;
  learn: LearnState;
  faces: FacesState;
  listen: ListenState;
  discord: DiscordState;
};

/** One step: its parts, and how they follow the state. */
type StepPage = { nodes: HTMLElement[]; update(state: ProjectState): void };
