#!/usr/bin/env node
import { oneLine } from "./checks/finding"
import { program } from "./program"

program()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`order-claim: ${oneLine(error)}`)
    process.exitCode = 1
  })
  // a pool of the shop's own may hold the process: all is done
  .finally(() => setTimeout(() => process.exit(), 1000).unref())
