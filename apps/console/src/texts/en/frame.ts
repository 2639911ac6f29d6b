import { plural } from './general.ts'

/** Navigation, and the state of the connection. */
export const frame = {
  pages: 'Pages',
  inbox: 'Inbox',
  offline: 'Offline messages',
  providers: 'Providers',
  /** Names of pages for narrow windows, each a part of the long one. */
  shortNames: { offline: 'Offline' } as Readonly<Partial<Record<'inbox' | 'offline' | 'providers', string>>>,
  signOut: 'Sign out',
  settings: 'Settings',
  language: 'Language',
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  close: 'Close',
  unread: (count: number) =>
    plural(count, { one: '1 unread conversation', other: `${count} unread conversations` }),
  sound: 'Sound',
  notifications: 'Desktop notifications',
  notificationsBlocked: 'This browser does not allow notifications of this page.',
  alertsFor: 'For new messages in your conversations and in unassigned ones.',
  shortcuts: 'Keyboard shortcuts',
  singleKeys: 'Shortcuts of one character',
  shortcutGroups: { general: 'Everywhere', list: 'List of conversations', conversation: 'Open conversation' },
  /** Names of keys; a key that is missing here is named by its character. */
  keyNames: {
    Mod: 'Ctrl/⌘',
    Alt: 'Alt',
    Shift: 'Shift',
    Enter: 'Enter',
    Escape: 'Esc',
    ArrowDown: '↓',
    ArrowUp: '↑',
  } as Readonly<Record<string, string>>,
}
