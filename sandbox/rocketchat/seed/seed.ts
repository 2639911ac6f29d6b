import { demoContent } from '../../file-response.ts'
import { seededId } from '../ids.ts'
import type { Agent, Message } from '../model.ts'
import { removedFields } from '../workspace/delete-message.ts'
import { fileFields, storeFile } from '../workspace/files.ts'
import { saveSystemMessage } from '../workspace/messages.ts'
import { subscribe } from '../workspace/subscriptions.ts'
import { refOf, type Workspace } from '../workspace/workspace.ts'
import type { WorkspaceControl } from '../workspace-control.ts'
import { leftEarly, solvedInvoice } from './conversations/closed.ts'
import { lateParcel } from './conversations/late-parcel.ts'
import { leakingMachine, queuedQuestion } from './conversations/machines.ts'
import { arabicReturn, hebrewQuestion } from './conversations/right-to-left.ts'
import { AGENTS, DEPARTMENTS, VISITORS } from './participants.ts'
import type { LineExtras, Script, Step } from './script.ts'

/** A visitor with an open room, to paste into a query. */
export interface DemoVisitor {
  readonly token: string
  readonly roomId: string
  readonly name: string
}

const SCRIPTS = [
  lateParcel,
  arabicReturn,
  hebrewQuestion,
  leakingMachine,
  queuedQuestion,
  solvedInvoice,
  leftEarly,
]

const WEEK_MS = 7 * 24 * 3_600_000

/**
 * Fills a workspace with the demo's participants and conversations, dated back from now, with the same ids on every
 * run. Returns the visitors with open rooms, the one with the longest room first.
 */
export function seedWorkspace(workspace: Workspace, control: WorkspaceControl): DemoVisitor[] {
  const { host } = workspace
  const real = { ...host }
  let made = 0
  host.newId = () => seededId(`seed ${made++}`)
  host.now = () => real.now() - WEEK_MS
  for (const person of Object.values(AGENTS)) control.createAgent(person)
  for (const department of Object.values(DEPARTMENTS)) control.createDepartment(department)
  control.defineCustomField({ _id: 'plan', label: 'Plan' })
  for (const person of Object.values(VISITORS)) control.createVisitor(person)
  const rooms = SCRIPTS.map((script) => play(script, workspace, control, real.now()))
  Object.assign(host, real)
  return rooms
    .map((rid) => control.room(rid))
    .filter((room) => room.open)
    .map((room) => ({ token: room.v.token, roomId: room._id, name: room.fname }))
}

/** Creates a conversation whose last step is some minutes before `now`. Returns the room's id. */
function play(script: Script, workspace: Workspace, control: WorkspaceControl, now: number): string {
  const duration = script.steps.reduce((total, { after }) => total + after * 1000, 0)
  let time = now - script.endedMinutesAgo * 60_000 - duration
  workspace.host.now = () => time
  const { token } = VISITORS[script.visitor]
  const room = control.openRoom({
    _id: seededId(`room ${script.visitor}`),
    token,
    agentId: script.agent ? AGENTS[script.agent]._id : null,
    ...(script.departmentId !== undefined && { departmentId: script.departmentId }),
  })
  if (script.livechatData) control.setRoomFields(room._id, script.livechatData)
  for (const step of script.steps) {
    time += step.after * 1000
    perform(step, room._id, workspace, control)
  }
  return room._id
}

function perform(step: Step, rid: string, workspace: Workspace, control: WorkspaceControl): void {
  if ('from' in step) say(step, rid, workspace, control)
  else if ('agent' in step) staff(step.event, rid, control.agent(AGENTS[step.agent]._id), workspace, control)
  else if (step.by === 'visitor') control.closeRoomByVisitor(rid, step.comment)
  else control.closeRoom(rid, step.comment)
}

function say(
  step: LineExtras & { readonly from: 'visitor' | 'agent'; readonly text: string },
  rid: string,
  workspace: Workspace,
  control: WorkspaceControl,
): void {
  const fields = {
    ...(step.file && storedFileFields(rid, step.file, step.from, workspace)),
    ...step.content,
    ...(step.reactions && { reactions: step.reactions }),
  }
  const said =
    step.from === 'visitor'
      ? control.visitorSends(rid, step.text, fields)
      : control.agentSends(rid, step.text, fields)
  const changedAt = new Date(said.ts.getTime() + 30_000)
  if (step.removed) workspace.messages.update(said._id, removedFields(said.u, changedAt))
  if (step.edited !== undefined) {
    const editedBy = { _id: said.u._id, username: said.u.username }
    const patch = { msg: step.edited, editedAt: changedAt, editedBy, _updatedAt: changedAt }
    workspace.messages.update(said._id, patch)
  }
}

/** The fields of a message with a file, which is stored. */
function storedFileFields(
  rid: string,
  { name, type }: NonNullable<LineExtras['file']>,
  by: 'visitor' | 'agent',
  workspace: Workspace,
): Partial<Message> {
  const { bytes } = demoContent(type)
  return fileFields(storeFile(workspace, rid, { field: 'file', name, type, bytes }, false), by)
}

/** An agent joins a room, next to the serving agent or in their place. */
function staff(
  event: 'joined' | 'transferred',
  rid: string,
  to: Agent,
  workspace: Workspace,
  control: WorkspaceControl,
): void {
  subscribe(workspace, rid, to._id)
  if (event === 'joined') {
    saveSystemMessage(workspace, rid, 'uj', refOf(to), { msg: to.username })
    return
  }
  const from = control.agent(control.room(rid).servedBy?._id ?? to._id)
  workspace.subscriptions.get(rid)?.delete(from._id)
  saveSystemMessage(workspace, rid, 'livechat_transfer_history', refOf(from), {
    transferData: {
      scope: 'agent',
      transferredBy: { ...refOf(from), userType: 'agent' },
      transferredTo: refOf(to),
    },
  })
  saveSystemMessage(workspace, rid, 'ul', refOf(from), { msg: from.username })
  saveSystemMessage(workspace, rid, 'command', refOf(to), { msg: 'connected' })
  const servedBy = { _id: to._id, username: to.username, ts: new Date(workspace.host.now()) }
  workspace.rooms.set(rid, { ...control.room(rid), servedBy })
}
