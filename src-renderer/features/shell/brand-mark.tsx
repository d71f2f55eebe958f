/** The product's mark: a desk's edge and a keyhole. */
export function BrandMark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
      <rect x="1.5" y="1.5" width="21" height="21" rx="5.5" fill="var(--mantine-primary-color-filled)" />
      <circle cx="12" cy="9.6" r="3.1" fill="#fff" />
      <path d="M10.7 11.2h2.6l1 6.2H9.7z" fill="#fff" />
    </svg>
  )
}
