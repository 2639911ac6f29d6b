import type { EventEmitter } from 'node:events'
import type { SentFile } from '../multipart.ts'
import type {
  Agent,
  CustomFieldDefinition,
  Department,
  Message,
  OfflineMail,
  Room,
  TranscriptMail,
  Visitor,
} from './model.ts'
import {
  completeAgent,
  completeDepartment,
  type NewAgent,
  type NewDepartment,
  onlineAgents,
} from './workspace/agents.ts'
import { defineCustomField } from './workspace/custom-fields.ts'
import { deleteMessage } from './workspace/delete-message.ts'
import { fileFields, storeFile } from './workspace/files.ts'
import { assignAgent } from './workspace/inquiries.ts'
import type { HeldInserts } from './workspace/insert-gate.ts'
import { endLogin } from './workspace/logins.ts'
import { createMessage, editMessage, storeMessage } from './workspace/messages.ts'
import type { Permission } from './workspace/permissions.ts'
import { closeRoom, openRoom, type RoomPlan } from './workspace/rooms.ts'
import { createServiceAccount, type ServiceAccount } from './workspace/service-account.ts'
import { returnToQueue } from './workspace/transfers.ts'
import type { VetoedAction } from './workspace/vetoes.ts'
import { registerVisitor, removeVisitor, type VisitorInput } from './workspace/visitors.ts'
import type { QueuePosition, Workspace, WorkspaceEvents } from './workspace/workspace.ts'

/**
 * A room for a registered visitor. `agentId: null` leaves it queued; without the key the first agent online gets
 * it.
 */
export type NewRoom = Partial<RoomPlan> & { readonly token: string }

/** A message to store as it stands: `from` is `visitor`, or an agent's id; every other field overrides. */
export type InsertedMessage = Partial<Message> & { readonly rid: string; readonly from: string }

/**
 * Controls the workspace from inside the process, as an agent or an administrator would. Tests, the seed and the
 * simulated activity use it. Unknown ids throw.
 */
export class WorkspaceControl {
  readonly #workspace: Workspace

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Emits every write, for `once` of `node:events`. */
  get events(): EventEmitter<WorkspaceEvents> {
    return this.#workspace.events
  }

  /** Offline messages that went out as mail, oldest first. */
  get mails(): readonly OfflineMail[] {
    return this.#workspace.mails
  }

  /** Transcripts that were sent by mail, oldest first. */
  get transcripts(): readonly TranscriptMail[] {
    return this.#workspace.transcripts
  }

  /** A visitor with a chosen or a random token and id. */
  createVisitor(input: Partial<VisitorInput> = {}): Visitor {
    return registerVisitor(this.#workspace, { token: this.#workspace.host.newId(), ...input })
  }

  createAgent(input: NewAgent): Agent {
    const agent = completeAgent(this.#workspace, input)
    this.#workspace.agents.set(agent._id, agent)
    return agent
  }

  createDepartment(input: NewDepartment): Department {
    const department = completeDepartment(this.#workspace, input)
    this.#workspace.departments.set(department._id, department)
    return department
  }

  /** Defines a custom field, of visitors unless said otherwise. */
  defineCustomField(definition: Pick<CustomFieldDefinition, '_id'> & Partial<CustomFieldDefinition>): void {
    defineCustomField(this.#workspace, definition)
  }

  /** Login headers of an agent; every call makes a new token. */
  login(agentId: string): { 'x-auth-token': string; 'x-user-id': string } {
    const token = this.#workspace.host.newId()
    this.#workspace.logins.set(token, this.agent(agentId)._id)
    return { 'x-auth-token': token, 'x-user-id': agentId }
  }

  /**
   * The gateway's service account: a livechat manager who takes no chats. The first call creates it; the credential
   * is the same on every run.
   */
  serviceAccount(): ServiceAccount {
    return createServiceAccount(this.#workspace)
  }

  /** Makes the token a login of this user. Null ends the login, as logging out or removing the token does. */
  setLogin(authToken: string, userId: string | null): void {
    if (userId === null) endLogin(this.#workspace, authToken)
    else this.#workspace.logins.set(authToken, this.agent(userId)._id)
  }

  /** Sets an agent's password. */
  setPassword(agentId: string, password: string): void {
    this.#workspace.passwords.set(this.agent(agentId)._id, password)
  }

  /** Sets the roles that hold a permission. */
  setPermissionRoles(permission: Permission, roles: readonly string[]): void {
    this.#workspace.permissionRoles.set(permission, roles)
  }

  /** Puts a room on hold, as the enterprise edition does. */
  holdRoom(rid: string): Room {
    const room: Room = { ...this.room(rid), onHold: true, _updatedAt: new Date(this.#workspace.host.now()) }
    this.#workspace.rooms.set(rid, room)
    return room
  }

  /** Gives a queued room to an agent, whatever the agent's status. */
  takeRoom(rid: string, agentId: string): Room {
    assignAgent(this.#workspace, this.room(rid), this.agent(agentId))
    return this.room(rid)
  }

  /** Returns a room to the queue as its agent would. With automatic routing it is stranded. */
  returnRoom(rid: string): Room {
    returnToQueue(this.#workspace, this.room(rid), this.#serving(rid))
    return this.room(rid)
  }

  /** Gives a user such as the service account another role. */
  addRole(userId: string, role: string): void {
    const user = this.agent(userId)
    this.#workspace.agents.set(userId, { ...user, roles: [...user.roles, role] })
  }

  /** Sets whether an agent, or a user such as the service account, takes chats. */
  setLivechatStatus(userId: string, statusLivechat: Agent['statusLivechat']): void {
    this.#workspace.agents.set(userId, { ...this.agent(userId), statusLivechat })
  }

  /** Sets the tags of a room. */
  setTags(rid: string, tags: readonly string[]): void {
    this.#workspace.rooms.set(rid, { ...this.room(rid), tags })
  }

  /** Sets the fields of a room that the workspace defines. */
  setRoomFields(rid: string, livechatData: Readonly<Record<string, string>>): void {
    this.#workspace.rooms.set(rid, { ...this.room(rid), livechatData })
  }

  /** Rates a room as its visitor would. */
  rateRoom(rid: string, surveyFeedback: Readonly<Record<string, string>>): void {
    this.#workspace.rooms.set(rid, { ...this.room(rid), surveyFeedback })
  }

  /** Sets one agent's presence, or everybody's. */
  setStatus(agentId: string | 'everybody', status: Agent['status']): void {
    const { agents } = this.#workspace
    const chosen = agentId === 'everybody' ? [...agents.values()] : [this.agent(agentId)]
    for (const agent of chosen) {
      const changed = { ...agent, status }
      agents.set(agent._id, changed)
      this.events.emit('presence', changed)
    }
  }

  /** Makes the visitor's sends and new rooms fail with `error-contact-channel-blocked`. */
  blockVisitor(token: string): void {
    this.#workspace.blocked.add(token)
  }

  /** Deletes a visitor and leaves its rooms. */
  forgetVisitor(token: string): void {
    this.#workspace.visitors.delete(token)
  }

  /** Removes a visitor with all rooms and messages, as an administrator does. */
  removeVisitor(token: string): void {
    removeVisitor(this.#workspace, this.visitor(token))
  }

  openRoom({ token, agentId, ...plan }: NewRoom): Room {
    const queued = agentId === null
    const agent = agentId ? this.agent(agentId) : onlineAgents(this.#workspace)[0]
    const visitor = this.visitor(token)
    return openRoom(
      this.#workspace,
      visitor,
      { source: { type: 'api' }, ...plan },
      queued ? undefined : agent,
    )
  }

  /** Closes a room as its agent would, with a `livechat-close` message. */
  closeRoom(rid: string, comment = 'Solved'): Room {
    return closeRoom(this.#workspace, this.room(rid), { kind: 'user', by: this.#serving(rid), comment })
  }

  /** Closes a room as the visitor would. */
  closeRoomByVisitor(rid: string, comment = 'Closed by visitor'): Room {
    const room = this.room(rid)
    const by = this.visitor(room.v.token)
    return closeRoom(this.#workspace, room, { kind: 'visitor', by, comment })
  }

  /** Sends a message as the room's agent. `fields` overrides its `_id` or any other field. */
  agentSends(rid: string, msg: string, fields: Partial<Message> = {}): Message {
    return this.insertMessage({ ...fields, rid, msg, from: this.#serving(rid)._id })
  }

  /** Sends a message as the room's visitor. */
  visitorSends(rid: string, msg: string, fields: Partial<Message> = {}): Message {
    return this.insertMessage({ ...fields, rid, msg, from: 'visitor' })
  }

  /**
   * Stores a message with any id, type or `ts`, for instance several of one millisecond, or one that is committed
   * late.
   */
  insertMessage({ from, ...fields }: InsertedMessage): Message {
    const { host } = this.#workspace
    const { _id = host.newId(), rid, msg = '', ts = new Date(host.now()) } = fields
    const author = from === 'visitor' ? this.visitor(this.room(rid).v.token) : this.agent(from)
    const token = 'token' in author ? { token: author.token } : {}
    const message = {
      ...createMessage(this.#workspace, { _id, rid, msg, u: author, ...token }),
      _updatedAt: ts,
      ...fields,
    }
    storeMessage(this.#workspace, message, 'inside')
    return message
  }

  /** Sends a file as the room's agent or visitor. */
  sendsFile(rid: string, from: 'agent' | 'visitor', { name, type, bytes }: Omit<SentFile, 'field'>): Message {
    const file = storeFile(this.#workspace, rid, { field: 'file', name, type, bytes }, false)
    const fields = fileFields(file, from)
    return from === 'agent' ? this.agentSends(rid, '', fields) : this.visitorSends(rid, '', fields)
  }

  /** Edits as the room's agent would. */
  edit(messageId: string, msg: string): Message {
    const message = this.#stored(messageId)
    return editMessage(this.#workspace, message, this.#serving(message.rid), msg)
  }

  /** Deletes as the room's agent would, in the way the settings choose. */
  remove(messageId: string): void {
    const message = this.#stored(messageId)
    deleteMessage(this.#workspace, message, this.#serving(message.rid))
  }

  /** Writes a link's preview, as a server does shortly after the message: it changes `_updatedAt` and is no edit. */
  addLinkPreview(messageId: string): Message {
    const { urls = [] } = this.#stored(messageId)
    const previews = urls.map(({ url }) => ({ url, meta: { pageTitle: new URL(url).hostname } }))
    const _updatedAt = new Date(this.#workspace.host.now())
    const patch = { urls: previews, _updatedAt }
    const written = existing(this.#workspace.messages.update(messageId, patch), 'message', messageId)
    this.events.emit('touched', written)
    return written
  }

  /** Drops a message as a retention policy does: REST shows no trace of it. */
  prune(messageId: string): void {
    const message = this.#workspace.messages.remove(messageId)
    if (message) this.events.emit('pruned', message)
  }

  /** Shows the room's agent or visitor as typing, or as not typing any more. */
  types(rid: string, from: 'agent' | 'visitor', isTyping: boolean): void {
    const { v } = this.room(rid)
    if (from === 'visitor') this.events.emit('typing', { rid, name: v.username, isTyping, token: v.token })
    else this.events.emit('typing', { rid, name: this.#typingName(rid), isTyping })
  }

  /** Reports the place of a room in the queue, as licensed servers do; null once it is no longer queued. */
  reportQueuePosition(rid: string, position: QueuePosition | null): void {
    this.events.emit('queuePosition', this.room(rid)._id, position)
  }

  /** Rejects the next `times` actions of this kind, as an App would. */
  veto(action: VetoedAction, times = 1): void {
    this.#workspace.vetoes.add(action, times)
  }

  /** Holds every send and every new room of the API between its look-up and its insert. */
  holdInserts(): HeldInserts {
    return this.#workspace.gate.hold()
  }

  /** A stored message, or undefined. */
  message(id: string): Message | undefined {
    return this.#workspace.messages.get(id)
  }

  /** Everything stored of a room, hidden documents too, oldest first. */
  messages(rid: string): readonly Message[] {
    return this.#workspace.messages.ofRoom(rid)
  }

  /** When a member last read a room; null for never. */
  readAt(rid: string, userId: string): Date | null {
    return this.#workspace.readAt.get(`${rid} ${userId}`) ?? null
  }

  /** Every room, open or closed. */
  rooms(): Room[] {
    return [...this.#workspace.rooms.values()]
  }

  /** A room, or undefined. */
  findRoom(rid: string): Room | undefined {
    return this.#workspace.rooms.get(rid)
  }

  room(rid: string): Room {
    return existing(this.findRoom(rid), 'room', rid)
  }

  visitor(token: string): Visitor {
    return existing(this.#workspace.visitors.get(token), 'visitor', token)
  }

  agent(id: string): Agent {
    return existing(this.#workspace.agents.get(id), 'agent', id)
  }

  #typingName(rid: string): string {
    const { username, name } = this.#serving(rid)
    return this.#workspace.settings.UI_Use_Real_Name ? name : username
  }

  #stored(id: string): Message {
    return existing(this.message(id), 'message', id)
  }

  /** The room's agent, or any agent where it has none. */
  #serving(rid: string): Agent {
    const { servedBy } = this.room(rid)
    const agent = servedBy ? this.agent(servedBy._id) : [...this.#workspace.agents.values()][0]
    return existing(agent, 'agent of room', rid)
  }
}

function existing<T>(found: T | undefined, what: string, id: string): T {
  if (found === undefined) throw new Error(`the sandbox has no ${what} ${id}`)
  return found
}
