import type { EntityManager, QueryRunner } from "typeorm"

/** The part of a `pg` client that is used here. */
interface PgClient {
  /** The socket's owner; the native client has none, and ends without it. */
  connection?: { stream: { destroy(): void } }
  end(): Promise<void>
  on(event: "error", listener: (error: Error) => void): unknown
  off(event: "error", listener: (error: Error) => void): unknown
}

/**
 * One of the shop's own connections, as typeorm's `manager.transaction` takes it, but
 * within reach before its first statement is answered.
 */
export class ShopConnection {
  readonly runner: QueryRunner
  /** The error that has broken the connection, if one has. */
  lostBy?: Error

  private client?: PgClient

  constructor(manager: EntityManager) {
    this.runner = manager.connection.createQueryRunner()
  }

  /** True from the moment in which the shop's pool gives it until it is given back. */
  get isOpen(): boolean {
    return !!this.client
  }

  /** Waits for a free connection of the shop's pool. */
  async open(): Promise<void> {
    this.client = (await this.runner.connect()) as PgClient
    this.client.on("error", this.onError)
  }

  /** Gives it back; what was thrown away or is broken leaves the pool. */
  async release(): Promise<void> {
    this.client?.off("error", this.onError)
    // From here on it may be somebody else's.
    this.client = undefined
    await this.runner.release()
  }

  /**
   * Destroys the connection. Its statement fails, and so does every later one: none
   * goes to another connection. A pool that has not given one yet is left alone.
   */
  throwAway(): void {
    const { client } = this
    if (!client) return

    void client.end()
    // If no statement is running, `end` waits for the other side to say goodbye.
    client.connection?.stream.destroy()
    void this.release()
  }

  private readonly onError = (error: Error): void => {
    this.lostBy = error
  }
}
