#!/usr/bin/env node
import { program } from "./program"

program()
  .parseAsync()
  .catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    console.error(`order-claim: ${message}`)
    process.exitCode = 1
  })
