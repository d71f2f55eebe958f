import { canonicalName, isSecret, settingOf } from './settings-schema'

/** Of an environment only the secrets: what a caller may bring along where others decide who gets in. */
export function secretEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const secret = (name: string) => {
    const setting = settingOf(canonicalName(name) ?? '')
    return setting !== null && isSecret(setting)
  }
  return Object.fromEntries(Object.entries(environment).filter(([name]) => secret(name)))
}
