#!/usr/bin/env node
import { describeFailure } from "./describe-failure"
import { program } from "./program"

program()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(describeFailure(error))
    process.exitCode = 1
  })
  // A connection pool of the shop's own may keep the process alive: end it.
  .finally(() => setTimeout(() => process.exit(), 1000).unref())
