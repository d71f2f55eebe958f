/** A failure that is explained to the person at the keyboard: its message is all that is printed. */
export class ProvisionError extends Error {
  /**
   * @param {string} message
   * @param {{ exitCode?: number, cause?: unknown }} [options]
   */
  constructor(message, options = {}) {
    super(message, { cause: options.cause })
    this.name = 'ProvisionError'
    /** 1 = it failed, 2 = something has to be done first. */
    this.exitCode = options.exitCode ?? 1
  }
}
