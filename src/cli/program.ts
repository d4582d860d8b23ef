import { Command } from "commander"
import { doctor } from "./doctor"
import { preview } from "./preview"
import { sendTest } from "./send-test"

/** The command line of the plugin, run in the folder of a store. */
export function program(): Command {
  const cli = new Command("medusa-plugin-order-claim")
    .description("Shows, tries and checks the order-claim mails of this store.")
    .version(version())
    // an error is one line
    .showSuggestionAfterError(false)
    .option("--config <file>", "the store's configuration", "medusa-config.js")
  cli
    .command("preview")
    .description("write all messages, in all languages, as files to look at")
    .option("--locale <tag>", "in one language only, such as de-AT")
    .option("--out <folder>", "where to", "order-claim-preview")
    .option("--open", "open the list of them in the browser")
    .action((options: Parameters<typeof preview>[0]) =>
      preview({ ...options, ...cli.opts<{ config: string }>() })
    )
  cli
    .command("send-test")
    .description("send one message through the store's transport")
    .requiredOption("--to <address>", "who gets it")
    .option("--locale <tag>", "in which language")
    .action((options: Parameters<typeof sendTest>[0]) =>
      sendTest({ ...options, ...cli.opts<{ config: string }>() })
    )
  cli
    .command("doctor")
    .description("check options, secret, table, mail server and claim URL")
    .action(() => doctor(cli.opts<{ config: string }>()))
  return cli
}

function version(): string {
  // From src/cli as from dist/cli.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { version } = require("../../package.json") as { version: string }
  return version
}
