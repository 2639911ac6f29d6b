import type { Texts } from '../en/index.ts'
import { plural } from './general.ts'

export const frame: Texts['frame'] = {
  pages: 'Seiten',
  inbox: 'Eingang',
  offline: 'Offline-Nachrichten',
  providers: 'Anbieter',
  shortNames: { offline: 'Offline' },
  signOut: 'Abmelden',
  settings: 'Optionen',
  language: 'Sprache',
  connecting: 'Verbindet …',
  live: 'Live',
  reconnecting: 'Verbindet neu …',
  close: 'Schließen',
  unread: (count) =>
    plural(count, { one: '1 ungelesene Unterhaltung', other: `${count} ungelesene Unterhaltungen` }),
  sound: 'Ton',
  notifications: 'Mitteilungen auf dem Desktop',
  notificationsBlocked: 'Dieser Browser erlaubt keine Mitteilungen dieser Seite.',
  alertsFor: 'Bei neuen Nachrichten in Ihren Unterhaltungen und in nicht zugewiesenen.',
  shortcuts: 'Tastenkürzel',
  singleKeys: 'Tastenkürzel aus einem Zeichen',
  shortcutGroups: {
    general: 'Überall',
    list: 'Liste der Unterhaltungen',
    conversation: 'Offene Unterhaltung',
  },
  keyNames: {
    Mod: 'Strg/⌘',
    Alt: 'Alt',
    Shift: 'Umschalt',
    Enter: 'Enter',
    Escape: 'Esc',
    ArrowDown: '↓',
    ArrowUp: '↑',
  },
}
