/**
 * What tests and benchmarks learn about the provisioned programs.
 * @param {Required<Awaited<ReturnType<typeof import('../provision.mjs').provision>>>} provided
 * @returns {NodeJS.ProcessEnv}
 */
export function testEnvironment({ electron, node20, node24 }) {
  return {
    ...process.env,
    AUTHDESK_ELECTRON: electron.path,
    AUTHDESK_RUNTIME: electron.kind,
    AUTHDESK_NODE20: node20,
    AUTHDESK_NODE24: node24,
  }
}
