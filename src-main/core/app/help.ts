import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../contract/errors'
import { deskTexts } from '../../contract/texts/en/desk'
import type { Texts } from './texts'

export type HelpId = keyof typeof deskTexts.help

/** The documents that ship with the console; an id is the path under docs/ without its ending. */
export const helpIds = Object.keys(deskTexts.help) as readonly HelpId[]

export function helpPages(t: Texts): { id: HelpId; title: string }[] {
  return helpIds.map((id) => ({ id, title: t(`desk.help.${id}`) }))
}

/** Reads one of the shipped documents; anything that is not in the list does not exist. */
export async function readHelpPage(docs: string, id: string, t: Texts) {
  const page = helpPages(t).find((each) => each.id === id)
  if (!page) throw new AppError('NOT_FOUND')
  return { ...page, markdown: await readFile(join(docs, `${page.id}.md`), 'utf8') }
}

/** Whether one of the shipped documents links to this address. */
export async function isInHelp(docs: string, address: string): Promise<boolean> {
  const texts = await Promise.all(helpIds.map((id) => readFile(join(docs, `${id}.md`), 'utf8')))
  return texts.some((text) => text.includes(`](${address})`))
}
