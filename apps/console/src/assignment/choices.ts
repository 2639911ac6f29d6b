import type { OwnAgent } from '../providers/own-agents.ts'
import type { ProviderReport } from '../providers/provider-reports.ts'
import type { Conversation } from '../room/conversation.ts'
import { type Permission, permissionFor } from '../room/permissions.ts'
import type { Texts } from '../texts/en/index.ts'
import type { Formats } from '../texts/formats.ts'
import type { Agent } from './use-agents.ts'
import type { Target } from './use-assignment.ts'

type Room = Conversation['room']

/** An entry of the menu. */
export interface Choice {
  readonly key: string
  readonly target: Target
  readonly name: string
  /** Load, presence and the like. */
  readonly facts: readonly string[]
  /** Whether new rooms are routed to it; null if unknown. */
  readonly isAvailable: boolean | null
  /** Whether it serves the room already. */
  readonly isCurrent: boolean
  /** Why it cannot be chosen; null if it can. */
  readonly reason: string | null
}

export interface ChoiceGroup {
  readonly name: string
  readonly choices: readonly Choice[]
}

export interface ChoiceSource {
  readonly room: Room
  /** The operator's own agent at the room's provider. */
  readonly own: OwnAgent | null
  readonly agents: readonly Agent[]
  readonly departments: ProviderReport['departments']
  readonly texts: Texts
  readonly formats: Formats
}

/** Everything that can serve the room next, in groups. */
export function choiceGroups(source: ChoiceSource): readonly ChoiceGroup[] {
  const { assignment: t } = source.texts
  return [
    { name: t.direct, choices: [...ownChoice(source), queueChoice(source)] },
    { name: t.agents, choices: agentChoices(source) },
    { name: t.departments, choices: departmentChoices(source) },
  ]
}

/** The groups with the choices that contain the words; groups without any are left out. */
export function matchingGroups(groups: readonly ChoiceGroup[], search: string): readonly ChoiceGroup[] {
  const wanted = search.trim().toLocaleLowerCase()
  const matches = ({ name, facts }: Choice) =>
    [name, ...facts].some((text) => text.toLocaleLowerCase().includes(wanted))
  return groups
    .map(({ name, choices }) => ({ name, choices: choices.filter(matches) }))
    .filter(({ choices }) => choices.length > 0)
}

function ownChoice({ room, own, texts: { assignment: t } }: ChoiceSource): readonly Choice[] {
  if (!own) return []
  const isCurrent = room.agents.some(({ nativeId }) => nativeId === own.nativeId)
  const isServed = room.agents.length > 0
  const target: Target = isServed ? { type: 'agent', agentId: own.id } : { type: 'self' }
  return [
    {
      key: 'self',
      target,
      name: ownName(isServed, isCurrent, t),
      facts: [t.asAgent(own.name ?? own.nativeId)],
      isAvailable: own.acceptingChats ?? null,
      isCurrent,
      reason: reasonOf(permissionFor(room, isServed ? 'ASSIGN_ROOM' : 'TAKE_ROOM'), t),
    },
  ]
}

function ownName(isServed: boolean, isCurrent: boolean, t: Texts['assignment']): string {
  if (isCurrent) return t.serving
  return isServed ? t.takeOver : t.take
}

function queueChoice({ room, texts: { assignment: t } }: ChoiceSource): Choice {
  const isCurrent = room.status === 'QUEUED'
  return {
    key: 'queue',
    target: { type: 'queue' },
    name: t.requeue,
    facts: [],
    isAvailable: null,
    isCurrent,
    reason: reasonOf(permissionFor(room, 'REQUEUE_ROOM'), t),
  }
}

/** Agents that accept chats come first. The operator's own agent has an entry of its own. */
function agentChoices(source: ChoiceSource): readonly Choice[] {
  const { room, own, agents } = source
  const { assignment: t } = source.texts
  const reason = reasonOf(permissionFor(room, 'ASSIGN_ROOM'), t)
  return agents
    .filter(({ id }) => id !== own?.id)
    .toSorted((a, b) => Number(b.acceptingChats ?? false) - Number(a.acceptingChats ?? false))
    .map(({ id, nativeId, name, acceptingChats, activeRooms, maxRooms, departments }) => ({
      key: id,
      target: { type: 'agent', agentId: id },
      name: name ?? nativeId,
      facts: [
        ...loadOf(activeRooms, maxRooms, source),
        ...departments.flatMap((department) => department.name ?? []),
      ],
      isAvailable: acceptingChats ?? null,
      isCurrent: room.agents.some((agent) => agent.nativeId === nativeId),
      reason: reason ?? (acceptingChats === false ? t.notAccepting : null),
    }))
}

function departmentChoices({ room, departments, texts: { assignment: t } }: ChoiceSource): readonly Choice[] {
  const reason = reasonOf(permissionFor(room, 'TRANSFER_ROOM'), t)
  return departments.map(({ id, name, online }) => ({
    key: id,
    target: { type: 'department', departmentId: id },
    name: name ?? t.unnamedDepartment,
    facts: online === false ? [t.nobodyOnline] : [],
    isAvailable: online ?? null,
    isCurrent: room.department?.id === id,
    reason,
  }))
}

function reasonOf({ allowed, reason }: Permission, t: Texts['assignment']): string | null {
  return allowed ? null : (reason ?? t.notPossible)
}

/** How many rooms an agent serves; empty if it is not known. */
function loadOf(
  activeRooms: number | null | undefined,
  maxRooms: number | null | undefined,
  { texts: { assignment: t }, formats: { number } }: ChoiceSource,
): readonly string[] {
  if (activeRooms == null) return []
  return [
    maxRooms == null
      ? t.load(activeRooms, number(activeRooms))
      : t.loadOf(number(activeRooms), number(maxRooms)),
  ]
}
