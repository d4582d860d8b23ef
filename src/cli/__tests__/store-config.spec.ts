import { join } from "path"
import { loadStoreConfig, requireStoreConfig } from "../store-config"
import { configFile, newFolder, shopConfig } from "./store-folder"

describe("the configuration of a store", () => {
  it("is read from medusa-config.js", () => {
    const file = shopConfig(
      { from: "a@shop.example" },
      `projectConfig: { jwt_secret: "s" }, modules: { eventBus: "bus" }`
    )
    expect(requireStoreConfig(file)).toEqual({
      projectConfig: { jwt_secret: "s" },
      modules: { eventBus: "bus" },
      options: { from: "a@shop.example" },
    })
  })

  it("may have neither project nor modules", () => {
    expect(requireStoreConfig(shopConfig({}))).toEqual({
      projectConfig: {},
      modules: {},
      options: {},
    })
  })

  it.each([
    ["a plain name", `"medusa-plugin-order-claim"`],
    ["an entry without options", `{ resolve: "medusa-plugin-order-claim" }`],
  ])("has no options if the plugin is %s", (_, entry) => {
    const file = configFile(`exports.plugins = ["another", ${entry}]`)
    expect(requireStoreConfig(file).options).toEqual({})
  })

  it("is missing in another folder", () => {
    const file = join(newFolder(), "medusa-config.js")
    expect(loadStoreConfig(file)).toBeUndefined()
    expect(() => requireStoreConfig(file)).toThrow(
      `there is no ${file} here: run this in your store's folder`
    )
  })

  it.each([
    ["lists others only", `exports.plugins = ["medusa-payment-manual"]`],
    ["lists none", ""],
  ])("without the plugin says to add it: it %s", (_, code) => {
    const file = configFile(code)
    expect(loadStoreConfig(file)?.options).toBeUndefined()
    expect(() => requireStoreConfig(file)).toThrow(
      `medusa-plugin-order-claim is not among the plugins of ${file}: add it`
    )
  })

  it.each([
    ["throws", `throw new Error("no DATABASE_URL\\nat all")`, "DATABASE_URL"],
    ["needs what is not there", `require("no-such-package")`, "no-such"],
    ["is no JavaScript", `module.exports = {`, "SyntaxError"],
  ])("that %s says so in one line", (_, code, words) => {
    const file = configFile(code)
    const load = () => loadStoreConfig(file)
    expect(load).toThrow(`${file} cannot be loaded: `)
    expect(load).toThrow(words)
    expect(load).not.toThrow(/\n/)
  })
})
