import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../contract/errors'

/** The documents that ship with the console, by id; the id is the path under docs/ without its ending. */
export const helpPages = [
  { id: 'README', title: 'All documents' },
  { id: 'guides/GETTING_STARTED', title: 'Getting started' },
  { id: 'guides/COMMAND_LINE', title: 'Command line' },
  { id: 'admin/configuration/SETTINGS', title: 'Settings' },
  { id: 'admin/configuration/LDAP_SETUP', title: 'LDAP' },
  { id: 'admin/configuration/OIDC_SETUP', title: 'OpenID Connect' },
  { id: 'admin/security/SECURITY', title: 'Security' },
] as const

/** Reads one of the shipped documents; anything that is not in the list does not exist. */
export async function readHelpPage(docs: string, id: string) {
  const page = helpPages.find((each) => each.id === id)
  if (!page) throw new AppError('NOT_FOUND')
  return { ...page, markdown: await readFile(join(docs, `${page.id}.md`), 'utf8') }
}
