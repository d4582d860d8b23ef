import { isLocalUrl, parseHttpUrl } from "../http-url"

describe("an http(s) URL", () => {
  it.each([
    "https://shop.example",
    "http://shop.example:8080/a?b#c",
    "HTTPS://SHOP.example",
  ])("is %s", (url) => {
    expect(parseHttpUrl(url)?.href).toBe(new URL(url).href)
  })

  it.each([
    "shop.example/claim",
    "//shop.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "https://user@shop.example",
    "https://:password@shop.example",
    "http://",
    1,
    undefined,
    null,
    new URL("https://shop.example"),
  ])("is not %p", (value) => {
    expect(parseHttpUrl(value)).toBeUndefined()
  })
})

describe("a URL of this machine", () => {
  it.each([
    "http://localhost",
    "http://LOCALHOST:9000/x",
    "http://shop.localhost",
    "http://127.0.0.1:8000",
    "http://127.1",
    "http://0.0.0.0",
    "http://[::1]:3000",
  ])("is %s", (url) => {
    expect(isLocalUrl(new URL(url))).toBe(true)
  })

  it.each([
    "https://shop.example",
    "https://localhost.shop.example",
    "https://notlocalhost",
    "https://128.127.0.1",
    "https://[2001:db8::1]",
  ])("is not %s", (url) => {
    expect(isLocalUrl(new URL(url))).toBe(false)
  })
})
