import type { FileRef, Message } from '../model.ts'
import type { AgentKey, VisitorKey } from './participants.ts'

/** What may happen to a line besides being said. */
export interface LineExtras {
  /** The text it was changed to half a minute later. */
  readonly edited?: string
  /** It was removed, and the server keeps the mark. */
  readonly removed?: true
  readonly file?: Omit<FileRef, '_id'>
  readonly reactions?: Message['reactions']
}

/** One thing that happens, so many seconds after the one before; 0 puts two into one millisecond. */
export type Step =
  | (LineExtras & { readonly after: number; readonly from: 'visitor' | 'agent'; readonly text: string })
  | { readonly after: number; readonly event: 'joined' | 'transferred'; readonly agent: AgentKey }
  | {
      readonly after: number
      readonly event: 'closed'
      readonly by: 'visitor' | 'agent'
      readonly comment: string
    }

/** A room and all that was said in it. */
export interface Script {
  readonly visitor: VisitorKey
  /** Absent for a room that nobody has taken. */
  readonly agent?: AgentKey
  readonly departmentId?: string
  /** How many minutes ago its last step happened. */
  readonly endedMinutesAgo: number
  readonly steps: readonly Step[]
}

/** The visitor says something, `after` seconds later. */
export function visitor(after: number, text: string, extras: LineExtras = {}): Step {
  return { after, from: 'visitor', text, ...extras }
}

/** The room's agent says something, `after` seconds later. */
export function agent(after: number, text: string, extras: LineExtras = {}): Step {
  return { after, from: 'agent', text, ...extras }
}
