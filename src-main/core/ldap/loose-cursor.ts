export interface LooseCursor {
  readonly text: string
  at: number
}

/** Takes what a sticky pattern finds here, or nothing. */
export function nextIs(cursor: LooseCursor, pattern: RegExp): string | null {
  const found = peek(cursor, pattern)
  if (found !== null) cursor.at += found.length
  return found
}

export function peek(cursor: LooseCursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at
  return pattern.exec(cursor.text)?.[0] ?? null
}

export function skip(cursor: LooseCursor, pattern: RegExp): void {
  nextIs(cursor, pattern)
}
