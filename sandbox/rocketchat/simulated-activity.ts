import type { Message } from './model.ts'
import type { DemoVisitor } from './seed/seed.ts'
import type { WriteCause } from './workspace/workspace.ts'
import type { WorkspaceControl } from './workspace-control.ts'

/** The intervals of simulated activity, in milliseconds. */
export interface ActivityTimes {
  /** Between two simulated changes; 4 s by default. */
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

/** Limits the growth of rooms, like a retention policy. */
const MESSAGES_KEPT = 500

/**
 * Simulates messages in the demo's rooms by timers. The returned function stops them; they never keep the process
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
      later(answerAfterMs, () => answer(control, message.rid, answers++))
    }
  }
  let turn = 0
  const clock = setInterval(() => takeTurn(control, visitors, turn++), everyMs).unref()
  control.events.on('message', react)
  return () => {
    clearInterval(clock)
    control.events.off('message', react)
    for (const timer of timers) clearTimeout(timer)
  }
}

/** Makes one change in one room. Rooms, sides and kinds of changes alternate. */
function takeTurn(control: WorkspaceControl, visitors: readonly DemoVisitor[], turn: number): void {
  const talking = visitors.filter(({ roomId }) => isTalking(control, roomId))
  const rid = talking[turn % talking.length]?.roomId
  if (rid === undefined) return
  const last = control.messages(rid).at(-1)
  const mayChange = last !== undefined && last.t === undefined && last.token === undefined
  if (mayChange && turn % 11 === 10) control.remove(last._id)
  else if (mayChange && turn % 7 === 6) control.edit(last._id, `${last.msg} (edited)`)
  else if (turn % 2 === 0) control.visitorSends(rid, lineOf(VISITOR_LINES, turn))
  else control.agentSends(rid, lineOf(AGENT_LINES, turn))
  const oldest = control.messages(rid)[0]
  if (oldest && control.messages(rid).length > MESSAGES_KEPT) control.prune(oldest._id)
}

function answer(control: WorkspaceControl, rid: string, count: number): void {
  if (isTalking(control, rid)) control.agentSends(rid, lineOf(ANSWERS, count))
}

/** Whether a room still exists, is open, and has an agent. */
function isTalking(control: WorkspaceControl, rid: string): boolean {
  const room = control.findRoom(rid)
  return room?.open === true && room.servedBy !== undefined
}

function lineOf(lines: readonly string[], index: number): string {
  return lines[index % lines.length] ?? ''
}
