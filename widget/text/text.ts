/** All texts that the chat shows. Each language must have all of them: a missing one is a type error. */
import type { FileProblem } from '../state/model';

export interface Text<Language extends string = string> {
  /** BCP 47; dates and times follow it. */
  language: Language;
  direction: 'ltr' | 'rtl';
  title: string;
  greeting: string;
  introduction: string;
  nameLabel: string;
  optional: string;
  transcript: string;
  composer: string;
  composerPlaceholder: string;
  send: string;
  open: string;
  close: string;
  /** Shown by the launcher if the panel cannot be loaded. */
  chatNotLoaded: string;
  /** Closes the teaser. */
  dismiss: string;
  /** To the site's own terms (the setting `consent`). */
  agree: string;
  endChat: string;
  endQuestion: string;
  endNo: string;
  ending: string;
  startOver: string;
  download: string;
  forget: string;
  /** The user's earlier chats. */
  past: string;
  noPast: string;
  /** From an earlier chat to the list, and from the list to the chat. */
  back: string;
  survey: string;
  worst: string;
  best: string;
  comment: string;
  thanks: string;
  sound: string;
  notify: string;
  earlier: string;
  loadingEarlier: string;
  retry: string;
  you: string;
  automatic: string;
  /** For an agent without a name. */
  agent: string;
  sending: string;
  sent: string;
  seen: string;
  failed: string;
  readyStatus: string;
  startingStatus: string;
  waitingStatus: string;
  agentStatus: string;
  agentGoneStatus: string;
  endedStatus: string;
  ended: string;
  reconnecting: string;
  resuming: string;
  newTab: string;
  agentJoined(name: string): string;
  agentLeft(name: string): string;
  typing(name: string): string;
  said(name: string, body: string): string;
  unread(count: number): string;
  attach: string;
  attached: string;
  dropFiles: string;
  cancel: string;
  uploading: string;
  notLoaded: string;
  removeFile(name: string): string;
  file(name: string): string;
  image(name: string): string;
  /** Written while there is no connection. */
  queued: string;
  reconnected: string;
  /** For screen readers: the header shows a shorter text. */
  inQueue: string;
  newChat: string;
  newMessages: string;
  /** For a required field that is empty, and for one whose value has the wrong format. */
  missing: string;
  malformed: string;
  closePicture: string;
  /** The last agent has left a chat that is still open. */
  agentGone(name: string): string;
  /** Both numbers are formatted for this language. */
  tooLong(count: string, most: string): string;
  /** `most`: the limit, formatted for this language. */
  fileProblems: Record<FileProblem['reason'], (name: string, most: string) => string>;
  problems: {
    unreachable: string;
    gone: string;
    closed: string;
    opens(when: string): string;
    busy: string;
    again: string;
    refused: string;
    over: string;
    notHuman: string;
    invalid: string;
    signIn: string;
    defect: string;
    signedOut: string;
  };
}
