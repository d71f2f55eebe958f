/** So much of an answer is kept, in characters: more than any error page says. */
const most = 4000

const inJson =
  /("(?:access_token|refresh_token|id_token|client_secret|client_assertion|code_verifier|password|code)"\s*:\s*")[^"]*(")/g
const inForm =
  /\b((?:access_token|refresh_token|id_token|client_secret|client_assertion|code_verifier|password|code)=)[^&\s"'<>]+/g
const token = /\beyJ[\w-]+(?:\.[\w-]*){2,4}/g

/** A whole answer, without tokens and without the secrets that were sent; `null`s are none. */
export function withoutSecrets(text: string, secrets: readonly (string | null)[]): string {
  const forms = secrets
    .filter((secret) => secret !== null && secret !== '')
    .flatMap((secret) => [secret ?? '', encodeURIComponent(secret ?? '')])
  const bare = forms.reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
  return bare.replace(token, '…').replace(inJson, '$1…$2').replace(inForm, '$1…').slice(0, most)
}

/** The words of a web page: what stands between its tags. */
export function readableText(html: string): string {
  const words = html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
  return withoutSecrets(words.trim(), [])
}
