import type { Browser } from '../../src-main/core/app/ports'

const most = 20

/** A browser without pages: follows every redirect and keeps cookies, as a person does who is signed in already. */
export function createVisitingBrowser(): Browser {
  return {
    open: (url) => {
      void visit(url).catch(() => undefined)
      return Promise.resolve()
    },
  }
}

async function visit(start: string): Promise<void> {
  const cookies = new Map<string, string>()
  let url: string | null = start
  for (let visits = 0; url !== null && visits < most; visits += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response: Response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    await response.text()
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    url = location === null ? null : new URL(location, url).href
  }
}
