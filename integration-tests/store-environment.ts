import { TestEnvironment } from "jest-environment-node"

import { borrowStore } from "./stock-store/lending"

/** Node's environment, and a store that the specs of a worker share. */
export default class StoreEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup()
    this.global.borrowStore = borrowStore
  }
}

declare global {
  var borrowStore: typeof import("./stock-store/lending").borrowStore
}
