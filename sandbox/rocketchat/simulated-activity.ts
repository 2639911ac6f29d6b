import type { Message } from './model.ts'
import type { DemoVisitor } from './seed/seed.ts'
import type { WriteCause } from './workspace/workspace.ts'
import type { WorkspaceControl } from './workspace-control.ts'

/** The intervals of simulated activity, in milliseconds. */
export interface ActivityTimes {
  /** Between two simulated changes; 4 s by default. A message is typed for this long. */
  readonly everyMs?: number
  /** Until the agent answers a visitor's message from the API; 1.5 s by default. */
  readonly answerAfterMs?: number
  /** Until a link's preview is written; 1 s by default. */
  readonly previewAfterMs?: number
}

const AGENT_LINES = [
  'Let me check that for you 🔎',
  'The van has just left the yard.',
  'Could you tell me the order number?',
  'Done! You get a mail in a minute.',
  'We are roasting the Guji right now, the whole office smells of it ☕',
]

const VISITOR_LINES = [
  'Is there any news?',
  'ok 👍',
  'How long will that take?',
  'شكراً!',
  'Have a look: https://tracking.example/parcels/SE10482',
  'Thanks, that helps a lot.',
]

const ANSWERS = [
  'Thanks for your message! I am looking into it.',
  'Good question 🤔 One moment, please.',
  'I see. Let me ask our roaster.',
  'Of course, I will take care of it right away ✅',
]

/** A message that somebody types. */
interface TypedMessage {
  readonly rid: string
  readonly from: 'agent' | 'visitor'
  readonly text: string
}

/** Limits the growth of rooms, like a retention policy. */
const MESSAGES_KEPT = 500

/**
 * Simulates messages in the demo's rooms by timers; before each one its author is shown as typing. The returned function stops them; they never keep the process
 * alive.
 */
export function simulateActivity(
  control: WorkspaceControl,
  visitors: readonly DemoVisitor[],
  { everyMs = 4_000, answerAfterMs = 1_500, previewAfterMs = 1_000 }: ActivityTimes = {},
): () => void {
  const timers = new Set<NodeJS.Timeout>()
  const later = (ms: number, action: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      action()
    }, ms).unref()
    timers.add(timer)
  }
  let answers = 0
  const react = (message: Message, cause: WriteCause): void => {
    if (message.urls?.length) {
      later(previewAfterMs, () => control.message(message._id) && control.addLinkPreview(message._id))
    }
    if (cause === 'api' && message.token !== undefined) {
      const answer: TypedMessage = { rid: message.rid, from: 'agent', text: lineOf(ANSWERS, answers++) }
      showTyping(control, answer)
      later(answerAfterMs, () => send(control, answer))
    }
  }
  let turn = 0
  let typed: TypedMessage | null = null
  const takeTurn = (): void => {
    if (typed) send(control, typed)
    typed = makeChange(control, visitors, turn++)
    if (typed) showTyping(control, typed)
  }
  const clock = setInterval(takeTurn, everyMs).unref()
  control.events.on('message', react)
  return () => {
    clearInterval(clock)
    control.events.off('message', react)
    for (const timer of timers) clearTimeout(timer)
  }
}

/**
 * Edits or deletes a message, or returns the message that is typed next. Rooms, sides and kinds of changes alternate.
 */
function makeChange(
  control: WorkspaceControl,
  visitors: readonly DemoVisitor[],
  turn: number,
): TypedMessage | null {
  const talking = visitors.filter(({ roomId }) => isTalking(control, roomId))
  const rid = talking[turn % talking.length]?.roomId
  if (rid === undefined) return null
  const last = control.messages(rid).at(-1)
  const mayChange = last !== undefined && last.t === undefined && last.token === undefined
  if (mayChange && turn % 11 === 10) control.remove(last._id)
  else if (mayChange && turn % 7 === 6) control.edit(last._id, `${last.msg} (edited)`)
  else if (turn % 2 === 0) return { rid, from: 'visitor', text: lineOf(VISITOR_LINES, turn) }
  else return { rid, from: 'agent', text: lineOf(AGENT_LINES, turn) }
  return null
}

function showTyping(control: WorkspaceControl, { rid, from }: TypedMessage): void {
  if (isTalking(control, rid)) control.types(rid, from, true)
}

function send(control: WorkspaceControl, { rid, from, text }: TypedMessage): void {
  if (!isTalking(control, rid)) return
  control.types(rid, from, false)
  if (from === 'visitor') control.visitorSends(rid, text)
  else control.agentSends(rid, text)
  const oldest = control.messages(rid)[0]
  if (oldest && control.messages(rid).length > MESSAGES_KEPT) control.prune(oldest._id)
}

/** Whether a room still exists, is open, and has an agent. */
function isTalking(control: WorkspaceControl, rid: string): boolean {
  const room = control.findRoom(rid)
  return room?.open === true && room.servedBy !== undefined
}

function lineOf(lines: readonly string[], index: number): string {
  return lines[index % lines.length] ?? ''
}
