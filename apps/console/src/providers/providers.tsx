import type { Capability } from '../../generated/graphql.ts'
import { Fact, Facts } from '../details/facts.tsx'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Empty } from '../ui/empty.tsx'
import { ErrorList } from '../ui/error-list.tsx'
import { ProviderBadge } from '../ui/provider-badge.tsx'
import { Timestamp } from '../ui/timestamp.tsx'
import { WaitingCards } from '../ui/waiting-cards.tsx'
import { type ProviderReport, useReports } from './provider-reports.ts'

/** The configured provider accounts: health, live events, departments, capabilities. */
export function Providers() {
  const { providers: texts } = useTexts()
  const { providers, isLoaded, errors } = useReports()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable element must be reachable by keyboard.
    <main className="page" tabIndex={0}>
      <header className="page-header">
        <h1>{texts.title}</h1>
      </header>
      <ErrorList errors={errors} />
      {!isLoaded && errors.length === 0 && <WaitingCards />}
      {isLoaded && providers.length === 0 && <Empty icon="providers" text={texts.none} />}
      <ul className="cards">
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
  const { providers: texts } = useTexts()
  const { name, kind, live, capabilities, departments } = provider
  const { status, reason, checkedAt } = provider.health
  const isSupported = (capability: Capability) => capabilities.includes(capability)
  return (
    <article className="card">
      <header className="card-header">
        <h2 className="card-title">
          <ProviderBadge name={name} kind={kind} />
        </h2>
        <span className={`health ${status.toLowerCase()}`}>{texts.health[status]}</span>
      </header>
      {reason && <p className="error">{reason}</p>}
      <div className="provider-facts">
        <Facts>
          <Fact name={texts.lastCalled}>{checkedAt ? <Timestamp at={checkedAt} /> : texts.never}</Fact>
          <Fact name={texts.live}>
            <LiveState live={live} />
          </Fact>
          <Fact name={texts.departments}>
            <Departments departments={departments} />
          </Fact>
          <Fact name={texts.can}>
            <Abilities selects={isSupported} />
          </Fact>
          <Fact name={texts.cannot}>
            {capabilities.length < CAPABILITIES.length && (
              <Abilities selects={(capability) => !isSupported(capability)} isAbsent />
            )}
          </Fact>
        </Facts>
      </div>
    </article>
  )
}

/** All capabilities, in the order of an operator's work. */
const CAPABILITIES = [
  'LIST_ROOMS',
  'READ_MESSAGES',
  'SEND_MESSAGE',
  'SEND_NOTE',
  'SEND_FILE',
  'UPDATE_MESSAGE',
  'DELETE_MESSAGE',
  'TAKE_ROOM',
  'ASSIGN_ROOM',
  'TRANSFER_ROOM',
  'REQUEUE_ROOM',
  'SET_TAGS',
  'CLOSE_ROOM',
  'REQUEST_TRANSCRIPT',
  'SET_TYPING',
  'MARK_SEEN',
  'LIST_AGENTS',
  'SET_AGENT_STATUS',
  'START_ROOM',
  'RATE_ROOM',
  'RENEW_VISITOR',
  'SEND_OFFLINE_MESSAGE',
  'LIST_OFFLINE_MESSAGES',
] as const satisfies readonly Capability[]

interface AbilitiesProps {
  readonly selects: (capability: Capability) => boolean
  readonly isAbsent?: boolean
}

function Abilities({ selects, isAbsent = false }: AbilitiesProps) {
  const { providers: texts } = useTexts()
  return (
    <ul className="chips">
      {CAPABILITIES.filter(selects).map((capability) => (
        <li key={capability} className={isAbsent ? 'chip absent' : 'chip'}>
          {texts.capabilities[capability]}
        </li>
      ))}
    </ul>
  )
}

function Departments({ departments }: Pick<ProviderReport, 'departments'>) {
  const { providers: texts } = useTexts()
  if (departments.length === 0) return texts.noDepartments
  return (
    <ul className="chips">
      {departments.map(({ id, name, online }) => (
        <li key={id} className="chip">
          <span className={`presence ${online ? 'available' : 'away'}`} aria-hidden="true" />
          <bdi>{name ?? texts.unnamedDepartment}</bdi>
          {online != null && <span className="faint">{online ? texts.online : texts.offline}</span>}
        </li>
      ))}
    </ul>
  )
}

/** The source of live events, its promised latency and its current lag. */
function LiveState({ live: { source, latencyMs, lagMs } }: Pick<ProviderReport, 'live'>) {
  const { providers: texts } = useTexts()
  const formats = useFormats()
  const isPush = source === 'PUSH'
  const promise = latencyMs == null || isPush ? [] : [texts.within(formats.seconds(latencyMs))]
  const since = isPush ? texts.lastSignOfLife : texts.lastPoll
  const lag = lagMs == null ? [] : [since(formats.seconds(lagMs))]
  return formats.list([texts.sources[source], ...promise, ...lag])
}
