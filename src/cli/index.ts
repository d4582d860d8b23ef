#!/usr/bin/env node
import { oneLine } from "./checks/finding"
import { program } from "./program"

program()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`order-claim: ${oneLine(error)}`)
    process.exitCode = 1
  })
