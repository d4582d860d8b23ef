import { Command } from "commander"
import { doctor } from "./doctor"
import { erase } from "./erase"
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
      "Previews, sends and checks the order-claim emails of this store, and erases addresses."
    )
    .allowExcessArguments(false)
    .version(version())
    .configureOutput({ outputError: (text, write) => write(mistake(text)) })
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
    .option(...TO)
    .hook("preAction", demand(TO))
    .option("--locale <tag>", "the language, such as de-AT")
    .option(...ORDER)
    .option("--own-address", "send the email to the claimant's own address")
    .action((options: Parameters<typeof sendTest>[0]) =>
      sendTest({ ...options, ...cli.opts<{ config: string }>() })
    )
  cli
    .command("doctor")
    .description("check options, secret, database, mail server and claim URL")
    .option(...ORDER)
    .action((options: { order?: string }) =>
      doctor({ ...options, ...cli.opts<{ config: string }>() })
    )
  cli
    .command("erase")
    .description("remove an address from claims, deliveries and notifications")
    .option(...EMAIL)
    .hook("preAction", demand(EMAIL))
    .option("--dry-run", "only count the places where it occurs")
    .action((options: Parameters<typeof erase>[0]) =>
      erase({ ...options, ...cli.opts<{ config: string }>() })
    )
  return cli
}

type Flag = [flags: string, description: string]
const TO: Flag = ["--to <address>", "the recipient (required)"]
const EMAIL: Flag = ["--email <address>", "the address (required)"]

/** Demands an option; commander's own way would not say first that it is mistyped. */
function demand([flags]: Flag) {
  return (_: Command, command: Command): void => {
    const option = command.options.find((each) => each.flags === flags)
    const value: unknown = command.getOptionValue(option?.attributeName() ?? "")
    if (value === undefined) {
      command.error(`error: required option '${flags}' not specified`)
    }
  }
}

/** Says a mistake of the command line in one line, with what was meant. */
function mistake(text: string): string {
  const [problem = "", ...meant] = text.trim().split("\n")
  const question = meant
    .join(" ")
    .replace(/^\((Did you mean .*)\)$/, (_, words: string) => `; ${words}`)
    .replace("; Did", "; did")
  return `order-claim: ${problem.replace(/^error: /, "")}${question}\n`
}

function version(): string {
  // The same path from src/cli and from dist/cli.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { version } = require("../../package.json") as { version: string }
  return version
}
