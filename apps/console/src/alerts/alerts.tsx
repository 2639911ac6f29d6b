import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import type { ConsoleRoomFragment } from '../../generated/graphql.ts'
import { hrefOf } from '../route.ts'
import { useTexts } from '../texts/language-context.tsx'
import { type AlertSettings, loadAlertSettings, storeAlertSettings } from './alert-settings.ts'
import { playSound } from './sound.ts'

interface AlertState {
  readonly settings: AlertSettings
  readonly change: (settings: AlertSettings) => void
}

const AlertContext = createContext<AlertState>({ settings: loadAlertSettings(), change: () => {} })

/** Provides the settings of alerts, which are kept in this browser. */
export function AlertProvider({ children }: { readonly children: ReactNode }) {
  const [settings, setSettings] = useState(loadAlertSettings)
  const state = useMemo(() => {
    const change = (chosen: AlertSettings) => {
      storeAlertSettings(chosen)
      setSettings(chosen)
    }
    return { settings, change }
  }, [settings])
  return <AlertContext value={state}>{children}</AlertContext>
}

export function useAlertSettings(): AlertState {
  return useContext(AlertContext)
}

/** Returns the function that calls the operator to a room, as the settings say. */
export function useAlerts(): (room: ConsoleRoomFragment) => void {
  const { settings } = useAlertSettings()
  const { general } = useTexts()
  return useCallback(
    (room) => {
      if (settings.sound) playSound()
      if (settings.notifications) notify(room, room.visitor?.name ?? general.visitor)
    },
    [settings, general],
  )
}

/** One notification for each room: a later one replaces it. A press leads to the room. */
function notify({ id, lastMessage }: ConsoleRoomFragment, visitor: string): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  const notification = new Notification(visitor, {
    body: lastMessage?.text ?? '',
    tag: id,
    icon: './icon.svg',
  })
  notification.onclick = () => {
    window.focus()
    location.hash = hrefOf({ page: 'inbox', roomId: id })
    notification.close()
  }
}
