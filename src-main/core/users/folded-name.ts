/** The form in which names and e-mails are compared: Unicode NFKC, trimmed, lower case. */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
