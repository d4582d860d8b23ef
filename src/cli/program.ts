import { Command } from "commander"
import { doctor } from "./doctor"
import { preview } from "./preview"
import { sendTest } from "./send-test"

const ORDER = [
  "--order <id>",
  "one of the store's orders, for the option storefront",
] as const

/** Defines the plugin's command line, which runs in the folder of a store. */
export function program(): Command {
  const cli = new Command("medusa-plugin-order-claim")
    .description(
      "Previews, sends and checks the order-claim mails of this store."
    )
    .version(version())
    // An error is one line.
    .showSuggestionAfterError(false)
    .option("--config <file>", "the store's configuration", "medusa-config.js")
  cli
    .command("preview")
    .description("write all messages, in all languages, as files to look at")
    .option("--locale <tag>", "in one language only, such as de-AT")
    .option(...ORDER)
    .option("--out <folder>", "the folder to write to", "order-claim-preview")
    .option("--open", "open the list of messages in the browser")
    .action((options: Parameters<typeof preview>[0]) =>
      preview({ ...options, ...cli.opts<{ config: string }>() })
    )
  cli
    .command("send-test")
    .description("send one message through the store's transport")
    .requiredOption("--to <address>", "the recipient")
    .option("--locale <tag>", "the language, such as de-AT")
    .option(...ORDER)
    .option("--own-address", "send the mail for the claimant's own address")
    .action((options: Parameters<typeof sendTest>[0]) =>
      sendTest({ ...options, ...cli.opts<{ config: string }>() })
    )
  cli
    .command("doctor")
    .description("check options, secret, table, mail server and claim URL")
    .option(...ORDER)
    .action((options: { order?: string }) =>
      doctor({ ...options, ...cli.opts<{ config: string }>() })
    )
  return cli
}

function version(): string {
  // The same path from src/cli and from dist/cli.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { version } = require("../../package.json") as { version: string }
  return version
}
