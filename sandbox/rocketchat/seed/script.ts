import type { FileRef, Message } from '../model.ts'
import type { AgentKey, VisitorKey } from './participants.ts'

/** Optional changes of a line. */
export interface LineExtras {
  /** The text it was changed to half a minute later. */
  readonly edited?: string
  /** It was removed, and the server keeps a tombstone. */
  readonly removed?: true
  readonly file?: Pick<FileRef, 'name' | 'type'>
  /** Cards and buttons that are sent with it. */
  readonly content?: Pick<Message, 'attachments' | 'blocks'>
  readonly reactions?: Message['reactions']
}

/** One step, some seconds after the previous one; 0 puts both into one millisecond. */
export type Step =
  | (LineExtras & { readonly after: number; readonly from: 'visitor' | 'agent'; readonly text: string })
  | { readonly after: number; readonly event: 'joined' | 'transferred'; readonly agent: AgentKey }
  | {
      readonly after: number
      readonly event: 'closed'
      readonly by: 'visitor' | 'agent'
      readonly comment: string
    }

/** A room and its messages. */
export interface Script {
  readonly visitor: VisitorKey
  /** Absent for a queued room. */
  readonly agent?: AgentKey
  readonly departmentId?: string
  /** Fields of the room that the workspace defines. */
  readonly livechatData?: Readonly<Record<string, string>>
  /** How many minutes ago its last step happened. */
  readonly endedMinutesAgo: number
  readonly steps: readonly Step[]
}

/** A message of the visitor, `after` seconds later. */
export function visitor(after: number, text: string, extras: LineExtras = {}): Step {
  return { after, from: 'visitor', text, ...extras }
}

/** A message of the room's agent, `after` seconds later. */
export function agent(after: number, text: string, extras: LineExtras = {}): Step {
  return { after, from: 'agent', text, ...extras }
}
