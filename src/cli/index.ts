#!/usr/bin/env node
import { oneLine } from "./checks/finding"
import { program } from "./program"

program()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`order-claim: ${oneLine(error)}`)
    process.exitCode = 1
  })
  // A connection pool of the shop's own may keep the process alive: end it.
  .finally(() => setTimeout(() => process.exit(), 1000).unref())
