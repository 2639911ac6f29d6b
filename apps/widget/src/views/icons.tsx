import type { ComponentChildren } from 'preact'

/** A picture next to a text, or in a button that has a name: hidden from screen readers. */
function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      {children}
    </svg>
  )
}

export const ChatIcon = () => (
  <Icon>
    <path d="M12 3.5c-5 0-9 3.4-9 7.6 0 2.5 1.4 4.7 3.6 6.1-.1 1.2-.7 2.4-1.7 3.3 1.9-.1 3.6-.8 4.9-1.9.7.1 1.4.2 2.2.2 5 0 9-3.4 9-7.7s-4-7.6-9-7.6z" />
  </Icon>
)

export const DownIcon = () => (
  <Icon>
    <path class="line" d="m6 9.5 6 6 6-6" />
  </Icon>
)

export const MoreIcon = () => (
  <Icon>
    <circle cx="5.5" cy="12" r="1.7" />
    <circle cx="12" cy="12" r="1.7" />
    <circle cx="18.5" cy="12" r="1.7" />
  </Icon>
)

export const SendIcon = () => (
  <Icon>
    <path class="mirrored" d="M3.4 20.4 21.5 12 3.4 3.6v6.5L15 12 3.4 13.9z" />
  </Icon>
)

export const AttachIcon = () => (
  <Icon>
    <path
      class="line"
      d="m19.5 11.5-7.6 7.6a4.9 4.9 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-7.9 7.9a1.7 1.7 0 0 1-2.4-2.4l7.2-7.1"
    />
  </Icon>
)

export const FileIcon = () => (
  <Icon>
    <path class="line" d="M13.5 3.5h-7v17h11v-13zM13.5 3.5v4h4" />
  </Icon>
)

export const StarIcon = () => (
  <Icon>
    <path d="m12 3 2.7 5.7 6.3.8-4.6 4.3 1.2 6.2L12 17l-5.6 3 1.2-6.2L3 9.5l6.3-.8z" />
  </Icon>
)

export const GoodIcon = () => (
  <Icon>
    <path d="M2.5 10.5h4v10h-4zM8 20V10.3L12 3c1.6 0 2.5 1.2 2.2 2.8L13.6 9H19c1.5 0 2.5 1.3 2.2 2.7l-1.5 7c-.3 1.1-1.2 1.8-2.3 1.8H9.5z" />
  </Icon>
)
