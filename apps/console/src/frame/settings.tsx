import { useId } from 'react'
import { useAlertSettings } from '../alerts/alerts.tsx'
import { playSound } from '../alerts/sound.ts'
import { useLanguage, useTexts } from '../texts/language-context.tsx'
import { isLanguage, languages } from '../texts/languages.ts'
import { Icon } from '../ui/icon.tsx'

interface SettingsProps {
  readonly onHelp: () => void
  readonly onLeave: () => void
}

/** The operator's settings in this browser, and the sign-out, in a popover. */
export function Settings({ onHelp, onLeave }: SettingsProps) {
  const { frame } = useTexts()
  const id = useId()
  return (
    <>
      <button type="button" className="rail-action" popoverTarget={id}>
        <Icon name="settings" />
        <span className="rail-label">{frame.settings}</span>
      </button>
      <section id={id} popover="auto" className="settings" aria-label={frame.settings}>
        <LanguageChoice />
        <AlertChoices />
        <button
          type="button"
          className="quiet wide"
          onClick={() => {
            document.getElementById(id)?.hidePopover()
            onHelp()
          }}
        >
          <Icon name="keyboard" />
          {frame.shortcuts}
        </button>
        <button type="button" className="quiet wide" onClick={onLeave}>
          <Icon name="signOut" />
          {frame.signOut}
        </button>
      </section>
    </>
  )
}

function LanguageChoice() {
  const { frame } = useTexts()
  const { language, choose } = useLanguage()
  return (
    <label className="setting">
      {frame.language}
      <select
        value={language}
        onChange={({ target }) => {
          if (isLanguage(target.value)) choose(target.value)
        }}
      >
        {Object.entries(languages).map(([code, { name }]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Sound and notifications. The browser asks the operator before the first notification. */
function AlertChoices() {
  const { frame } = useTexts()
  const { settings, change } = useAlertSettings()
  const isBlocked = !('Notification' in window) || Notification.permission === 'denied'
  const chooseNotifications = async (areOn: boolean) => {
    const isAllowed = areOn && (await Notification.requestPermission()) === 'granted'
    change({ ...settings, notifications: isAllowed })
  }
  return (
    <>
      <label className="setting">
        {frame.sound}
        <input
          type="checkbox"
          checked={settings.sound}
          onChange={({ target }) => {
            if (target.checked) playSound()
            change({ ...settings, sound: target.checked })
          }}
        />
      </label>
      <label className="setting">
        {frame.notifications}
        <input
          type="checkbox"
          checked={settings.notifications && !isBlocked}
          disabled={isBlocked}
          onChange={({ target }) => void chooseNotifications(target.checked)}
        />
      </label>
      <p className="faint">{isBlocked ? frame.notificationsBlocked : frame.alertsFor}</p>
    </>
  )
}
