import { hrefOf } from '../route.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import type { InboxFilter, InboxView } from './filter.ts'
import type { Count, InboxCounts } from './use-counts.ts'

const views: readonly InboxView[] = ['mine', 'unassigned', 'all']

interface ViewTabsProps {
  readonly filter: InboxFilter
  readonly counts: InboxCounts['views']
}

/** Whose conversations the list shows: links, since each view has its address. */
export function ViewTabs({ filter, counts }: ViewTabsProps) {
  const { inbox } = useTexts()
  return (
    <nav className="views" aria-label={inbox.viewsName}>
      {views.map((view) => (
        <a
          key={view}
          href={hrefOf({ page: 'inbox', roomId: null, filter: { ...filter, view } })}
          aria-current={filter.view === view || undefined}
        >
          {inbox.views[view]} <ViewCount count={counts[view]} />
        </a>
      ))}
    </nav>
  )
}

function ViewCount({ count }: { readonly count: Count | null }) {
  const { inbox } = useTexts()
  const formats = useFormats()
  if (count === null) return null
  const number = formats.number(count.value)
  return <span className="count">{count.isAtLeast ? inbox.atLeast(number) : number}</span>
}
