import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { useEnvironment } from '../environment.ts'
import type { PanelControl } from '../page-api.ts'
import { useConversation } from '../state/use-conversation.ts'
import type { StoredConversation } from '../state/visitor-storage.ts'
import { fill, formatNumber } from '../texts/language.ts'
import { Conversation, type Task } from './conversation.tsx'
import { ChatIcon, DownIcon } from './icons.tsx'
import { type MenuEntry, PanelHeader } from './panel-header.tsx'
import { Welcome } from './welcome.tsx'

/** What takes the focus when the panel opens: the first field of its content, else its first button. */
const FIRST_FIELDS = [
  '.form input, .form select, .form textarea, .composer textarea',
  '.sheet button, .form button',
  'button',
]
/** The panel covers the page of a phone: see widget.css. */
const PHONE = matchMedia('(max-width: 480px)')
const MOST_SHOWN = 9

/** The launcher, and the panel that it opens. */
export function Widget({ control }: { readonly control: PanelControl }) {
  const { settings, storage, texts, locale } = useEnvironment()
  const [isOpen, setOpen] = useState(() => !PHONE.matches && storage.isPanelOpen())
  const [stored, setStored] = useState(() => storage.conversation())
  const [isStartingNew, setStartingNew] = useState(false)
  const [task, setTask] = useState<Task>('write')
  const launcher = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const titleId = useId()
  const isShown = stored !== null && !isStartingNew
  const { conversation, unread } = useConversation(stored, isOpen && isShown)

  useEffect(() => storage.observe(() => setStored(storage.conversation())), [storage])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab may have begun a conversation.
  useEffect(() => {
    setStartingNew(false)
    setTask('write')
  }, [stored?.startedAt])

  const show = (isWanted: boolean) => {
    wantsFocus.current = true
    setOpen(isWanted)
    storage.savePanelOpen(isWanted)
  }
  useEffect(() => {
    control.onShow((isWanted) => show(isWanted ?? !isOpen))
    control.reportUnread(unread)
  })
  const moveFocus = () => {
    if (!wantsFocus.current) return
    const find = (selector: string) => panel.current?.querySelector<HTMLElement>(selector) ?? []
    const target = isOpen ? FIRST_FIELDS.flatMap(find)[0] : launcher.current
    target?.focus()
  }
  const isLoaded = conversation?.room !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes later takes the focus that the visitor asked for.
  useEffect(moveFocus, [isOpen, isLoaded, isStartingNew, stored?.startedAt])

  // A conversation that another tab has begun gets this tab's first message as its next.
  const [firstText, setFirstText] = useState<string | null>(null)
  const outbox = conversation?.outbox
  useEffect(() => {
    if (firstText === null || !outbox) return
    outbox.sendText(firstText)
    setFirstText(null)
  }, [outbox, firstText])
  const begin = (started: StoredConversation, unsentText: string | null) => {
    setFirstText(unsentText)
    wantsFocus.current = true
    setStored(started)
  }
  const entries: MenuEntry[] = []
  if (isShown && conversation?.may('REQUEST_TRANSCRIPT'))
    entries.push({ label: texts.transcript, onSelect: () => setTask('transcript') })
  if (isShown && conversation && !conversation.isOver && conversation.may('CLOSE_ROOM'))
    entries.push({ label: texts.end, onSelect: () => setTask('end') })
  const count = unread > MOST_SHOWN ? `${formatNumber(MOST_SHOWN, locale)}+` : formatNumber(unread, locale)
  return (
    <aside
      class={`widget ${settings.position ?? 'end'} ${isOpen ? 'open' : ''}`}
      lang={locale}
      dir={texts.direction === 'rtl' ? 'rtl' : 'ltr'}
      aria-label={texts.launcher}
    >
      {isOpen && (
        <div
          ref={panel}
          class="panel"
          role="dialog"
          aria-modal={PHONE.matches}
          aria-labelledby={titleId}
          onKeyDown={(event) => {
            wantsFocus.current = false
            if (event.key === 'Escape' && task !== 'write') setTask('write')
            else if (event.key === 'Escape') show(false)
            else if (event.key === 'Tab' && PHONE.matches) keepFocusInside(event, event.currentTarget)
          }}
          onPointerDown={() => {
            wantsFocus.current = false
          }}
        >
          <PanelHeader
            titleId={titleId}
            conversation={isShown ? conversation : null}
            entries={entries}
            onClose={() => show(false)}
          />
          {isShown && conversation ? (
            <Conversation
              conversation={conversation}
              task={task}
              onTask={setTask}
              onStartNew={() => {
                wantsFocus.current = true
                setStartingNew(true)
                if (!conversation.isGone) return
                storage.saveConversation(null)
                setStored(null)
              }}
            />
          ) : (
            <div class="scrolled">
              {stored && (
                <button type="button" class="quiet back" onClick={() => setStartingNew(false)}>
                  {texts.backToLast}
                </button>
              )}
              <Welcome previous={stored} onStarted={begin} onReady={moveFocus} />
            </div>
          )}
        </div>
      )}
      <button
        type="button"
        class="launcher"
        ref={launcher}
        aria-expanded={isOpen}
        aria-label={isOpen ? texts.close : unread > 0 ? fill(texts.unread, count) : texts.launcher}
        onClick={() => show(!isOpen)}
      >
        {isOpen ? <DownIcon /> : <ChatIcon />}
        {!isOpen && unread > 0 && <span class="badge">{count}</span>}
      </button>
    </aside>
  )
}

/** Tab goes from the last element of the panel to the first: on a phone the panel covers everything else. */
function keepFocusInside(event: KeyboardEvent, panel: HTMLElement): void {
  const focusable = [
    ...panel.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]'),
  ]
  const reachable = focusable.filter(
    (element) => element.offsetParent !== null && !element.matches(':disabled'),
  )
  const [first, last] = [reachable[0], reachable.at(-1)]
  const root = panel.getRootNode()
  const active = root instanceof ShadowRoot ? root.activeElement : null
  if (active !== (event.shiftKey ? first : last)) return
  event.preventDefault()
  ;(event.shiftKey ? last : first)?.focus()
}
