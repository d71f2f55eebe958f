import { foldCase } from '../unicode/fold-case'

/**
 * The form in which names and e-mails are compared: Unicode NFKC and case folding (D146 of the standard), trimmed.
 * Characters that nobody sees are left out, so that no name looks like another and is not.
 */
export function foldName(name: string): string {
  return foldCase(name.replace(/\p{Default_Ignorable_Code_Point}/gu, '')).trim()
}
