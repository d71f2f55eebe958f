import { AppError } from '../../contract/errors'

/** No hash or directory is given more than this. */
const maximumBytes = 1024
const minimumScore = 3

export interface PasswordSubject {
  readonly username: string
  readonly email: string | null
  readonly fullName: string | null
}

export type PasswordCheck = (password: string, subject: PasswordSubject) => Promise<void>

const between = /[\s@._-]+/

/** The person's own words, each and run together, which make a password easier to guess. */
function ownWords(subject: PasswordSubject): string[] {
  const parts = [subject.username, subject.email ?? '', subject.fullName ?? '']
  const words = parts.flatMap((part) => [part, part.split(between).join(''), ...part.split(between)])
  return words.filter((word) => word.length > 2)
}

/** The dictionaries are large, so they load with the first password that is set. */
async function loadScore(): Promise<(password: string, words: string[]) => number> {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  const estimator = new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  })
  return (password, words) => estimator.check(password, words).score
}

/** Refuses with `PASSWORD_WEAK` what is short, over 1,024 bytes, or easy to guess (zxcvbn below 3). */
export function createPasswordPolicy(minimumLength: () => Promise<number>): PasswordCheck {
  let score: ReturnType<typeof loadScore> | null = null
  return async (password, subject) => {
    const composed = password.normalize('NFC')
    const minimum = await minimumLength()
    if (Array.from(composed).length < minimum) {
      throw new AppError('PASSWORD_WEAK', {
        text: 'passwordShort',
        details: { why: 'short', minimum },
      })
    }
    if (Buffer.byteLength(composed) > maximumBytes) {
      throw new AppError('PASSWORD_WEAK', {
        text: 'passwordLong',
        details: { why: 'long', maximum: maximumBytes },
      })
    }
    score ??= loadScore()
    if ((await score)(composed.slice(0, 256), ownWords(subject)) < minimumScore) {
      throw new AppError('PASSWORD_WEAK', {
        text: 'passwordGuessable',
        details: { why: 'guessable' },
      })
    }
  }
}
