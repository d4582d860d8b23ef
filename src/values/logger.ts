/** The part of Medusa's logger that is used here. */
export interface Logger {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}
