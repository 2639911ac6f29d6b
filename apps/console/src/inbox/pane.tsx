import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'

const STORED_AS = 'switchboard-pane'
const PANE_ID = 'details-pane'
const TOGGLE_ID = 'details-toggle'

/** From this width on the pane has a column of its own; below it covers the conversation. The style sheet has the same. */
const wide = matchMedia('(min-width: 1200px)')

interface PaneState {
  readonly isOpen: boolean
  /** Whether it covers the conversation. */
  readonly isOver: boolean
  readonly setOpen: (isOpen: boolean) => void
}

/** The state of the pane beside the conversation. */
export const PaneContext = createContext<PaneState>({ isOpen: false, isOver: false, setOpen: () => {} })

/** Where there is room, the operator's last choice holds, and the pane is open by default; elsewhere it opens on request. */
export function usePane(): PaneState {
  const isWide = useSyncExternalStore(listen, () => wide.matches)
  const [isOpenBeside, setOpenBeside] = useState(() => localStorage.getItem(STORED_AS) !== 'closed')
  const [isOpenOver, setOpenOver] = useState(false)
  return useMemo(() => {
    if (!isWide) return { isOpen: isOpenOver, isOver: true, setOpen: setOpenOver }
    const setOpen = (isOpen: boolean) => {
      localStorage.setItem(STORED_AS, isOpen ? 'open' : 'closed')
      setOpenBeside(isOpen)
    }
    return { isOpen: isOpenBeside, isOver: false, setOpen }
  }, [isWide, isOpenBeside, isOpenOver])
}

function listen(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}

/** The button that opens and closes the pane, for the header of the conversation. */
export function PaneToggle() {
  const { details } = useTexts()
  const { isOpen, setOpen } = useContext(PaneContext)
  return (
    <button
      type="button"
      id={TOGGLE_ID}
      className="quiet pane-toggle"
      aria-expanded={isOpen}
      aria-controls={isOpen ? PANE_ID : undefined}
      onClick={() => setOpen(!isOpen)}
    >
      <Icon name="details" />
      <span>{details.details}</span>
    </button>
  )
}

/** The pane beside the conversation. One that covers it takes the focus, and gives it back when it closes. */
export function Pane({ children }: { readonly children: ReactNode }) {
  const { details } = useTexts()
  const { isOpen, isOver, setOpen } = useContext(PaneContext)
  const closeButton = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isOpen && isOver) closeButton.current?.focus()
  }, [isOpen, isOver])
  if (!isOpen) return null
  const close = () => {
    setOpen(false)
    document.getElementById(TOGGLE_ID)?.focus()
  }
  return (
    <aside
      id={PANE_ID}
      className="pane"
      aria-label={details.details}
      onKeyDown={({ key }) => key === 'Escape' && close()}
    >
      <header className="pane-header">
        <h2>{details.details}</h2>
        <button
          type="button"
          className="quiet icon-only"
          ref={closeButton}
          onClick={close}
          aria-label={details.close}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </aside>
  )
}
