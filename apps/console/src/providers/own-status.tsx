import { Menu, MenuButton, MenuItemCheckbox, MenuProvider } from '@ariakit/react'
import { useState } from 'react'
import { useTexts } from '../texts/language-context.tsx'
import type { Failure } from '../ui/failure.ts'
import { FailureNote } from '../ui/failure-note.tsx'
import { type OwnAgent, useOwnAgents } from './own-agents.ts'
import { useReports } from './provider-reports.ts'
import { useSetStatus } from './use-set-status.ts'

/** Whether the operator accepts chats, and the switches that change it: one per provider. */
export function OwnStatus() {
  const { status: t } = useTexts()
  const { agents } = useOwnAgents()
  const setStatus = useSetStatus()
  /** Global ids of the agents whose status is being set. */
  const [changing, setChanging] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<{ readonly agent: OwnAgent; readonly of: Failure } | null>(null)
  if (agents.length === 0) return null

  const change = async (agent: OwnAgent) => {
    setChanging((ids) => [...ids, agent.id])
    setFailure(null)
    const failed = await setStatus(agent.id, !agent.acceptingChats)
    setChanging((ids) => ids.filter((id) => id !== agent.id))
    setFailure(failed && { agent, of: failed })
  }
  return (
    <MenuProvider>
      <MenuButton className="rail-action">
        <span className={`presence ${presenceOf(agents)}`} aria-hidden="true" />
        <span className="rail-label">{t.summaries[presenceOf(agents)]}</span>
      </MenuButton>
      <Menu className="popover status-menu" gutter={6} fixed aria-label={t.title}>
        <p className="popover-heading">{t.title}</p>
        {agents.map((agent) => (
          <StatusSwitch
            key={agent.id}
            agent={agent}
            isBusy={changing.includes(agent.id)}
            onChange={() => void change(agent)}
          />
        ))}
        {failure && (
          <FailureNote
            failure={failure.of}
            onRetry={() => void change(failure.agent)}
            onDismiss={() => setFailure(null)}
          />
        )}
      </Menu>
    </MenuProvider>
  )
}

interface StatusSwitchProps {
  readonly agent: OwnAgent
  readonly isBusy: boolean
  readonly onChange: () => void
}

function StatusSwitch({ agent, isBusy, onChange }: StatusSwitchProps) {
  const { status: t } = useTexts()
  const { providers } = useReports()
  const { name, nativeId, provider, acceptingChats } = agent
  const canChange = providers.some(
    ({ id, capabilities }) => id === provider.id && capabilities.includes('SET_AGENT_STATUS'),
  )
  return (
    <MenuItemCheckbox
      className="popover-item"
      name={agent.id}
      checked={acceptingChats === true}
      disabled={isBusy || !canChange}
      accessibleWhenDisabled
      hideOnClick={false}
      onClick={onChange}
    >
      <span className={`switch ${acceptingChats ? 'on' : 'off'}`} aria-hidden="true" />
      <span className="popover-item-name">{provider.name}</span>
      <span className="popover-item-facts">
        {canChange ? t.asAgent(name ?? nativeId, acceptingChats === true) : t.cannotChange}
      </span>
    </MenuItemCheckbox>
  )
}

type Presence = 'available' | 'partly' | 'away'

function presenceOf(agents: readonly OwnAgent[]): Presence {
  const accepting = agents.filter(({ acceptingChats }) => acceptingChats === true).length
  if (accepting === agents.length) return 'available'
  return accepting > 0 ? 'partly' : 'away'
}
