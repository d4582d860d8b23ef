/** @type {import("next").NextConfig} */
export default {
  // This folder is a project of its own, whatever lies around it.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  // The address of /claim has a secret in it. Next.js writes the page's <meta> after
  // its scripts, which would be asked for with that address.
  headers: () => [
    {
      source: "/claim",
      headers: [{ key: "Referrer-Policy", value: "no-referrer" }],
    },
  ],
}
