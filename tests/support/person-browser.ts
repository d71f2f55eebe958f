import type { Browser } from '../../src-main/core/app/ports'

export interface PersonBrowser extends Browser {
  /** Every address that was opened, and where each visit ended. */
  readonly opened: string[]
  /** Every address on the way, too. */
  readonly visited: string[]
  readonly ended: string[]
  /** Resolves once every visit so far has come to its end. */
  readonly settled: () => Promise<void>
}

interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
  readonly location: string | null
}

/** Each interaction has cookies of its own, told apart by their path; without it two visits at once would mix them up. */
interface Cookie {
  readonly name: string
  readonly value: string
  readonly path: string
}

function cookieOf(set: string): Cookie {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
  return { name, value, path: /; path=([^;]+)/i.exec(set)?.[1] ?? '/' }
}

const mostPages = 20

/**
 * A browser without a screen that one person uses: it follows redirects, sends off the provider's forms and keeps its
 * cookies from one visit to the next, so that who is signed in at the provider stays so.
 */
export function createPersonBrowser(): PersonBrowser {
  const cookies = new Map<string, Cookie>()
  const visits: Promise<void>[] = []
  const opened: string[] = []
  const ended: string[] = []
  const visited: string[] = []

  async function load(url: string, form: URLSearchParams | null): Promise<Page> {
    visited.push(url)
    const { pathname } = new URL(url)
    const mine = [...cookies.values()].filter(({ path }) => pathname.startsWith(path))
    const cookie = mine.map(({ name, value }) => `${name}=${value}`).join('; ')
    const sent = form === null ? {} : { method: 'POST', body: form }
    const response = await fetch(url, { ...sent, redirect: 'manual', headers: { cookie } })
    for (const set of response.headers.getSetCookie()) {
      const read = cookieOf(set)
      if (read.value === '') cookies.delete(`${read.name} ${read.path}`)
      else cookies.set(`${read.name} ${read.path}`, read)
    }
    const { status, headers } = response
    return { url, status, text: await response.text(), location: headers.get('location') }
  }

  async function visit(start: string): Promise<void> {
    let page = await load(start, null)
    for (let pages = 1; pages < mostPages; pages += 1) {
      const form = formOf(page.text)
      if (page.location !== null && !isHere(new URL(page.location, page.url))) {
        ended.push(page.location)
        return
      }
      if (page.location !== null) page = await load(new URL(page.location, page.url).href, null)
      else if (form !== null) page = await load(new URL(form.action, page.url).href, form.fields)
      else break
    }
    ended.push(page.url)
  }

  return {
    opened,
    visited,
    ended,
    open: (url) => {
      opened.push(url)
      visits.push(visit(url).catch(() => undefined))
      return Promise.resolve()
    },
    settled: async () => {
      await Promise.all(visits)
    },
  }
}

/** Tests ask nobody on another computer. */
const isHere = ({ hostname }: URL) => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)

/** The hidden fields of the page's form, agreed to: at the provider's sign-out somebody presses "yes". */
function formOf(html: string): { action: string; fields: URLSearchParams } | null {
  const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1]
  if (action === undefined) return null
  const inputs = html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)
  const fields = new URLSearchParams([...inputs].map(([, name = '', value = '']) => [name, value]))
  fields.set('logout', 'yes')
  return { action, fields }
}
