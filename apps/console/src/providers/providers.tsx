import type { Capability, HealthStatus, LiveSource } from '../../generated/graphql.ts'
import { ErrorList } from '../ui/error-list.tsx'
import { ProviderBadge } from '../ui/provider-badge.tsx'
import { Timestamp } from '../ui/timestamp.tsx'
import { type ProviderReport, useReports } from './provider-reports.ts'

const health: Readonly<Record<HealthStatus, string>> = {
  UP: 'Up',
  DEGRADED: 'Degraded',
  DOWN: 'Down',
  UNKNOWN: 'Not called yet',
}

const abilities: Readonly<Record<Capability, string>> = {
  LIST_ROOMS: 'list rooms',
  READ_MESSAGES: 'read messages',
  START_ROOM: 'start rooms',
  SEND_MESSAGE: 'send messages',
  UPDATE_MESSAGE: 'edit messages',
  DELETE_MESSAGE: 'delete messages',
  CLOSE_ROOM: 'close rooms',
  TAKE_ROOM: 'take rooms',
  ASSIGN_ROOM: 'assign rooms',
  TRANSFER_ROOM: 'transfer rooms',
  REQUEUE_ROOM: 'requeue rooms',
  SET_TAGS: 'tag rooms',
  RATE_ROOM: 'take ratings',
  REQUEST_TRANSCRIPT: 'mail transcripts',
  SEND_NOTE: 'write notes',
  SEND_FILE: 'send files',
  SET_TYPING: 'show typing',
  MARK_SEEN: 'mark messages as seen',
  LIST_AGENTS: 'list agents',
  SET_AGENT_STATUS: 'set agents’ status',
  RENEW_VISITOR: 'renew visitors’ tokens',
  SEND_OFFLINE_MESSAGE: 'take offline messages',
  LIST_OFFLINE_MESSAGES: 'list offline messages',
}

/** The configured provider accounts: health, capabilities, departments. */
export function Providers() {
  const { providers, errors } = useReports()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable element must be reachable by keyboard.
    <main className="providers" tabIndex={0}>
      <h1>Providers</h1>
      <ErrorList errors={errors} />
      <ul>
        {providers.map((provider) => (
          <li key={provider.id}>
            <ProviderCard provider={provider} />
          </li>
        ))}
      </ul>
    </main>
  )
}

function ProviderCard({ provider }: { readonly provider: ProviderReport }) {
  const { name, kind, live, capabilities, departments } = provider
  const { status, reason, checkedAt } = provider.health
  return (
    <article className="card">
      <h2>
        <ProviderBadge name={name} kind={kind} />
        <span className={`health ${status.toLowerCase()}`}>{health[status]}</span>
      </h2>
      {reason && <p className="error">{reason}</p>}
      <dl>
        <dt>Last called</dt>
        <dd>{checkedAt ? <Timestamp at={checkedAt} /> : 'never'}</dd>
        <dt>Live</dt>
        <dd>{liveOf(live)}</dd>
        <dt>Can</dt>
        <dd>{capabilities.map((capability) => abilities[capability]).join(', ')}</dd>
        <dt>Departments</dt>
        <dd>
          {departments.length === 0 && 'none known'}
          <ul className="departments">
            {departments.map(({ id, name: department, online }) => (
              <li key={id}>
                {department ?? 'Unnamed'} <span className="faint">{presence(online)}</span>
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </article>
  )
}

const sources: Readonly<Record<LiveSource, string>> = {
  PUSH: 'push of the provider',
  DIGEST: 'polls of the whole account',
  POLL: 'polls of each subscribed room',
  NONE: 'not subscribed',
}

/** The source of live events, its promised latency and its current lag. */
function liveOf({ source, latencyMs, lagMs }: ProviderReport['live']): string {
  const promise = latencyMs == null ? [] : [`within ${inSeconds(latencyMs)}`]
  const lag = lagMs == null ? [] : [`last poll ${inSeconds(lagMs)} ago`]
  return [sources[source], ...promise, ...lag].join(', ')
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function presence(online: boolean | null | undefined): string {
  if (online === true) return 'online'
  return online === false ? 'offline' : ''
}
