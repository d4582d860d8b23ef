/** The client goes back to SendGrid with each key that it is given. */
exports.default = (_container, { client: path, url }) => {
  const { client } = require(path)
  const set = client.setDefaultRequest.bind(client)
  client.setDefaultRequest = (key, value) =>
    set(key, key === "baseUrl" ? url : value)
  client.setDefaultRequest("baseUrl")
}
