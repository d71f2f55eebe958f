/** What every code says of itself: what happened, why it happens, what to do about it. */
export interface CodeText {
  readonly title: string
  readonly cause: string
  readonly next: string
}
