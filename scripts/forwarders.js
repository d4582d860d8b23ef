// Medusa 1.7 looks for a plugin's services, subscribers, … at the package root
// only, and `medusa migrations` does so on every release, while 1.8+ reads the
// rest from dist/. One-line forwarders at the root serve them all. They exist
// in the tarball alone: `prepack` writes them, `postpack` removes them.
const fs = require("fs")
const path = require("path")

const root = path.join(__dirname, "..")
const folders = [
  "api",
  "loaders",
  "migrations",
  "models",
  "services",
  "subscribers",
]

for (const folder of folders) {
  fs.rmSync(path.join(root, folder), { recursive: true, force: true })
  if (process.argv[2] !== "write") continue

  const compiled = path.join(root, "dist", folder)
  fs.mkdirSync(path.join(root, folder))
  for (const file of fs.readdirSync(compiled)) {
    if (!file.endsWith(".js")) continue
    fs.writeFileSync(
      path.join(root, folder, file),
      `module.exports = require("../dist/${folder}/${file}")\n`
    )
  }
}
