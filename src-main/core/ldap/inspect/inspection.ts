import type { Code } from '../../../contract/errors'
import type { InspectFinding } from '../../../contract/inspection'
import type { LdapInspection } from '../../../contract/ldap'
import type { LdapSettings } from '../../app/ports'
import { titleOf, type Texts } from '../../app/texts'

/** What a pasted text is looked at with; nothing is asked of anybody. */
export interface Bench {
  readonly t: Texts
  readonly now: Date
  readonly ldap: Pick<LdapSettings, 'servers' | 'baseDn' | 'tlsServerName'>
}

export interface Looked {
  readonly kind: LdapInspection['kind']
  readonly findings: readonly InspectFinding[]
}

type Detail = InspectFinding['detail']

export const passed = (message: string, detail: Detail = []): InspectFinding => ({
  ...{ status: 'passed', code: null, message, detail, next: null },
})

/** What a code of the contract says, with the words of this very case where there are better ones. */
export function coded(
  { t }: Bench,
  code: Code,
  more: Partial<Pick<InspectFinding, 'status' | 'message' | 'detail' | 'next'>> = {},
): InspectFinding {
  const said = {
    status: 'failed',
    message: titleOf(t, code),
    detail: [],
    next: t(`codes.${code}.next`),
  } as const
  return { ...said, detail: [], ...more, code }
}
